//! Servers that count other rows than they list, and that refuse single commands of a batch: no portal of today says so on
//! demand.

use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sonet_core::{
    Attempt, Batch, BesideResult, Config, Effect, Limits, Method, NoRetry, Page, Paged, Paging,
    Rate, Raw, RetryPolicy, Verdict,
};
use sonet_types::Bulk;

use super::caller::{Caller, Walk, Walked};
use super::canned::Canned;
use super::world::World;

/// A list of which only the identifiers are read.
#[derive(Serialize)]
struct Groups {}

#[derive(Debug, Deserialize)]
struct Row {
    #[serde(rename = "ID")]
    id: i64,
}

impl Method for Groups {
    const NAME: &'static str = "sonet_group.get";
    const EFFECT: Effect = Effect::Read;
    type Output = Page<Row>;

    fn beside_result(page: &mut Page<Row>, beside: &BesideResult) {
        page.set_beside_result(beside);
    }
}

impl Paged for Groups {
    type Item = Row;

    fn paging(&self) -> Paging<Row> {
        Paging::new("ID", |row: &Row| row.id)
            .filter("FILTER")
            .order("ORDER")
    }
}

fn rows(ids: RangeInclusive<i64>) -> String {
    let mut rows = String::new();
    for id in ids {
        let comma = if rows.is_empty() { "" } else { "," };
        write!(rows, "{comma}{{\"ID\":{id}}}").unwrap();
    }
    format!("[{rows}]")
}

/// Tries at once, and for ever.
#[derive(Debug)]
struct AtOnce;

impl RetryPolicy for AtOnce {
    fn verdict(&self, _: &Attempt<'_>) -> Verdict {
        Verdict::RetryWithin(Duration::ZERO)
    }
}

fn config(server: &Canned) -> Config {
    let config = Config::webhook(&server.webhook("s3cr3t")).unwrap();
    config.limits(Limits::new(Rate::UNLIMITED)).retry(AtOnce)
}

fn ids(walked: &Walked<Row>) -> Vec<i64> {
    walked.rows.iter().map(|row| row.id).collect()
}

fn a_total_that_is_wrong_neither_ends_a_walk_nor_fails_it<C: Caller>(_: &World) {
    let server = Canned::answering(200, |request| {
        if request.contains(r#"">ID":30"#) {
            r#"{"result":[],"total":90}"#.to_owned()
        } else {
            format!(r#"{{"result":{},"total":120}}"#, rows(1..=30))
        }
    });
    let client = C::new(config(&server)).unwrap();
    let walked = client.walk(&Groups {}, Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(ids(&walked), (1..=30).collect::<Vec<_>>());
    assert_eq!((walked.total, client.requests()), (Some(120), 2));

    let server = Canned::answering(200, |request| {
        if request.contains(r#"">ID":50"#) || request.contains("cmd") {
            let page = rows(51..=70);
            if request.contains("cmd") {
                format!(
                    r#"{{"result":{{"result":{{"c0":{page}}},"result_total":{{"c0":"none"}}}}}}"#
                )
            } else {
                format!(r#"{{"result":{page},"total":0}}"#)
            }
        } else {
            format!(r#"{{"result":{},"total":0}}"#, rows(1..=50))
        }
    });
    let client = C::new(config(&server)).unwrap();
    let walked = client.walk(&Groups {}, Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(ids(&walked), (1..=70).collect::<Vec<_>>());
    assert_eq!(walked.total, None);
}

fn what_is_counted_and_does_not_come_is_told<C: Caller>(_: &World) {
    for script in [
        (|_| r#"{"result":null,"total":120}"#.to_owned()) as fn(&str) -> String,
        |_| r#"{"result":[],"total":120}"#.to_owned(),
        |_| r#"{"result":[],"next":50}"#.to_owned(),
        // The same rows, whatever is asked for.
        |_| format!(r#"{{"result":{},"total":120}}"#, rows(1..=30)),
    ] {
        let server = Canned::answering(200, script);
        let client = C::new(config(&server)).unwrap();
        let walked = client.walk(&Groups {}, Walk::default());
        let error = walked.error.unwrap();
        assert!(error.is_incomplete(), "{error}");
        assert!(client.requests() <= 2);
    }
}

/// The second page of a batch is refused.
fn refusing(request: &str) -> String {
    if request.contains("cmd") {
        let page = rows(51..=100);
        let error = r#"{"error":"QUERY_LIMIT_EXCEEDED","error_description":""}"#;
        format!(r#"{{"result":{{"result":{{"c0":{page}}},"result_error":{{"c1":{error}}}}}}}"#)
    } else if request.contains(r#"">ID":100"#) {
        format!(r#"{{"result":{},"total":20}}"#, rows(101..=120))
    } else {
        format!(r#"{{"result":{},"total":120}}"#, rows(1..=50))
    }
}

fn a_page_that_is_refused_within_a_batch_is_asked_for_again<C: Caller>(_: &World) {
    let server = Canned::answering(200, refusing);
    let client = C::new(config(&server)).unwrap();
    let walked = client.walk(&Groups {}, Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(ids(&walked), (1..=120).collect::<Vec<_>>());
    assert_eq!(client.requests(), 3);

    let client = C::new(config(&server).retry(NoRetry)).unwrap();
    let walked = client.walk(&Groups {}, Walk::default());
    assert!(walked.error.as_ref().unwrap().is_limit());
    assert_eq!(ids(&walked), (1..=100).collect::<Vec<_>>());
    assert_eq!(walked.cursor.to_string(), "id>100");
}

/// Of three commands the second one is refused, and none of one.
fn refusing_once(request: &str) -> String {
    if request.contains("\"c1\"") {
        let error = r#"{"error":"OPERATION_TIME_LIMIT","error_description":""}"#;
        format!(
            r#"{{"result":{{"result":{{"c0":["7"],"c2":["7"]}},"result_error":{{"c1":{error}}}}}}}"#
        )
    } else {
        r#"{"result":{"result":{"c0":["7"]},"result_error":[]}}"#.to_owned()
    }
}

fn a_command_that_is_refused_is_sent_again_without_the_others<C: Caller>(_: &World) {
    let server = Canned::answering(200, refusing_once);
    let client = C::new(config(&server)).unwrap();
    let mut batch = Batch::new();
    let read = || Raw::new("sonet_group.user.get", serde_json::json!({ "ID": 1 })).read_only();
    let handles = [batch.add(&read()), batch.add(&read()), batch.add(&read())];
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    for handle in handles {
        assert_eq!(run.outcome(handle).unwrap(), serde_json::json!(["7"]));
    }
    assert_eq!(client.requests(), 2);

    let report = client.bulk(&Bulk::add([1, 2, 3], [7])).unwrap();
    assert_eq!(report.unsettled().count(), 0, "{report:?}");
    assert_eq!((report.changed().count(), client.requests()), (3, 4));

    let client = C::new(config(&server).retry(NoRetry)).unwrap();
    let report = client.bulk(&Bulk::add([1, 2, 3], [7])).unwrap();
    let unsettled: Vec<_> = report.unsettled().collect();
    assert_eq!((unsettled.len(), client.requests()), (1, 1));
    assert!(!unsettled[0].is_unknown(), "it did not run");
}

on_both_clients! {
    a_total_that_is_wrong_neither_ends_a_walk_nor_fails_it,
    what_is_counted_and_does_not_come_is_told,
    a_page_that_is_refused_within_a_batch_is_asked_for_again,
    a_command_that_is_refused_is_sent_again_without_the_others,
}
