//! What an error of the server says about the method: whether it ran.

use serde_json::json;
use sonet_core::{Batch, Exchange, Executed, Raw};

use super::play::*;

/// A write that documents none of these errors.
fn write() -> Raw {
    Raw::new("crm.lead.add", json!({}))
}

fn alone(status: u16, code: &str, text: &str) -> Executed {
    let config = webhook().retry(sonet_core::NoRetry);
    let mut stage = Stage::new(config, vec![(0.1, Answer::error(status, code, text))]);
    let exchange = Exchange::new(&stage.session, &write());
    stage.drive(exchange).unwrap_err().executed()
}

/// The same error, as that of a command in a batch.
fn in_a_batch(code: &str, text: &str) -> Executed {
    let errors = json!({ "c0": { "error": code, "error_description": text } });
    let answer = Answer::Json(
        200,
        json!({ "result": { "result": [], "result_error": errors } }),
    );
    executed(answer)
}

/// The same error, as that of a whole batch.
fn of_a_batch(status: u16, code: &str, text: &str) -> Executed {
    executed(Answer::error(status, code, text))
}

fn executed(answer: Answer) -> Executed {
    let mut batch = Batch::new();
    let handle = batch.add(&write());
    let mut run = batch.build().unwrap();
    let mut stage = Stage::new(webhook().retry(sonet_core::NoRetry), vec![(0.1, answer)]);
    stage.batch(&mut run);
    run.outcome(handle).unwrap_err().executed()
}

#[test]
fn what_may_come_after_the_method_is_no_refusal() {
    for (code, text) in [
        ("WRONG_ENCODING", "Wrong request encoding"),
        ("wrong_encoding", ""),
        ("INTERNAL_SERVER_ERROR", "Internal server error"),
        (
            "ERROR_UNEXPECTED_ANSWER",
            "Server returned an unexpected response",
        ),
        ("ERROR_CORE", "Internal error"),
        ("0", "Unknown error"),
        ("", "Internal server error"),
        (
            "0",
            "Mysql query error: (1213) Deadlock found when trying to get lock",
        ),
        ("false", ""),
    ] {
        for status in [200, 400, 403, 500, 503] {
            assert_eq!(
                alone(status, code, text),
                Executed::Unknown,
                "{status} {code} {text}"
            );
            assert_eq!(
                of_a_batch(status, code, text),
                Executed::Unknown,
                "{status} {code} {text}"
            );
        }
        assert_eq!(in_a_batch(code, text), Executed::Unknown, "{code} {text}");
    }
}

#[test]
fn what_limits_and_closes_a_portal_comes_before_a_method_whatever_the_status_is() {
    for code in [
        "QUERY_LIMIT_EXCEEDED",
        "OPERATION_TIME_LIMIT",
        "OVERLOAD_LIMIT",
        "portal_deleted",
    ] {
        for status in [200, 400, 410, 429, 500, 503] {
            assert_eq!(alone(status, code, ""), Executed::No, "{status} {code}");
            assert_eq!(
                of_a_batch(status, code, ""),
                Executed::No,
                "{status} {code}"
            );
        }
        assert_eq!(in_a_batch(code, ""), Executed::No, "{code}");
    }
}

#[test]
fn what_refuses_a_caller_does_so_beside_the_status_of_a_refusal() {
    for code in [
        "ACCESS_DENIED",
        "ERROR_BATCH_METHOD_NOT_ALLOWED",
        "ERROR_BATCH_LENGTH_EXCEEDED",
        "INVALID_REQUEST",
        "NO_AUTH_FOUND",
        "INVALID_CREDENTIALS",
        "insufficient_scope",
        "INSUFFICIENT_SCOPE",
        "expired_token",
        "invalid_token",
        "user_access_error",
        "authorization_error",
        "WRONG_AUTH_TYPE",
        "ERROR_OAUTH",
        "ERROR_METHOD_NOT_FOUND",
        "METHOD_NOT_FOUND",
        "METHOD_CONFIRM_WAITING",
        "METHOD_CONFIRM_DENIED",
        "APPLICATION_NOT_FOUND",
        "NOT_INSTALLED",
        "PAYMENT_REQUIRED",
    ] {
        for status in [200, 400, 401, 403, 404, 405] {
            assert_eq!(alone(status, code, ""), Executed::No, "{status} {code}");
            assert_eq!(
                of_a_batch(status, code, ""),
                Executed::No,
                "{status} {code}"
            );
        }
        for status in [408, 500, 502] {
            assert_eq!(
                alone(status, code, ""),
                Executed::Unknown,
                "{status} {code}"
            );
        }
        assert_eq!(in_a_batch(code, ""), Executed::No, "{code}");
    }
}

#[test]
fn the_status_decides_about_what_a_method_says_itself() {
    for (code, text) in [
        ("", "Cannot create group"),
        ("100", "Could not find value for parameter {fields}"),
        ("0", "Access denied"),
        ("ERROR_IMAGE_ID", "Image"),
    ] {
        for status in [200, 400, 401, 403, 404, 409] {
            assert_eq!(alone(status, code, text), Executed::No, "{status} {code}");
        }
        for status in [303, 408, 500, 502, 503, 504] {
            assert_eq!(
                alone(status, code, text),
                Executed::Unknown,
                "{status} {code}"
            );
        }
        assert_eq!(in_a_batch(code, text), Executed::No, "{code} {text}");
    }
}

#[test]
fn a_whole_batch_is_refused_by_the_system_alone() {
    for (code, text) in [
        ("", "Cannot create group"),
        ("100", ""),
        ("ERROR_IMAGE_ID", ""),
    ] {
        assert_eq!(
            of_a_batch(400, code, text),
            Executed::Unknown,
            "{code} {text}"
        );
    }
}

#[test]
fn an_answer_that_could_not_be_encoded_is_not_asked_for_again() {
    let answer = Answer::error(200, "WRONG_ENCODING", "Wrong request encoding");
    let log = play(webhook(), &Members { id: 7 }, vec![(0.1, answer)]);
    assert_eq!(log.matches(" > ").count(), 1, "{log}");
}
