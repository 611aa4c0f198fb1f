//! Walks over lists, and what a server can do to them.

use serde::Serialize;
use serde_json::{Value, json};
use sonet_core::{BesideResult, Documented, Effect, Method, Page, Paged, Pager, Paging};

use super::play::*;

const ALL: Groups = Groups {
    filter: Value::Null,
    order: Value::Null,
};

fn rows(ids: impl IntoIterator<Item = i64>) -> Value {
    ids.into_iter().map(|id| json!({ "ID": id })).collect()
}

fn page(ids: impl IntoIterator<Item = i64>, total: i64, next: bool) -> Answer {
    let mut body = json!({ "result": rows(ids), "total": total });
    if next {
        body["next"] = 50.into();
    }
    Answer::Json(200, body)
}

/// A batch's answer: the results, and which commands have a page behind them.
fn batch(pages: &[Value], next: &[usize]) -> Answer {
    let named = |(index, page): (usize, &Value)| (format!("c{index}"), page.clone());
    let results: serde_json::Map<_, _> = pages.iter().enumerate().map(named).collect();
    let nexts: serde_json::Map<_, _> = next.iter().map(|n| (format!("c{n}"), 50.into())).collect();
    Answer::Json(
        200,
        json!({ "result": { "result": results, "result_error": [], "result_next": nexts } }),
    )
}

fn walk(answers: Vec<Answer>) -> String {
    let answers = answers.into_iter().map(|answer| (0.1, answer)).collect();
    let mut stage = Stage::new(webhook(), answers);
    let pager = Pager::new(&stage.session, &ALL);
    stage.walk(pager);
    stage.end()
}

#[test]
fn one_page_is_one_request() {
    insta::assert_snapshot!(walk(vec![page([3, 5, 8], 3, false)]));
}

#[test]
fn what_is_left_is_asked_for_in_one_batch() {
    let answers = vec![
        page(1..=50, 120, true),
        batch(&[rows(51..=100), rows(101..=120)], &[0]),
    ];
    insta::assert_snapshot!(walk(answers));
}

#[test]
fn a_server_that_ignores_where_a_page_begins_is_told() {
    insta::assert_snapshot!(walk(vec![
        page(1..=50, 120, true),
        batch(&[rows(1..=50)], &[0])
    ]));
}

#[test]
fn a_reference_that_was_not_replaced_is_told() {
    // The second command asked for rows behind a text, which the server takes for 0.
    let answers = vec![
        page(1..=50, 170, true),
        batch(&[rows(51..=100), rows(1..=50), rows(51..=70)], &[0, 1, 2]),
    ];
    insta::assert_snapshot!(walk(answers));
}

#[test]
fn an_empty_page_behind_a_reference_is_asked_for_again_alone() {
    // The server did not replace the reference, and found nothing behind a text.
    let answers = vec![
        page(1..=50, 170, true),
        batch(&[rows(51..=100), rows([]), rows([])], &[0]),
        page(101..=150, 70, true),
        page(151..=170, 20, false),
    ];
    insta::assert_snapshot!(walk(answers));
}

#[test]
fn a_full_page_that_announces_nothing_is_not_taken_for_the_last() {
    // By its total, by its fullness where there is none, and never by silence.
    insta::assert_snapshot!(walk(vec![
        page(1..=50, 70, false),
        page(51..=70, 20, false)
    ]));
    let bare = Answer::Json(200, json!({ "result": rows(1..=50) }));
    insta::assert_snapshot!(walk(vec![bare, batch(&[rows([51])], &[])]));
    insta::assert_snapshot!(walk(vec![page([], 70, true)]));
}

#[test]
fn a_walk_by_offset_goes_on_only_where_nothing_has_shifted() {
    let resume = |cursor: &str, answers: Vec<Answer>| {
        let answers = answers.into_iter().map(|answer| (0.1, answer)).collect();
        let mut stage = Stage::new(webhook(), answers);
        let call = Groups {
            filter: Value::Null,
            order: json!({ "NAME": "ASC" }),
        };
        let mut pager = Pager::new(&stage.session, &call);
        pager.resume_from(cursor.parse().unwrap());
        stage.walk(pager);
        stage.end()
    };
    let second = || page(51..=100, 110, true);
    insta::assert_snapshot!(resume(
        "offset=70/110@70",
        vec![second(), page(101..=110, 110, false)]
    ));
    insta::assert_snapshot!(resume(
        "offset=100/110@100",
        vec![second(), page(101..=110, 110, false)]
    ));
    insta::assert_snapshot!(resume("offset=70/110@71", vec![second()]));
    insta::assert_snapshot!(resume("offset=70/120@70", vec![second()]));
    insta::assert_snapshot!(resume(
        "offset=120/300@120",
        vec![page(101..=110, 110, false)]
    ));
}

