//! Several methods in one request.

use std::task::Waker;

use serde::Serialize;
use serde_json::{Value, json};
use sonet_core::{
    App, Batch, BatchRun, Config, Effect, Handle, Machine as _, Method, Step, Tokens,
};

use super::play::*;

sonet_core::id!(GroupId, "A group.");

const MEMBERS: Members = Members { id: 7 };
const RENAME: Rename = Rename { group_id: 7 };

#[derive(Serialize)]
struct Create {
    #[serde(rename = "NAME")]
    name: &'static str,
}

impl Method for Create {
    const NAME: &'static str = "sonet_group.create";
    const EFFECT: Effect = Effect::Write;
    type Output = GroupId;
}

const CREATE: Create = Create { name: "Rust" };

fn delete(group: GroupId) -> Delete {
    Delete {
        group_id: group.get(),
    }
}

/// The answer of a batch, with the maps that it leaves out as PHP writes them.
fn answer(result: &Value, error: &Value) -> Answer {
    Answer::Json(
        200,
        json!({ "result": {
            "result": result, "result_error": error, "result_total": [], "result_next": [], "result_time": []
        }}),
    )
}

/// Plays a batch of a creation and a removal of what it created.
fn create_and_delete(answers: Vec<(f64, Answer)>) -> String {
    let mut batch = Batch::new().halt();
    let created = batch.add(&CREATE);
    let deleted = batch.add_with(created.value(), delete);
    let mut run = batch.build().unwrap();
    let mut stage = Stage::new(webhook(), answers);
    stage.batch(&mut run);
    stage.outcome(&run, created);
    stage.outcome(&run, deleted);
    stage.end()
}

/// Plays a batch of two methods that are alike.
fn twice<M: Method>(method: &M, answers: Vec<(f64, Answer)>) -> String
where
    M::Output: std::fmt::Debug,
{
    let mut batch = Batch::new();
    let handles = [batch.add(method), batch.add(method)];
    let mut run = batch.build().unwrap();
    let mut stage = Stage::new(webhook(), answers);
    stage.batch(&mut run);
    for handle in handles {
        stage.outcome(&run, handle);
    }
    stage.end()
}

#[test]
fn a_command_refers_to_the_result_of_one_before_it() {
    let answers = answer(&json!({ "c0": 77, "c1": true }), &json!([]));
    insta::assert_snapshot!(create_and_delete(vec![(0.1, answers)]));
}

#[test]
fn after_a_failure_nothing_runs_that_refers_to_it() {
    let refused = json!({ "c0": { "error": "", "error_description": "Cannot create group" } });
    let answers = answer(&json!([]), &refused);
    insta::assert_snapshot!(create_and_delete(vec![(0.1, answers)]));
}

#[test]
fn a_reference_that_led_nowhere_is_noticed() {
    let answers = answer(&json!({ "c0": null, "c1": true }), &json!([]));
    insta::assert_snapshot!(create_and_delete(vec![(0.1, answers)]));
}

#[test]
fn a_lost_answer_to_a_batch_that_writes_is_told_and_not_repeated() {
    insta::assert_snapshot!(create_and_delete(vec![(1.0, Answer::reset())]));
    insta::assert_snapshot!(create_and_delete(vec![(
        1.0,
        Answer::Text(200, "<html></html>")
    )]));
    insta::assert_snapshot!(create_and_delete(vec![(
        1.0,
        Answer::Json(200, json!({ "result": [5] }))
    )]));
}

#[test]
fn a_batch_of_reads_is_repeated() {
    let answers = answer(&json!({ "c0": [], "c1": [1] }), &json!([]));
    insta::assert_snapshot!(twice(
        &MEMBERS,
        vec![(1.0, Answer::reset()), (0.1, answers)]
    ));
}

#[test]
fn a_refusal_in_a_repeated_batch_says_nothing_of_the_attempt_before() {
    let refused = json!({ "c1": { "error": "ACCESS_DENIED", "error_description": "" } });
    let answers = answer(&json!({ "c0": 7 }), &refused);
    insta::assert_snapshot!(twice(&RENAME, vec![(1.0, Answer::reset()), (0.1, answers)]));
}

#[test]
fn a_whole_batch_is_refused_like_any_call() {
    let answers = vec![
        (0.1, Answer::rate()),
        (
            0.1,
            Answer::error(401, "NO_AUTH_FOUND", "Wrong authorization data"),
        ),
    ];
    insta::assert_snapshot!(twice(&MEMBERS, answers));
}

#[test]
fn a_batch_goes_on_where_it_broke_off() {
    let results = |count: usize| {
        let results = (0..count).map(|index| (format!("c{index}"), json!(true)));
        answer(&results.collect(), &json!([]))
    };
    let answers = vec![
        (0.1, results(50)),
        (0.1, Answer::Json(403, json!({ "error": "ACCESS_DENIED" }))),
        (0.1, results(50)),
        (0.1, Answer::reset()),
    ];
    let mut batch = Batch::new().split();
    let handles: Vec<_> = (0..120_i64)
        .map(|index| batch.add(&delete(GroupId::new(100 + index))))
        .collect();
    let mut run = batch.build().unwrap();
    let mut stage = Stage::new(webhook(), answers);
    for _ in 0..3 {
        stage.batch(&mut run);
        for index in [0, 50, 119] {
            stage.outcome(&run, handles[index]);
        }
    }
    let log = stage.end();
    let cut = |line: &str| line.chars().take(120).collect::<String>();
    insta::assert_snapshot!(log.lines().map(cut).collect::<Vec<_>>().join("\n"));
}

