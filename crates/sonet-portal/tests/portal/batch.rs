//! `batch`.

use crate::common::{Desk, now};
use serde_json::{Value, json};
use sonet_portal::{BatchOverflow, Request};

/// Sends a batch by the administrator's webhook; its result as it is on the wire.
fn raw(desk: &mut Desk, body: &Value) -> String {
    desk.raw(1, "batch", &body.to_string())
}

fn run(desk: &mut Desk, body: &Value) -> Value {
    desk.ok(1, "batch", &body.to_string())
}

fn keys(map: &Value) -> Vec<&str> {
    map.as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_batch_answers_five_maps() {
    let mut desk = Desk::new();
    let id = desk.portal.groups().next().unwrap().id;
    let body = json!({"halt": 0, "cmd": {
        "list": "sonet_group.get?IS_ADMIN=Y&ORDER[ID]=ASC",
        "one": format!("sonet_group.user.get?ID={id}"),
        "bad": "sonet_group.user.get?ID=x",
    }});
    let answer = desk.answer(1, "batch", &body.to_string());
    let result = &answer["result"];
    assert_eq!(
        keys(result),
        [
            "result",
            "result_error",
            "result_next",
            "result_time",
            "result_total"
        ]
    );
    assert_eq!(keys(&result["result"]), ["list", "one"]);
    assert_eq!(result["result"]["list"].as_array().unwrap().len(), 50);
    assert_eq!(result["result_total"], json!({"list": 120}));
    assert_eq!(result["result_next"], json!({"list": 50}));
    assert_eq!(
        result["result_error"],
        json!({"bad": {"error": "", "error_description": "Wrong socialnetwork group ID"}})
    );
    assert_eq!(keys(&result["result_time"]), ["list", "one"]);
    assert_eq!(result["result_time"]["one"]["operating"], 0);
    assert_eq!(
        answer["time"].get("operating"),
        None,
        "a batch is not counted"
    );
    assert_eq!(desk.portal.executed_of("sonet_group.get"), 1);
    assert_eq!(desk.portal.executed_of("batch"), 1);
}

#[test]
fn empty_maps_are_empty_lists() {
    let mut desk = Desk::new();
    let empty =
        r#"{"result":[],"result_error":[],"result_total":[],"result_next":[],"result_time":[]}"#;
    for body in [
        json!({}),
        json!({"cmd": []}),
        json!({"cmd": {}}),
        json!({"cmd": "sonet_group.get"}),
        json!({"cmd": [5, {"method": "sonet_group.get"}]}),
    ] {
        assert_eq!(raw(&mut desk, &body), empty, "{body}");
    }
}

#[test]
fn maps_with_the_keys_of_a_list_are_lists() {
    let mut desk = Desk::new();
    let (good, bad) = ("sonet_group.user.groups", "sonet_group.user.get");
    for (cmd, result, error) in [
        (json!([good, good]), "[", "[]"),
        (json!({"0": good, "1": good}), "[", "[]"),
        (json!({"1": good}), "{\"1\":", "[]"),
        (json!([good, bad]), "[", "{\"1\":"),
        (json!([bad, good]), "{\"1\":", "[{"),
        (json!({"a": good}), "{\"a\":", "[]"),
    ] {
        let text = raw(&mut desk, &json!({ "cmd": cmd }));
        assert!(
            text.starts_with(&format!(r#"{{"result":{result}"#)),
            "{text}"
        );
        assert!(
            text.contains(&format!(r#","result_error":{error}"#)),
            "{text}"
        );
    }
}

#[test]
fn halt_stops_at_the_first_error() {
    let mut desk = Desk::new();
    let cmd =
        json!({"a": "sonet_group.create?NAME=A", "b": "nothing", "c": "sonet_group.create?NAME=C"});
    for (halt, halts) in [
        (json!(true), true),
        (json!(1), true),
        (json!("1"), true),
        (json!("true"), true),
        (json!(false), false),
        (json!(0), false),
        (json!("0"), false),
        (json!("false"), false),
        (Value::Null, false),
    ] {
        let before = desk.portal.executed_of("sonet_group.create");
        let result = run(&mut desk, &json!({"halt": halt, "cmd": cmd}));
        let done = desk.portal.executed_of("sonet_group.create") - before;
        assert_eq!(done, if halts { 1 } else { 2 }, "{halt}");
        let expected = if halts { vec!["a"] } else { vec!["a", "c"] };
        assert_eq!(keys(&result["result"]), expected, "{halt}");
        assert_eq!(
            result["result_error"],
            json!({"b": {"error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!"}})
        );
    }
}

#[test]
fn commands_come_in_every_encoding() {
    let mut desk = Desk::new();
    let target = desk.portal.webhook_path(1).unwrap() + "batch";
    let commands = "halt=1&cmd[x]=sonet_group.create%3FNAME%3DA%2526B%2B%2525%26OPENED%3DY";
    for request in [
        Request::get(format!("{target}?{commands}")),
        Request::form(&target, commands),
        Request::json(
            &target,
            r#"{"cmd":{"x":"sonet_group.create?NAME=A%26B+%25&OPENED=Y"}}"#,
        ),
        Request::json(
            &target,
            r#"{"cmd":{"x":"sonet_group.create?%4EAME=A%26B%20%25&OPENED=Y#NAME=Z"}}"#,
        ),
        Request::json(
            &target,
            r#"{"cmd":["sonet_group.create?auth=x&NAME=A%26B+%25&OPENED=Y"]}"#,
        ),
        Request::form(
            &target,
            "cmd[]=sonet_group.create%3FNAME%3DA%2526B%2520%2525%26OPENED%3DY",
        ),
    ] {
        assert_eq!(desk.portal.handle(&request, now()).status(), 200);
        let group = desk.portal.groups().last().unwrap();
        assert_eq!(
            (group.name.as_str(), group.opened),
            ("A&B %", true),
            "{request:?}"
        );
    }
    assert_eq!(desk.portal.executed_of("sonet_group.create"), 6);
}

#[test]
fn a_command_uses_the_results_before_it() {
    let mut desk = Desk::new();
    let employee = desk.employee();
    let result = run(
        &mut desk,
        &json!({"cmd": {
            "a_new": "sonet_group.create?NAME=New",
            "b_add": format!("sonet_group.user.add?GROUP_ID=$result[a_new]&USER_ID={employee}"),
            "c_who": "sonet_group.user.get?ID=%24result%5Ba_new%5D",
            "d_row": "sonet_group.get?FILTER[ID]=$result[a_new]&IS_ADMIN=Y",
            "e_name": "sonet_group.update?GROUP_ID=$result[d_row][0][ID]&NAME=Group $result[d_row][0][ID] of $result[nobody][0]",
            "f_role": "sonet_group.user.update?GROUP_ID=$result[a_new]&ROLE=E&USER_ID=$result[b_add]",
            "g_late": "sonet_group.user.get?ID=$result[h_later]",
            "h_later": "sonet_group.user.groups",
        }}),
    );
    let id = desk.portal.groups().last().unwrap().id;
    assert_eq!(result["result"]["a_new"], id);
    assert_eq!(result["result"]["b_add"], json!([employee.to_string()]));
    assert_eq!(result["result"]["c_who"].as_array().unwrap().len(), 2);
    assert_eq!(
        desk.portal.group(id).unwrap().name,
        format!("Group {id} of $result[nobody][0]"),
        "what leads nowhere stays as text"
    );
    assert_eq!(
        result["result"]["f_role"],
        json!([employee.to_string()]),
        "an array is passed on"
    );
    assert_eq!(
        result["result_error"]["g_late"]["error_description"],
        "Wrong socialnetwork group ID"
    );
}

#[test]
fn a_batch_has_no_batch_in_it() {
    let mut desk = Desk::new();
    let result = run(
        &mut desk,
        &json!({"cmd": {"a": "batch?cmd[]=sonet_group.get", "b": "BATCH"}}),
    );
    let error = json!({"error": "ERROR_BATCH_METHOD_NOT_ALLOWED", "error_description": "Method is not allowed for batch usage"});
    assert_eq!(result["result_error"], json!({"a": error, "b": error}));
    assert_eq!(desk.portal.executed_of("sonet_group.get"), 0);
}

#[test]
fn fifty_commands_run_and_no_more() {
    let mut desk = Desk::new();
    let cmd = |count: usize| {
        let entries = (0..count).map(|n| (format!("k{n:02}"), json!("sonet_group.user.groups")));
        json!({"cmd": entries.collect::<serde_json::Map<_, _>>()})
    };
    let result = run(&mut desk, &cmd(50));
    assert_eq!(keys(&result["result"]).len(), 50);
    assert_eq!(result["result_error"], json!([]));

    let result = run(&mut desk, &cmd(53));
    assert_eq!(keys(&result["result"]).len(), 50);
    assert_eq!(keys(&result["result_error"]), ["k50", "k51", "k52"]);
    let error = json!({"error": "ERROR_BATCH_LENGTH_EXCEEDED", "error_description": "Max batch length exceeded"});
    assert_eq!(result["result_error"]["k52"], error);

    let executed = desk.portal.executed_of("sonet_group.user.groups");
    desk.portal.rules_mut().batch_overflow = BatchOverflow::Whole;
    let response = desk.send(1, "batch", &cmd(51).to_string());
    assert_eq!(response.status(), 400);
    assert_eq!(
        serde_json::from_str::<Value>(&response.text()).unwrap(),
        error
    );
    assert_eq!(desk.portal.executed_of("sonet_group.user.groups"), executed);
    assert_eq!(keys(&run(&mut desk, &cmd(50))["result"]).len(), 50);
}

#[test]
fn ten_thousand_commands_do_not_stall() {
    let mut desk = Desk::new();
    let body = json!({"cmd": vec!["sonet_group.user.groups"; 10_000]});
    let result = run(&mut desk, &body);
    assert_eq!(result["result"].as_array().unwrap().len(), 50);
    assert_eq!(keys(&result["result_error"]).len(), 9_950);
}

#[test]
fn a_missing_scope_is_told_without_a_text() {
    let mut desk = Desk::new();
    let path = desk
        .portal
        .webhook_path_with_scope(1, &["socialnetwork"])
        .unwrap();
    let body = r#"{"cmd":{"a":"sonet_group.user.groups","b":"socialnetwork.api.workgroup.list"}}"#;
    let response = desk
        .portal
        .handle(&Request::json(format!("{path}batch"), body), now());
    let answer: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(
        answer["result"]["result_error"],
        json!({"a": {"error": "insufficient_scope", "error_description": ""}})
    );
    assert_eq!(keys(&answer["result"]["result"]), ["b"]);
}

#[test]
fn a_batch_needs_credentials_as_any_call() {
    let mut desk = Desk::new();
    let request = Request::json(
        "/rest/1/wrong/batch",
        r#"{"cmd":["sonet_group.user.groups"]}"#,
    );
    let response = desk.portal.handle(&request, now());
    assert_eq!(response.status(), 401);
    assert!(
        response
            .text()
            .starts_with(r#"{"error":"INVALID_CREDENTIALS""#)
    );
}

#[test]
fn commands_take_their_time_one_after_the_other() {
    let mut desk = Desk::new();
    let body = json!({"cmd": ["sonet_group.create?NAME=A", "sonet_group.create?NAME=B"]});
    let answer = desk.answer(1, "batch", &body.to_string());
    let finish = |time: &Value| time["finish"].as_f64().unwrap();
    let times = &answer["result"]["result_time"];
    assert!(
        (finish(&times[1]) - finish(&times[0]) - 0.321).abs() < 1e-5,
        "{times}"
    );
    assert!((finish(&answer["time"]) - finish(&times[1])).abs() < 1e-5);
}

#[test]
fn references_do_not_multiply_without_bound() {
    let mut desk = Desk::new();
    let name = "x".repeat(1_000_000);
    let id = desk.ok(
        1,
        "sonet_group.create",
        &json!({ "NAME": name }).to_string(),
    );
    let echo = "$result[a][0][NAME]".repeat(5_000);
    let body = json!({"cmd": {
        "a": format!("sonet_group.get?GROUP_ID={id}"),
        "b": format!("sonet_group.update?GROUP_ID={id}&NAME={echo}"),
    }});
    assert_eq!(run(&mut desk, &body)["result"]["b"], id);
    let length = desk.portal.groups().last().unwrap().name.len();
    assert!((15_000_000..17_000_000).contains(&length), "{length}");
}
