//! Limits: requests per address, operating time per method, the block by hand.

use crate::common::{Desk, now};
use serde_json::{Value, json};
use sonet_portal::{BatchBilling, Rate, Request, Rules};
use std::time::{Duration, SystemTime};

const TOO_MANY: &str =
    r#"{"error":"QUERY_LIMIT_EXCEEDED","error_description":"Too many requests"}"#;
const TOO_LONG: &str = r#"{"error":"OPERATION_TIME_LIMIT","error_description":"Method is blocked due to operation time limit"}"#;

fn seconds(seconds: u64) -> SystemTime {
    now() + Duration::from_secs(seconds)
}

/// How many of a thousand requests at one moment get in.
fn burst(desk: &mut Desk, source: &str, at: SystemTime) -> usize {
    let path = desk.portal.webhook_path(1).unwrap();
    let request =
        Request::get(format!("{path}sonet_group.user.groups")).with_source(source.parse().unwrap());
    let mut admitted = 0;
    for _ in 0..1_000 {
        let response = desk.portal.handle(&request, at);
        match response.status() {
            200 => admitted += 1,
            status => assert_eq!((status, response.text().as_str()), (503, TOO_MANY)),
        }
    }
    admitted
}

/// Calls a method by the administrator's webhook: the status, and `operating` with its reset.
fn operating(desk: &mut Desk, method: &str, at: SystemTime) -> (u16, Value) {
    let path = desk.portal.webhook_path(1).unwrap();
    let response = desk.portal.handle(&Request::get(path + method), at);
    let answer: Value = serde_json::from_slice(response.body()).unwrap();
    if response.status() == 429 {
        assert_eq!(response.text(), TOO_LONG);
        return (429, Value::Null);
    }
    let time = &answer["time"];
    (
        response.status(),
        json!([time["operating"], time["operating_reset_at"]]),
    )
}

#[test]
fn nothing_is_limited_by_default() {
    assert_eq!(burst(&mut Desk::new(), "10.0.0.1", now()), 1_000);
}

#[test]
fn an_address_has_its_bucket() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().rate = Some(Rate::STANDARD);
    assert_eq!(burst(&mut desk, "10.0.0.1", now()), 51);
    assert_eq!(
        desk.portal
            .requests_counted("10.0.0.1".parse().unwrap(), now()),
        51
    );
    assert_eq!(burst(&mut desk, "10.0.0.2", now()), 51, "another address");
    assert_eq!(burst(&mut desk, "10.0.0.1", seconds(3)), 6);
    assert_eq!(desk.portal.executed_of("sonet_group.user.groups"), 108);
    desk.portal.advance(Duration::from_secs(3_600));
    assert_eq!(burst(&mut desk, "10.0.0.1", seconds(3)), 51);
}

#[test]
fn an_enterprise_has_a_larger_one() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().rate = Some(Rate::ENTERPRISE);
    assert_eq!(burst(&mut desk, "::1", now()), 251);
    assert_eq!(burst(&mut desk, "::1", seconds(2)), 10);
}

#[test]
fn the_count_falls_as_often_as_the_rate_says() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().rate = Some(Rate::STANDARD.every(Duration::from_millis(100)));
    let at = |millis| now() + Duration::from_millis(millis);
    assert_eq!(burst(&mut desk, "10.0.0.1", at(0)), 51);
    assert_eq!(burst(&mut desk, "10.0.0.1", at(99)), 0);
    assert_eq!(burst(&mut desk, "10.0.0.1", at(100)), 2);
    assert_eq!(burst(&mut desk, "10.0.0.1", at(1_100)), 20);
    desk.portal.rules_mut().rate = Some(Rate::STANDARD.every(Duration::ZERO));
    assert_eq!(burst(&mut desk, "10.0.0.1", at(1_101)), 51);
}

#[test]
fn what_is_refused_is_counted_without_end() {
    let mut desk = Desk::new();
    burst(&mut desk, "10.0.0.1", now());
    assert_eq!(desk.portal.refused_for_rate(), 0);
    desk.portal.rules_mut().rate = Some(Rate::STANDARD);
    for _ in 0..6 {
        burst(&mut desk, "10.0.0.1", now());
        burst(&mut desk, "10.0.0.2", now());
    }
    assert_eq!(desk.portal.refused_for_rate(), 12_000 - 2 * 51);
    assert_eq!(desk.portal.refused_for_operating(), 0);

    let rules = desk.portal.rules_mut();
    rules.rate = None;
    rules.operating_limit = Some(Duration::from_secs(1));
    let costs = &mut rules.costs;
    costs.insert("sonet_group.get".to_owned(), Duration::from_secs(2));
    assert_eq!(operating(&mut desk, "sonet_group.get", now()).0, 200);
    assert_eq!(operating(&mut desk, "sonet_group.get", now()).0, 429);
    let cmd = json!({"cmd": vec!["sonet_group.get"; 50]}).to_string();
    desk.ok(1, "batch", &cmd);
    assert_eq!(desk.portal.refused_for_operating(), 51, "each command");
    desk.portal.rules_mut().overloaded = true;
    assert_eq!(desk.send(1, "sonet_group.get", "{}").status(), 503);
    assert_eq!(desk.portal.refused_for_rate(), 12_000 - 2 * 51);
    assert_eq!(desk.portal.refused_for_operating(), 51);
}

#[test]
fn a_batch_is_one_request_and_a_refused_one_still_counts() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().rate = Some(Rate::new(1, 1));
    let cmd = json!({"cmd": vec!["sonet_group.user.groups"; 50]}).to_string();
    assert_eq!(desk.send(1, "batch", &cmd).status(), 200);
    assert_eq!(desk.send(1, "nothing", "{}").status(), 404);
    assert_eq!(desk.send(1, "batch", &cmd).status(), 503);
}