#[test]
fn behind_a_short_page_that_is_not_the_last_the_walk_goes_on() {
    insta::assert_snapshot!(walk(vec![
        page(1..=49, 120, true),
        page(50..=99, 71, true),
        page(100..=120, 21, false)
    ]));
}

#[test]
fn an_empty_list_behind_the_last_row_proves_that_the_total_is_wrong() {
    insta::assert_snapshot!(walk(vec![page(1..=30, 120, false), page([], 90, false)]));
    // In a batch, it may be empty for another reason.
    let counted = json!({ "result": {
        "result": { "c0": [] }, "result_error": [], "result_total": { "c0": 450 }, "result_next": []
    }});
    insta::assert_snapshot!(walk(vec![
        page(1..=50, 500, true),
        Answer::Json(200, counted),
        page(51..=70, 20, false)
    ]));
}

#[test]
fn what_is_counted_and_does_not_come_is_told() {
    for nothing in [json!(false), json!(null), json!([])] {
        let answer = json!({ "result": nothing, "total": 120 });
        let log = walk(vec![Answer::Json(200, answer)]);
        assert!(
            log.contains("no rows came of a list of 120 [incomplete: true]"),
            "{log}"
        );
    }
    for nothing in [json!(false), json!(null)] {
        let answer = json!({ "result": nothing, "total": 90 });
        let log = walk(vec![page(1..=30, 120, false), Answer::Json(200, answer)]);
        assert!(
            log.contains("the next page is not a list [incomplete: true]"),
            "{log}"
        );
    }
}

#[test]
fn a_total_below_the_rows_of_its_page_is_none() {
    let answers = vec![page(1..=50, 0, false), batch(&[rows(51..=70)], &[])];
    insta::assert_snapshot!(walk(answers));
}

#[test]
fn rows_out_of_order_are_told() {
    insta::assert_snapshot!(walk(vec![page([1, 2, 2], 3, false)]));
    insta::assert_snapshot!(walk(vec![page([1, 3, 2], 3, false)]));
}

#[test]
fn a_page_that_is_missing_in_a_batch_is_asked_for_again() {
    let answers = vec![
        page(1..=50, 120, true),
        batch(&[rows(51..=100)], &[0]),
        page(101..=120, 20, false),
    ];
    insta::assert_snapshot!(walk(answers));
    // Unless nothing came at all.
    insta::assert_snapshot!(walk(vec![page(1..=50, 120, true), batch(&[], &[])]));
}

#[test]
fn an_error_of_one_command_ends_the_walk_with_it() {
    let refused = json!({
        "result": {
            "result": { "c0": rows(51..=100) },
            "result_error": { "c1": { "error": "ACCESS_DENIED", "error_description": "No s3cr3t" } },
            "result_next": { "c0": 100 },
        }
    });
    let answers = vec![page(1..=50, 150, true), Answer::Json(200, refused)];
    insta::assert_snapshot!(walk(answers));
}

#[test]
fn a_command_refused_for_its_time_is_asked_again_when_it_is_reset() {
    let time = json!({ "finish": 1000.0, "operating": 400.0, "operating_reset_at": 1030 });
    let refused = json!({
        "result": {
            "result": { "c0": rows(51..=100) },
            "result_error": { "c1": { "error": "OPERATION_TIME_LIMIT", "error_description": "" } },
            "result_next": { "c0": 100 },
            "result_time": { "c0": time },
        }
    });
    let answers = vec![
        page(1..=50, 120, true),
        Answer::Json(200, refused),
        page(101..=120, 20, false),
    ];
    insta::assert_snapshot!(walk(answers));
}

