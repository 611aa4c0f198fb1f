//! Every form that an answer comes in.

use std::marker::PhantomData;

use http::StatusCode;
use serde::de::DeserializeOwned;

use super::*;
use crate::{ApiError, Effect, Error, Executed, Secret};

/// A method that answers a `T`.
#[derive(serde::Serialize)]
struct Answers<T>(PhantomData<T>);

impl<T: DeserializeOwned> Method for Answers<T> {
    const NAME: &'static str = "m";
    const EFFECT: Effect = Effect::Write;
    type Output = T;
    const ERRORS: &'static [Documented] = &[Documented::new(
        "GroupNotFound",
        "",
        "Socialnetwork group not found",
    )];
}

fn answer<T: DeserializeOwned>(status: u16, body: &str) -> Result<Reply<T>, Error> {
    bytes(status, body.as_bytes())
}

fn bytes<T: DeserializeOwned>(status: u16, body: &[u8]) -> Result<Reply<T>, Error> {
    let secret = Secret::new("canary-secret");
    let head = Head {
        status: StatusCode::from_u16(status).unwrap(),
        redirect: None,
    };
    decode::<Answers<T>>(&head, &Bytes::copy_from_slice(body), &Redactor(&[&secret]))
        .map_err(|kind| Error::new("m", kind))
}

fn api(status: u16, body: &str) -> ApiError {
    let error = answer::<serde_json::Value>(status, body).unwrap_err();
    error.api().unwrap_or_else(|| panic!("{error:?}")).clone()
}