#[test]
fn the_operating_time_adds_up_and_is_given_back() {
    let mut desk = Desk::new();
    let costs = &mut desk.portal.rules_mut().costs;
    costs.insert("sonet_group.get".to_owned(), Duration::from_secs(20));
    let reset = crate::common::NOW + 600;
    assert_eq!(
        operating(&mut desk, "sonet_group.get", now()),
        (200, json!([20, reset]))
    );
    assert_eq!(
        operating(&mut desk, "sonet_group.get", seconds(2)),
        (200, json!([40, reset]))
    );
    assert_eq!(
        operating(&mut desk, "sonet_group.user.groups", seconds(2)),
        (200, json!([0, reset + 2])),
        "another method"
    );
    assert_eq!(
        operating(&mut desk, "sonet_group.get", seconds(120)),
        (200, json!([60, reset]))
    );
    assert_eq!(
        operating(&mut desk, "sonet_group.get", seconds(600)),
        (200, json!([40, reset + 120])),
        "the first minute's forty are gone"
    );
    assert_eq!(
        desk.portal.operating_times(seconds(600)),
        [("sonet_group.get", Duration::from_secs(40))]
    );
}

#[test]
fn the_call_after_the_one_that_crosses_the_limit_is_blocked() {
    let mut desk = Desk::new();
    let rules = desk.portal.rules_mut();
    rules.operating_limit = Some(Rules::OPERATING_LIMIT);
    rules
        .costs
        .insert("sonet_group.get".to_owned(), Duration::from_secs(20));
    // The documentation's example: 40 seconds in the first minute, then up to 500.
    for call in 0..25_u64 {
        let at = if call < 2 { 0 } else { 60 + call };
        assert_eq!(
            operating(&mut desk, "sonet_group.get", seconds(at)).0,
            200,
            "{call}"
        );
    }
    assert_eq!(operating(&mut desk, "sonet_group.get", seconds(100)).0, 429);
    assert_eq!(operating(&mut desk, "sonet_group.get", seconds(599)).0, 429);
    assert_eq!(desk.portal.executed_of("sonet_group.get"), 25);
    assert_eq!(
        operating(&mut desk, "sonet_group.user.groups", seconds(100)).0,
        200
    );
    let employee = desk.employee();
    assert_eq!(
        desk.send(employee, "sonet_group.get", "{}").status(),
        200,
        "another webhook"
    );
    assert_eq!(
        operating(&mut desk, "sonet_group.get", seconds(600)).1[0],
        480
    );
    assert_eq!(
        operating(&mut desk, "sonet_group.get", seconds(600)).1[0],
        500,
        "480 is not above 480"
    );
    assert_eq!(operating(&mut desk, "sonet_group.get", seconds(601)).0, 429);
}

#[test]
fn each_command_of_a_batch_counts_for_its_method() {
    let mut desk = Desk::new();
    let rules = desk.portal.rules_mut();
    rules.operating_limit = Some(Duration::from_secs(1));
    rules
        .costs
        .insert("sonet_group.get".to_owned(), Duration::from_secs(1));
    let cmd = json!({"cmd": vec!["sonet_group.get"; 3]}).to_string();
    let result = desk.ok(1, "batch", &cmd);
    assert_eq!(result["result_time"][0]["operating"], 1);
    assert_eq!(result["result_time"][1]["operating"], 2);
    assert_eq!(
        result["result_error"],
        json!({"2": serde_json::from_str::<Value>(TOO_LONG).unwrap()})
    );
    assert_eq!(operating(&mut desk, "sonet_group.get", now()).0, 429);
}

#[test]
fn a_batch_may_be_counted_as_one_method() {
    let mut desk = Desk::new();
    let rules = desk.portal.rules_mut();
    rules.batch_billing = BatchBilling::Batch;
    rules.operating_limit = Some(Duration::from_secs(1));
    rules
        .costs
        .insert("sonet_group.get".to_owned(), Duration::from_secs(1));
    let cmd = json!({"cmd": vec!["sonet_group.get"; 3]}).to_string();
    let answer = desk.answer(1, "batch", &cmd);
    assert_eq!(answer["time"]["operating"], 3);
    assert_eq!(answer["result"]["result_time"][2].get("operating"), None);
    assert_eq!(desk.send(1, "batch", &cmd).status(), 429);
    assert_eq!(operating(&mut desk, "sonet_group.get", now()).1[0], 1);
}

#[test]
fn a_refused_call_costs_nothing() {
    let mut desk = Desk::new();
    assert_eq!(desk.send(1, "sonet_group.create", "{}").status(), 400);
    assert_eq!(
        desk.answer(1, "sonet_group.create", r#"{"NAME":"A"}"#)["time"]["operating"],
        0.321
    );
    assert_eq!(
        desk.answer(1, "sonet_group.create", r#"{"NAME":"A"}"#)["time"]["operating"],
        0.642
    );
}

#[test]
fn a_portal_is_blocked_by_hand() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().overloaded = true;
    let response = desk.send(1, "sonet_group.get", "{}");
    let expected =
        r#"{"error":"OVERLOAD_LIMIT","error_description":"REST API is blocked due to overload"}"#;
    assert_eq!(
        (response.status(), response.text().as_str()),
        (503, expected)
    );
    desk.portal.rules_mut().overloaded = false;
    assert_eq!(desk.send(1, "sonet_group.get", "{}").status(), 200);
}
