//! Methods that a program teaches the portal.

use crate::common::{Desk, now};
use serde_json::{Value, json};
use sonet_portal::{Rate, Reply, Request, TaughtCall, TeachError};
use std::time::Duration;

#[test]
fn a_taught_method_is_one_like_any_other() {
    let mut desk = Desk::new();
    let taught = desk.portal.on("CRM.deal.get", |call| {
        let id = call
            .id("id")
            .ok_or_else(|| Reply::refusal("", "ID is not defined").status(404))?;
        Ok::<_, Reply>(json!({"ID": id, "BY": call.user().id, "NAME": call.param("name")}))
    });
    taught.unwrap().cost(Duration::from_secs(300));
    let row = desk.ok(2, "crm.Deal.get", r#"{"id":"5"}"#);
    assert_eq!(row, json!({"ID": 5, "BY": 2, "NAME": null}));
    assert_eq!(desk.portal.executed_of("crm.deal.get"), 1);
    assert_eq!(desk.send(2, "crm.deal.get", "{}").status(), 404);
    // Its time counts, and so does every request.
    desk.portal.rules_mut().operating_limit = Some(Duration::from_secs(480));
    desk.ok(2, "crm.deal.get", r#"{"id":5}"#);
    assert_eq!(desk.send(2, "crm.deal.get", r#"{"id":5}"#).status(), 429);
    desk.portal.rules_mut().rate = Some(Rate::STANDARD);
    let answers = (0..60).map(|_| desk.send(1, "crm.deal.get", r#"{"id":0}"#).status());
    assert!(answers.collect::<Vec<_>>().contains(&503));
    assert!(desk.portal.handler_failures().is_empty());
}

#[test]
fn a_taught_list_is_cut_into_pages() {
    let mut desk = Desk::new();
    let rows = |_: &TaughtCall| Reply::list((1..=120).map(|id| json!({"ID": id}))).under("items");
    desk.portal.on("crm.item.list", rows).unwrap();
    let answer = desk.answer(1, "crm.item.list", r#"{"start":50}"#);
    assert_eq!(
        (&answer["total"], &answer["next"]),
        (&json!(120), &json!(100))
    );
    assert_eq!(answer["result"]["items"][0], json!({"ID": 51}));
    let last = desk.answer(1, "crm.item.list", r#"{"start":100}"#);
    assert_eq!(last["result"]["items"].as_array().unwrap().len(), 20);
    assert_eq!(last.get("next"), None);
}

#[test]
fn a_batch_mixes_taught_methods_and_others() {
    let mut desk = Desk::new();
    desk.portal
        .on("crm.deal.get", |call| json!({"GROUP": call.param("group")}))
        .unwrap();
    let body = json!({"cmd": {
        "a": "sonet_group.create?NAME=A",
        "b": "crm.deal.get?group=$result[a]",
        "c": "sonet_group.get?FILTER[ID]=$result[b][GROUP]",
    }});
    let result = desk.ok(1, "batch", &body.to_string());
    assert_eq!(result["result_error"], json!([]), "{result}");
    let made = &result["result"]["a"];
    assert_eq!(&result["result"]["b"]["GROUP"], made);
    assert_eq!(result["result"]["c"][0]["NAME"], "A");
}

#[test]
fn a_scope_can_be_named_and_the_method_is_listed() {
    let mut desk = Desk::new();
    desk.portal
        .on("crm.deal.get", |_| json!(1))
        .unwrap()
        .scope("crm");
    let path = desk.portal.webhook_path_with_scope(1, &["crm"]).unwrap();
    let mut get = |path: &str, method: &str| {
        let request = Request::get(format!("{path}{method}"));
        desk.portal.handle(&request, now())
    };
    assert_eq!(get(&path, "crm.deal.get").status(), 200);
    assert!(get(&path, "methods").text().contains("crm.deal.get"));
    let told = get(&path, "method.get?name=crm.deal.get").text();
    assert!(
        told.contains(r#""isExisting":true,"isAvailable":true"#),
        "{told}"
    );
    let refused = desk.send(1, "crm.deal.get", "{}");
    assert_eq!(refused.status(), 403);
}

#[test]
fn a_handler_that_panics_is_answered_and_told() {
    let mut desk = Desk::new();
    let broken = |_: &TaughtCall| -> Value { panic!("no deals today") };
    desk.portal.on("crm.deal.get", broken).unwrap();
    let bad = |_: &TaughtCall| Reply::refusal("X", "x").status(42);
    desk.portal.on("crm.deal.add", bad).unwrap();
    for method in ["crm.deal.get", "crm.deal.get", "crm.deal.add"] {
        assert_eq!(desk.send(1, method, "{}").status(), 500);
    }
    let failures = desk.portal.handler_failures();
    assert_eq!(failures[0], "crm.deal.get: panicked: no deals today");
    assert_eq!(failures.len(), 3);
    assert!(failures[2].contains("give one from 200 to 599"));
    assert_eq!(desk.portal.executed_of("crm.deal.get"), 0);
    desk.ok(1, "profile", "{}");
}

#[test]
fn its_own_methods_are_overridden_on_purpose_only() {
    let mut desk = Desk::new();
    let one = |_: &TaughtCall| json!(1);
    let error = |outcome: Result<(), TeachError>| outcome.unwrap_err().to_string();
    let exists = desk.portal.on("Profile", one).map(drop);
    assert!(error(exists).contains("call `replace`"));
    let name = desk.portal.on("crm deal", one).map(drop);
    assert!(error(name).contains("use letters"));
    let missing = desk.portal.replace("crm.deal.get", one);
    assert!(error(missing).contains("call `on`"));
    assert_eq!(desk.portal.replace("batch", one), Err(TeachError::Batch));
    desk.portal.replace("sonet_group.Create", one).unwrap();
    assert_eq!(desk.ok(1, "sonet_group.create", "{}"), 1);
    assert!(desk.portal.executed_of("sonet_group.create") == 1);
    // The later handler counts.
    desk.portal.on("crm.deal.get", one).unwrap();
    desk.portal.on("crm.deal.get", |_| json!(2)).unwrap();
    assert_eq!(desk.ok(1, "crm.deal.get", "{}"), 2);
}
