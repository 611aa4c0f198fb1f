//! What is made again, and what is not.

use std::time::Duration;

use serde_json::{Value, json};
use sonet_core::{Attempt, CallOptions, Exchange, Raw, RetryPolicy, Verdict};

use super::play::*;

const DELETE: Delete = Delete { group_id: 7 };
const MEMBERS: Members = Members { id: 7 };
const RENAME: Rename = Rename { group_id: 7 };

#[test]
fn a_request_that_did_not_leave_is_sent_again_even_if_it_writes() {
    insta::assert_snapshot!(play(
        webhook(),
        &DELETE,
        vec![(0.0, Answer::not_sent()), (0.1, Answer::ok())]
    ));
}

#[test]
fn a_refusal_for_the_rate_is_certain_and_a_write_goes_on() {
    insta::assert_snapshot!(play(
        webhook(),
        &DELETE,
        vec![
            (0.1, Answer::rate()),
            (0.1, Answer::rate()),
            (0.1, Answer::ok())
        ]
    ));
}

#[test]
fn a_lost_answer_to_a_write_is_told_and_not_repeated() {
    insta::assert_snapshot!(play(webhook(), &DELETE, vec![(1.0, Answer::reset())]));
    insta::assert_snapshot!(play(webhook(), &DELETE, vec![(75.0, Answer::timeout())]));
    insta::assert_snapshot!(play(
        webhook(),
        &DELETE,
        vec![(1.0, Answer::Text(502, "<html>Bad Gateway</html>"))]
    ));
    insta::assert_snapshot!(play(
        webhook(),
        &DELETE,
        vec![(1.0, Answer::Text(200, "{\"resu"))]
    ));
    insta::assert_snapshot!(play(
        webhook(),
        &DELETE,
        vec![(
            1.0,
            Answer::error(500, "INTERNAL_SERVER_ERROR", "Internal server error")
        )]
    ));
}

#[test]
fn a_read_is_repeated_and_its_last_error_kept() {
    insta::assert_snapshot!(play(
        webhook(),
        &MEMBERS,
        vec![(1.0, Answer::reset()), (0.1, Answer::ok())]
    ));
    insta::assert_snapshot!(play(
        webhook(),
        &MEMBERS,
        vec![
            (1.0, Answer::reset()),
            (0.1, Answer::Text(502, "<html>Bad Gateway</html>")),
            (0.1, Answer::Text(200, "{\"resu")),
            (0.1, Answer::Text(503, "")),
        ]
    ));
}

#[test]
fn a_write_that_may_be_repeated_is_repeated_and_stays_unknown_where_an_attempt_may_have_run() {
    insta::assert_snapshot!(play(
        webhook(),
        &RENAME,
        vec![
            (1.0, Answer::reset()),
            (
                0.1,
                Answer::error(400, "", "User has no permissions to update group")
            ),
        ]
    ));
}

#[test]
fn what_another_attempt_can_not_change_is_asked_once() {
    for (status, code) in [
        (503, "OVERLOAD_LIMIT"),
        (400, ""),
        (400, "ERROR_CORE"),
        (401, "NO_AUTH_FOUND"),
        (401, "expired_token"),
        (401, "METHOD_CONFIRM_WAITING"),
        (403, "insufficient_scope"),
        (403, "ACCESS_DENIED"),
        (404, "ERROR_METHOD_NOT_FOUND"),
        (500, "PORTAL_DELETED"),
    ] {
        let log = play(
            webhook(),
            &MEMBERS,
            vec![(0.1, Answer::error(status, code, ""))],
        );
        assert_eq!(log.matches('>').count(), 1, "{log}");
    }
    for answer in [
        Answer::Text(404, "<html>Not Found</html>"),
        Answer::Text(403, ""),
        Answer::Json(200, json!({ "result": true, "error": "x" })),
    ] {
        play(webhook(), &MEMBERS, vec![(0.1, answer)]);
    }
}

#[test]
fn an_answer_of_another_form_is_not_asked_for_again() {
    let call = Raw::new("user.current", Value::Null)
        .read_only()
        .output::<bool>();
    insta::assert_snapshot!(play(
        webhook(),
        &call,
        vec![(0.1, Answer::Json(200, json!({ "result": {} })))]
    ));
}

#[test]
fn an_answer_that_is_too_large_is_not_asked_for_again() {
    let config = webhook().body_limit(10);
    insta::assert_snapshot!(play(
        config,
        &MEMBERS,
        vec![(0.1, Answer::Json(200, json!({ "result": "0123456789" })))]
    ));
}

#[test]
fn the_time_of_a_call_bounds_everything() {
    let config = || webhook().call_timeout(Duration::from_secs(10));
    // The second attempt gets what is left.
    insta::assert_snapshot!(play(
        config(),
        &MEMBERS,
        vec![(8.0, Answer::reset()), (5.0, Answer::ok())]
    ));
    // No attempt fits in after the first.
    insta::assert_snapshot!(play(config(), &MEMBERS, vec![(9.99, Answer::reset())]));
    let mut stage = Stage::new(webhook(), vec![(8.0, Answer::reset())]);
    let exchange = Exchange::new(&stage.session, &MEMBERS);
    let exchange = exchange.options(&CallOptions::default().timeout(Duration::from_secs(8)));
    stage.run(exchange);
    insta::assert_snapshot!(stage.end());
}

/// Would repeat anything, at once.
#[derive(Debug)]
struct Reckless;

impl RetryPolicy for Reckless {
    fn verdict(&self, _: &Attempt<'_>) -> Verdict {
        Verdict::RetryWithin(Duration::ZERO)
    }
}

#[test]
fn no_policy_repeats_a_write_that_may_have_run() {
    let config = || webhook().retry(Reckless);
    insta::assert_snapshot!(play(
        config(),
        &DELETE,
        vec![(0.1, Answer::not_sent()), (1.0, Answer::reset())]
    ));
    insta::assert_snapshot!(play(
        config(),
        &DELETE,
        vec![(0.1, Answer::error(400, "", "Cannot delete group"))]
    ));
}