#[test]
fn a_page_of_the_announced_rest_may_be_empty() {
    insta::assert_snapshot!(walk(vec![page(1..=50, 50, true), page([], 0, false)]));
}

#[test]
fn by_offset_in_another_order() {
    let call = || Groups {
        filter: json!({ "!NAME": "x" }),
        order: json!({ "NAME": "ASC" }),
    };
    let play = |answers: Vec<Answer>| {
        let answers = answers.into_iter().map(|answer| (0.1, answer)).collect();
        let mut stage = Stage::new(webhook(), answers);
        let pager = Pager::new(&stage.session, &call());
        stage.walk(pager);
        stage.end()
    };
    let first = || page((1..=50).rev(), 70, true);
    insta::assert_snapshot!(play(vec![first(), page(51..=70, 70, false)]));
    insta::assert_snapshot!(play(vec![first(), page(50..=69, 70, false)]));
    insta::assert_snapshot!(play(vec![first(), page(51..=69, 69, false)]));
    // Fewer and more rows than were counted, and a short page that announces another one.
    insta::assert_snapshot!(play(vec![first(), page(51..=69, 70, false)]));
    insta::assert_snapshot!(play(vec![first(), page(51..=100, 70, true)]));
    insta::assert_snapshot!(play(vec![page(1..=49, 120, true)]));
}

/// A list whose pages announce nothing, and which fails where there are no rows.
#[derive(Serialize)]
struct Epics {
    #[serde(skip_serializing_if = "Value::is_null")]
    order: Value,
}

#[derive(Debug, serde::Deserialize)]
struct Epic {
    #[serde(rename = "ID")]
    id: i64,
}

impl Method for Epics {
    const NAME: &'static str = "tasks.api.scrum.epic.list";
    const EFFECT: Effect = Effect::Read;
    type Output = Page<Epic>;
    const ERRORS: &'static [Documented] =
        &[Documented::new("NothingFound", "0", "Could not load list")];
    const NOTHING: Option<&'static str> = Some("NothingFound");

    fn beside_result(page: &mut Self::Output, beside: &BesideResult) {
        page.set_beside_result(beside);
    }
}

impl Paged for Epics {
    type Item = Epic;

    fn paging(&self) -> Paging<Epic> {
        Paging::new("ID", |epic| epic.id)
    }
}

fn walk_epics(order: Value, answers: Vec<Answer>) -> String {
    let answers = answers.into_iter().map(|answer| (0.1, answer)).collect();
    let mut stage = Stage::new(webhook(), answers);
    let pager = Pager::new(&stage.session, &Epics { order });
    stage.walk(pager);
    stage.end()
}

fn silent(ids: impl IntoIterator<Item = i64>) -> Answer {
    Answer::Json(200, json!({ "result": rows(ids) }))
}

#[test]
fn without_an_announcement_only_a_short_page_is_the_last() {
    insta::assert_snapshot!(walk_epics(Value::Null, vec![silent([3, 5, 8])]));
    let answers = vec![
        silent(1..=50),
        batch(&[rows(51..=100), rows(101..=120), rows(1..=50)], &[]),
    ];
    insta::assert_snapshot!(walk_epics(Value::Null, answers));
}

#[test]
fn an_error_that_says_that_there_are_no_rows_ends_a_walk() {
    let nothing = json!({ "error": 0, "error_description": "Could not load list" });
    for status in [200, 400] {
        insta::assert_snapshot!(walk_epics(
            Value::Null,
            vec![Answer::Json(status, nothing.clone())]
        ));
    }
    let last = json!({
        "result": { "result": { "c0": rows(51..=100) }, "result_error": { "c1": nothing.clone() } }
    });
    for order in [Value::Null, json!({ "NAME": "ASC" })] {
        let mut answers = vec![silent(1..=50), Answer::Json(200, last.clone())];
        if order.is_null() {
            // It may be of a reference that was not replaced.
            answers.push(Answer::Json(400, nothing.clone()));
        }
        insta::assert_snapshot!(walk_epics(order, answers));
    }
    let refused = json!({ "error": 0, "error_description": "Access denied" });
    insta::assert_snapshot!(walk_epics(Value::Null, vec![Answer::Json(400, refused)]));
}