/// A batch of a removal and a list of members.
fn mixed() -> (BatchRun, Handle<bool>, Handle<Value>) {
    let mut batch = Batch::new();
    let deleted = batch.add(&delete(GroupId::new(7)));
    let members = batch.add(&MEMBERS);
    (batch.build().unwrap(), deleted, members)
}

fn without_limit() -> Config {
    webhook().operating_limit(None)
}

#[test]
fn each_command_counts_for_the_time_of_its_method() {
    let time = |operating: f64| json!({ "finish": 1_000.0, "operating": operating, "operating_reset_at": 1_090 });
    let answers = Answer::Json(
        200,
        json!({ "result": {
            "result": { "c0": true, "c1": [] }, "result_error": [], "result_total": { "c1": 3 }, "result_next": [],
            "result_time": { "c0": time(481.0), "c1": time(2.0) }
        }}),
    );
    let mut stage = Stage::new(
        webhook(),
        vec![(0.1, answers), (0.1, Answer::ok()), (0.1, Answer::ok())],
    );
    let (mut run, ..) = mixed();
    stage.batch(&mut run);
    stage.call(&MEMBERS);
    stage.call(&Delete { group_id: 8 });
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_command_refused_for_its_time_makes_the_next_one_wait() {
    let time = json!({ "finish": 1_000.0, "operating": 100.0, "operating_reset_at": 1_060 });
    let known = Answer::Json(200, json!({ "result": true, "time": time }));
    let refused = json!({ "c0": { "error": "OPERATION_TIME_LIMIT", "error_description": "Method is blocked" } });
    let mut stage = Stage::new(
        without_limit(),
        vec![
            (0.0, known),
            (0.1, answer(&json!({ "c1": [] }), &refused)),
            (0.1, answer(&json!({ "c0": true, "c1": [] }), &json!([]))),
        ],
    );
    stage.call(&Delete { group_id: 8 });
    for _ in 0..2 {
        let (mut run, deleted, members) = mixed();
        stage.batch(&mut run);
        stage.outcome(&run, deleted);
        stage.outcome(&run, members);
    }
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_batch_takes_one_place_under_the_rate() {
    let answers = (0..50).map(|_| {
        let results = answer(&json!({ "c0": [], "c1": [] }), &json!([]));
        (0.0, results)
    });
    let mut stage = Stage::new(webhook(), answers.collect());
    let start = stage.now;
    for sent in 1..=50 {
        let mut batch = Batch::new();
        let _ = (batch.add(&MEMBERS), batch.add(&MEMBERS));
        stage.batch(&mut batch.build().unwrap());
        if sent == 48 {
            assert_eq!(stage.now, start, "48 requests leave at once");
        }
    }
    assert_eq!((stage.now - start).as_millis(), 1_000);
    stage.end();
}

#[test]
fn a_token_that_was_replaced_meanwhile_is_not_quoted() {
    let tokens = Tokens::new("https://example.bitrix24.com", "access-0", "refresh-0").unwrap();
    let config = Config::app(App::new("app.1", "client-secret"), tokens).unwrap();
    let expired = Answer::error(401, "expired_token", "The access token has expired");
    let fresh = json!({
        "access_token": "access-1",
        "refresh_token": "refresh-1",
        "client_endpoint": "https://example.bitrix24.com/rest/",
        "server_endpoint": "https://oauth.bitrix.info/rest/",
    });
    let answers = vec![
        (0.1, expired),
        (0.1, Answer::Json(200, fresh)),
        (0.1, Answer::ok()),
        (
            0.1,
            answer(
                &json!({ "c1": ["access-0", "access-1"] }),
                &json!({ "c0": { "error": "NO", "error_description": "Not for access-0" } }),
            ),
        ),
    ];
    let mut stage = Stage::new(alone(config), answers);
    let mut batch = Batch::new();
    let handles = [batch.add(&CREATE), batch.add(&CREATE)];
    let mut run = batch.build().unwrap();
    let mut sent = stage.next_request(&mut run).unwrap();
    let Step::Send(outgoing) = sent.poll(stage.now, Waker::noop()) else {
        panic!("it is not sent");
    };
    stage.call(&MEMBERS);
    stage.answer(&mut sent, &outgoing);
    let Step::Done(reply) = sent.poll(stage.now, Waker::noop()) else {
        panic!("it is not done");
    };
    run.on_reply(stage.now, sent, reply);
    for handle in handles {
        let error = run.outcome(handle).unwrap_err();
        let told = format!("{error} {error:?} {:?}", error.excerpt());
        assert!(!told.contains("access-"), "{told}");
        assert!(told.contains("***"), "{told}");
    }
}