#[test]
fn a_result_of_any_shape() {
    assert_eq!(answer::<i64>(200, r#"{"result": 77}"#).unwrap().result, 77);
    assert_eq!(
        answer::<Vec<i64>>(200, r#"{"result": [1]}"#)
            .unwrap()
            .result,
        [1]
    );
    assert!(
        answer::<bool>(200, r#"{"time": {}, "result": true}"#)
            .unwrap()
            .result
    );
    assert_eq!(
        answer::<Option<i64>>(200, r#"{"result": null}"#)
            .unwrap()
            .result,
        None
    );
}

#[test]
fn numbers_beside_the_result() {
    let reply = answer::<Vec<i64>>(
        200,
        r#"{"result": [], "total": "120", "next": 50, "unknown": {}, "time": {
            "start": 1773921687, "finish": 1773921688.071989, "duration": "1.07", "processing": 0,
            "date_start": "2026-03-19T15:01:27+02:00", "operating_reset_at": 1773922287, "operating": 0
        }}"#,
    )
    .unwrap();
    assert_eq!((reply.total, reply.next), (Some(120), Some(50)));
    assert_eq!(reply.time.operating, Some(0.0));
    assert_eq!(reply.time.operating_reset_at, Some(1_773_922_287));
    assert_eq!(reply.time.duration, Some(1.07));
    assert_eq!(reply.time.date_finish, None);
}

#[test]
fn time_may_be_missing_or_empty() {
    for body in [
        r#"{"result": 1}"#,
        r#"{"result": 1, "time": []}"#,
        r#"{"result": 1, "time": null}"#,
    ] {
        assert_eq!(
            answer::<i64>(200, body).unwrap().time,
            Time::default(),
            "{body}"
        );
    }
}

#[test]
fn a_code_as_text_number_or_object() {
    let error = api(
        403,
        r#"{"error": "insufficient_scope", "error_description": "…"}"#,
    );
    assert!(error.has_code("INSUFFICIENT_SCOPE"));
    assert_eq!(
        api(400, r#"{"error": 100, "error_description": "x"}"#).code(),
        "100"
    );
    assert_eq!(
        api(400, r#"{"error": 200040300010}"#).code(),
        "200040300010"
    );
    let error = api(
        400,
        r#"{"error": {"code": "C", "message": "m", "validation": [{"field": "f"}]}}"#,
    );
    assert_eq!((error.code(), error.description()), ("C", "m"));
    assert_eq!(
        api(500, r#"{"error": [], "error_description": null}"#).code(),
        ""
    );
}

#[test]
fn an_empty_code_is_an_error_and_known_by_its_text() {
    let error = answer::<bool>(
        400,
        r#"{"error": "", "error_description": "Socialnetwork group not found"}"#,
    )
    .unwrap_err();
    assert_eq!(
        error.api().and_then(ApiError::refusal),
        Some("GroupNotFound")
    );
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(
        error.to_string(),
        "m: GroupNotFound (400: Socialnetwork group not found)"
    );
}

#[test]
fn an_error_with_the_status_200() {
    let error = api(
        200,
        r#"{"error": 0, "error_description": "Task not found"}"#,
    );
    assert_eq!((error.code(), error.description()), ("0", "Task not found"));
    let error = api(200, r#"{"result": [], "error": "X"}"#);
    assert_eq!(error.code(), "X");
}

#[test]
fn a_null_error_is_none() {
    assert_eq!(
        answer::<i64>(200, r#"{"result": 1, "error": null}"#)
            .unwrap()
            .result,
        1
    );
}

#[test]
fn a_body_that_is_not_json() {
    let error = answer::<i64>(502, "<html>canary-secret Bad Gateway</html>").unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(error.excerpt(), Some("<html>*** Bad Gateway</html>"));

    let error = answer::<i64>(404, "").unwrap_err();
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(
        error.to_string(),
        "m: the server answered 404 Not Found without an error of the API (empty body)"
    );

    let error = answer::<i64>(200, r#"{"result": [1, 2"#).unwrap_err();
    assert!(error.is_decode());
    assert_eq!(
        error.executed(),
        Executed::Unknown,
        "half an answer says nothing"
    );

    let error = bytes::<i64>(200, b"{\"result\": \"\xff\"}").unwrap_err();
    assert!(error.to_string().contains("not UTF-8"), "{error}");
}

#[test]
fn json_without_a_result() {
    for body in ["{}", r#"{"time": {}}"#, "[]", "null", "7"] {
        let error = answer::<i64>(200, body).unwrap_err();
        assert!(error.is_decode(), "{body}: {error}");
    }
    let error = answer::<i64>(200, "{}").unwrap_err();
    assert!(
        error.to_string().contains("neither `result` nor `error`"),
        "{error}"
    );
    assert_eq!(error.executed(), Executed::Unknown);
}

#[derive(Debug, serde::Deserialize)]
#[allow(dead_code)] // only decoded
struct Row {
    #[serde(rename = "ID", deserialize_with = "Int::decode")]
    id: i64,
}

#[test]
fn a_mismatch_names_the_path_and_the_piece() {
    let body = r#"{"result": [{"ID": "1"}, {"ID": {"canary-secret": 7}}], "time": {}}"#;
    let error = answer::<Vec<Row>>(200, body).unwrap_err();
    assert_eq!(error.path(), Some("result[1].ID"));
    assert_eq!(error.excerpt(), Some(r#"{"***": 7}"#));
    assert_eq!(
        error.executed(),
        Executed::Yes,
        "the server said that there is a result"
    );
    assert!(error.to_string().contains("expected an integer"), "{error}");
}

#[test]
fn a_mismatch_quotes_no_more_than_a_piece() {
    let body = format!(
        r#"{{"result": {{"ID": "{}canary-secret"}}}}"#,
        "x".repeat(230)
    );
    let error = answer::<Row>(200, &body).unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(
        !text.contains("canary"),
        "the cut leaves no part of a secret: {text}"
    );
    assert!(text.len() < 1500, "{}", text.len());
}

#[test]
fn what_ran_is_known_only_from_a_result() {
    let executed = |body| answer::<Row>(200, body).unwrap_err().executed();
    assert_eq!(executed(r#"{"result": {"ID": []}}"#), Executed::Yes);
    for body in [
        "null",
        "42",
        "[77]",
        r#""ok""#,
        r#"{"status": "queued", "total": "many"}"#,
        r#"{"result": null}"#,
        r#"{"result": false}"#,
        r#"{"error": "a", "error": "b"}"#,
        r#"{"result": {"ID": 1}, "error": ""}"#,
        r#"{"result": {"ID": 1}, "error": false}"#,
    ] {
        assert_eq!(executed(body), Executed::Unknown, "{body}");
    }
}

#[test]
fn a_list_is_no_envelope() {
    let error = answer::<i64>(200, "[77]").unwrap_err();
    assert!(error.is_decode(), "{error}");
}

#[test]
fn a_server_failure_is_not_a_refusal() {
    let executed = |status, body| answer::<i64>(status, body).unwrap_err().executed();
    assert_eq!(
        executed(500, r#"{"error": "INTERNAL_SERVER_ERROR"}"#),
        Executed::Unknown
    );
    assert_eq!(
        executed(503, r#"{"error": "QUERY_LIMIT_EXCEEDED"}"#),
        Executed::No
    );
    assert_eq!(
        executed(503, r#"{"error": "overload_limit"}"#),
        Executed::No
    );
    assert_eq!(
        executed(429, r#"{"error": "OPERATION_TIME_LIMIT"}"#),
        Executed::No
    );
    assert_eq!(executed(408, "timeout"), Executed::Unknown);
    assert_eq!(executed(302, ""), Executed::No);
    assert_eq!(
        executed(303, ""),
        Executed::Unknown,
        "the answer to a POST that ran"
    );
    assert_eq!(
        executed(400, r#"{"error": "INTERNAL_SERVER_ERROR"}"#),
        Executed::Unknown
    );
    for unknown in [
        r#"{"error": 0, "error_description": "Unknown error"}"#,
        r#"{"error": "0", "error_description": "Unknown error."}"#,
    ] {
        assert_eq!(executed(400, unknown), Executed::Unknown, "{unknown}");
    }
    let known = r#"{"error": "", "error_description": "Socialnetwork group not found"}"#;
    assert_eq!(executed(400, known), Executed::No);
    assert_eq!(
        executed(500, known),
        Executed::Unknown,
        "a text proves nothing beside a 500"
    );
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    for mark in ["\u{feff}", "\u{feff}\u{feff}", "\r\n\u{feff} ", "\n"] {
        let body = format!(r#"{mark}{{"result": 77}}"#);
        assert_eq!(answer::<i64>(200, &body).unwrap().result, 77, "{mark:?}");
        let value = answer::<serde_json::Value>(200, &body).unwrap();
        assert_eq!(value.result, 77, "{mark:?}");
        let refused = r#"{"error": "", "error_description": "Socialnetwork group not found"}"#;
        for status in [200, 400, 500] {
            let error = answer::<i64>(status, &format!("{mark}{refused}")).unwrap_err();
            assert_eq!(
                error.api().and_then(ApiError::refusal),
                Some("GroupNotFound"),
                "{mark:?} {status} {error}"
            );
        }
        let error =
            answer::<Row>(200, &format!(r#"{mark}{{"result": {{"ID": []}}}}"#)).unwrap_err();
        assert_eq!(
            (error.path(), error.excerpt()),
            (Some("result.ID"), Some("[]"))
        );
    }
    let error = answer::<i64>(502, "\u{feff}<html>Bad Gateway</html>").unwrap_err();
    assert_eq!(error.excerpt(), Some("<html>Bad Gateway</html>"));
    for no_text in [&b"\xff\xfe{\0}\0"[..], b"\xef\xbb{\"result\": 77}"] {
        let error = bytes::<i64>(200, no_text).unwrap_err();
        assert!(error.to_string().contains("not UTF-8"), "{error}");
    }
}

#[test]
fn a_number_that_none_can_hold_is_the_reason() {
    let value = |body| answer::<serde_json::Value>(200, body).unwrap_err();
    let error = value(r#"{"result": {"a": [1, 1e400]}}"#);
    assert!(error.to_string().contains("number out of range"), "{error}");
    assert_eq!(error.path(), Some("result.a[1]"));
    assert_eq!(error.excerpt(), Some("1e400"));
    assert_eq!(error.executed(), Executed::Yes);
    for (body, path) in [
        (r#"{"result": 1e400}"#, "result"),
        (r#"{"result": 1, "total": 1e400}"#, "total"),
    ] {
        let error = value(body);
        assert!(error.to_string().contains("number out of range"), "{error}");
        assert_eq!(error.path(), Some(path), "{error}");
    }
    for status in [200, 400] {
        let error = answer::<i64>(status, r#"{"error": 1e400}"#).unwrap_err();
        assert!(error.to_string().contains("number out of range"), "{error}");
    }
    // Where nobody looks at it, it does no harm.
    assert_eq!(
        answer::<i64>(200, r#"{"result": 7, "more": 1e400}"#)
            .unwrap()
            .result,
        7
    );
    let error = answer::<i64>(400, r#"{"error": "X", "more": 1e400}"#).unwrap_err();
    assert!(
        error.api().is_some_and(|error| error.has_code("X")),
        "{error}"
    );
}

#[test]
fn a_key_that_comes_twice_is_the_reason() {
    for (status, body, key) in [
        (200, r#"{"result": 1, "result": 2}"#, "result"),
        (
            200,
            r#"{"result": 1, "error": null, "error": null}"#,
            "error",
        ),
        (200, r#"{"error": "a", "error": "b"}"#, "error"),
        (400, r#"{"error": "a", "error": "b"}"#, "error"),
        (
            400,
            r#"{"error": "a", "error_description": "b", "error_description": "c"}"#,
            "error_description",
        ),
        (200, r#"{"result": 1, "time": {}, "time": {}}"#, "time"),
    ] {
        let error = answer::<i64>(status, body).unwrap_err();
        let told = error.to_string();
        assert!(
            told.contains(&format!("duplicate field `{key}`")),
            "{body}: {told}"
        );
        assert!(!told.contains("neither"), "{told}");
    }
    let error = answer::<i64>(200, r#"{"result": 1, "result": 2}"#).unwrap_err();
    assert_eq!(
        error.executed(),
        Executed::Unknown,
        "of two results, none is told"
    );
    let error = answer::<Row>(200, r#"{"result": {"ID": 1, "ID": 2}}"#).unwrap_err();
    assert!(
        error.to_string().contains("duplicate field `ID`"),
        "{error}"
    );
}

#[test]
fn what_can_not_be_read_for_another_reason_is_told_so() {
    let told = |body| {
        answer::<serde_json::Value>(200, body)
            .unwrap_err()
            .to_string()
    };
    let lone = told(r#"{"result": "\ud800"}"#);
    assert!(
        lone.contains("surrogate") || lone.contains("hex escape"),
        "{lone}"
    );
    let deep = format!(r#"{{"result": {}{}}}"#, "[".repeat(500), "]".repeat(500));
    let deep = told(&deep);
    assert!(deep.contains("recursion limit"), "{deep}");
    let error = answer::<i64>(302, r#"{"error": 1, "error": 2}"#).unwrap_err();
    assert_eq!(
        error.executed(),
        Executed::No,
        "it is a redirect all the same"
    );
}

/// What no answer decodes as.
#[derive(Debug, serde::Deserialize)]
enum Never {}

#[test]
fn what_php_takes_for_nothing_does_not_show_that_a_write_ran() {
    let executed = |result: &str| {
        let body = format!(r#"{{"result": {result}, "time": {{}}}}"#);
        answer::<Never>(200, &body).unwrap_err().executed()
    };
    for result in [
        "0", "\"0\"", "false", "\"\"", "[]", "{}", "null", "-1", "[0]",
    ] {
        assert_eq!(executed(result), Executed::Unknown, "{result}");
    }
    for result in ["true", "7", "\"ok\"", "[7]", r#"{"NAME": "x"}"#] {
        assert_eq!(executed(result), Executed::Yes, "{result}");
    }
}

/// A log that errors are printed to is no place for names and addresses, which bodies are full of.
#[test]
fn no_error_shows_what_a_body_says_of_people() {
    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code)] // only decoded
    enum Post {
        Chief,
    }
    let person = r#"{"NAME": "Anna Petrova", "EMAIL": "anna@example.com"}"#;
    let body = |result: &str| format!(r#"{{"result": {result}, "time": {{}}}}"#);
    let named = body(r#"[{"ID": "Anna Petrova anna@example.com"}]"#);
    let errors = [
        answer::<i64>(200, &body(person)).unwrap_err(),
        answer::<Vec<Row>>(200, &named).unwrap_err(),
        answer::<Post>(200, &body(r#""Anna Petrova anna@example.com""#)).unwrap_err(),
        answer::<i64>(200, &format!("{person}, and no JSON")).unwrap_err(),
        answer::<i64>(200, person).unwrap_err(),
        answer::<i64>(400, person).unwrap_err(),
        answer::<i64>(502, &format!("<html>{person}</html>")).unwrap_err(),
    ];
    for error in errors {
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains("Anna"), "{shown}");
        assert!(!shown.contains("anna@"), "{shown}");
        let excerpt = error.excerpt().unwrap();
        assert!(excerpt.contains("anna@example.com"), "{error}: {excerpt}");
    }
}

#[test]
fn the_code_of_a_command_is_compared_in_any_case() {
    let json = r#"{"error": "Operation_Time_Limit"}"#;
    let error = ErrorBody::of_command(&mut serde_json::Deserializer::from_str(json)).unwrap();
    assert!(error.has_code(&["OPERATION_TIME_LIMIT"]) && !error.has_code(&["OPERATION"]));
}
