use super::*;
use serde_json::{Value, json};
use sonet_portal::Request;
use std::time::{Duration, UNIX_EPOCH};

/// A portal that was taught the answers of a text.
struct Desk(Portal);

impl Desk {
    fn of(text: &str) -> Self {
        let mut portal = Portal::builder().groups(0).users(2).build();
        Answers::parse(text).unwrap().teach(&mut portal).unwrap();
        Self(portal)
    }

    fn ask(&mut self, method: &str, params: &Value) -> (u16, Value) {
        let path = self.0.webhook_path(1).unwrap();
        let request = Request::json(format!("{path}{method}"), &params.to_string());
        let answer = self
            .0
            .handle(&request, UNIX_EPOCH + Duration::from_secs(1_773_921_687));
        (
            answer.status(),
            serde_json::from_str(&answer.text()).unwrap(),
        )
    }
}

#[test]
fn the_first_answer_that_fits_is_given() {
    let mut desk = Desk::of(
        r#"{
            "crm.Deal.get": [
                {"when": {"id": "7"}, "result": {"ID": "7"}},
                {"when": {"id": 8, "x": "1"}, "result": null},
                {"refusal": {"status": 404, "code": "NOT_FOUND", "description": "Not found"}}
            ],
            "crm.deal.add": {"result": 12},
            "crm.deal.delete": {"refusal": {"description": "No"}},
            "crm.deal.update": [{"when": {"id": 1}, "result": true}]
        }"#,
    );
    assert_eq!(
        desk.ask("crm.deal.get", &json!({"id": 7})).1["result"],
        json!({"ID": "7"})
    );
    let (status, null) = desk.ask("crm.deal.get", &json!({"id": "8", "x": 1}));
    assert_eq!((status, &null["result"]), (200, &Value::Null));
    let (status, refused) = desk.ask("crm.deal.get", &json!({"id": 9}));
    let refusal = (&refused["error"], &refused["error_description"]);
    assert_eq!(
        (status, refusal),
        (404, (&json!("NOT_FOUND"), &json!("Not found")))
    );
    assert_eq!(desk.ask("crm.deal.add", &json!({})).1["result"], 12);
    let (status, refused) = desk.ask("crm.deal.delete", &json!({}));
    assert_eq!((status, &refused["error"]), (400, &json!("")));
    let (status, none) = desk.ask("crm.deal.update", &json!({"id": 2}));
    assert_eq!((status, &none["error"]), (400, &json!("PORTAL_NO_ANSWER")));
    assert!(desk.0.handler_failures().is_empty());
}

#[test]
fn rows_come_in_pages() {
    let rows: Vec<Value> = (1..=120).map(|id| json!({"ID": id.to_string()})).collect();
    let text = json!({
        "crm.deal.list": {"rows": rows, "under": "deals"},
        "crm.lead.list": [{"when": {"filter": {"ID": 1}}, "rows": [1]}, {"rows": []}],
    });
    let mut desk = Desk::of(&text.to_string());
    let (_, page) = desk.ask("crm.deal.list", &json!({"start": 50}));
    assert_eq!((&page["total"], &page["next"]), (&json!(120), &json!(100)));
    assert_eq!(page["result"]["deals"][0], json!({"ID": "51"}));
    let (_, last) = desk.ask("crm.deal.list", &json!({"start": "100"}));
    assert_eq!(last["result"]["deals"].as_array().unwrap().len(), 20);
    let (_, one) = desk.ask("crm.lead.list", &json!({"filter": {"ID": "1"}}));
    assert_eq!((&one["result"], &one["total"]), (&json!([1]), &json!(1)));
    assert_eq!(desk.ask("crm.lead.list", &json!({})).1["result"], json!([]));
}

#[test]
fn a_method_may_need_a_scope_and_take_time() {
    let mut desk = Desk::of(
        r#"{
            "crm.deal.get": {"scope": "crm", "result": 1},
            "crm.deal.list": {"cost": 0.5, "answers": [{"rows": []}], "scope": "user"}
        }"#,
    );
    let (status, refused) = desk.ask("crm.deal.get", &json!({}));
    assert_eq!(
        (status, &refused["error"]),
        (403, &json!("insufficient_scope"))
    );
    assert_eq!(desk.ask("crm.deal.list", &json!({})).0, 200);
    let cost = desk.0.rules_mut().costs["crm.deal.list"];
    assert_eq!(cost, Duration::from_millis(500));
}

#[test]
fn the_readme_shows_a_file_that_can_be_read() {
    let readme = include_str!("../../../README.md");
    let file = readme.split("```json\n").nth(1).unwrap();
    let mut desk = Desk::of(file.split("```").next().unwrap());
    let (_, deal) = desk.ask("crm.deal.get", &json!({"id": 7}));
    assert_eq!(deal["result"]["TITLE"], "Chairs");
    assert_eq!(desk.ask("crm.deal.get", &json!({"id": 8})).0, 400);
    assert_eq!(desk.ask("crm.item.list", &json!({})).0, 403);
}

/// Checks what is told of texts that can't be used.
fn check_told(wrong: &[(&str, &str)]) {
    for (text, told) in wrong {
        let error = Answers::parse(text).unwrap_err();
        assert!(
            error.starts_with("line ") && error.contains(told),
            "{text}: {error}"
        );
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    check_told(&[
        ("", "line 1, column 0: EOF"),
        (
            "{\n \"a.b\": {\"result\": 1},\n}",
            "line 3, column 1: trailing comma",
        ),
        (
            "{\"a.b\": {\"result\": 1}}\n}",
            "line 2, column 1: trailing characters",
        ),
        (
            "[]",
            "line 1, column 0: invalid type: sequence, expected an object of methods, such as",
        ),
        (
            "{\n\"a.b\": 7}",
            "line 2, column 8: invalid type: integer `7`, expected an answer, such as",
        ),
        (
            "{\"a.b\": {\n\"reslut\": 1}}",
            "line 2, column 8: unknown field `reslut`, expected one of `result`, `rows`",
        ),
        (
            "{\n\n\"Profile\": {}}",
            "line 3, column 9: the portal answers `Profile` itself; remove it",
        ),
        ("{\"batch\": {}}", "the portal answers `batch` itself"),
        (
            "{\"a b\": {}}",
            "line 1, column 6: `a b` can't be the name of a method; use letters",
        ),
        (
            "{\"a.b\": {\"result\": 1},\n\"A.b\": {}}",
            "line 2, column 5: `A.b` stands twice; put all answers",
        ),
    ]);
}

#[test]
fn what_is_wrong_with_an_answer_is_told() {
    check_told(&[
        (
            "{\"a.b\": {\"result\": 1,\n \"refusal\": {}}}",
            "line 2, column 10: an answer can't have both `result` and `refusal`; remove one",
        ),
        (
            "{\"a.b\": {\"result\": 1, \"result\": 1}}",
            "`result` stands twice; remove one",
        ),
        (
            "{\"a.b\": {\"when\": {}, \"when\": {}}}",
            "`when` stands twice",
        ),
        (
            "{\"a.b\": [{}]}",
            "line 1, column 11: there is no answer; add one of `result`",
        ),
        (
            "{\"a.b\": []}",
            "line 1, column 10: the list has no answer; add one",
        ),
        ("{\"a.b\": {\"scope\": \"crm\"}}", "there is no answer"),
        (
            "{\"a.b\": [{\"result\": 1},\n  {\"result\": 2}]}",
            "line 2, column 2: the answer before this one has no `when`",
        ),
        (
            "{\"a.b\": [{\"scope\": \"crm\"}]}",
            "`scope` belongs to a method",
        ),
        (
            "{\"a.b\": {\"result\": 1, \"answers\": []}}",
            "either `answers` or a single answer; move",
        ),
        (
            "{\"a.b\": {\"answers\": [{\"result\": 1}], \"when\": {}}}",
            "either `answers` or a single answer",
        ),
        (
            "{\"a.b\": {\"rows\": {}}}",
            "`rows` needs a list of all rows; for anything else use `result`",
        ),
        (
            "{\"a.b\": {\"under\": \"x\", \"result\": []}}",
            "`under` is the key of a list, and here is a `result`",
        ),
        (
            "{\"a.b\": {\"when\": 7}}",
            "`when` needs an object of parameters",
        ),
        (
            "{\"a.b\": {\"refusal\": \"no\"}}",
            "expected a refusal, such as",
        ),
        (
            "{\"a.b\": {\"refusal\": {}}}",
            "missing field `description`",
        ),
        (
            "{\"a.b\": {\"refusal\": {\"text\": 1}}}",
            "unknown field `text`, expected one of `status`",
        ),
        (
            "{\"a.b\": {\"refusal\": {\"status\": 99}}}",
            "line 1, column 34: 99 is no status of a refusal; give one from 200",
        ),
        (
            "{\"a.b\": {\"cost\": -1}}",
            "-1 is no operating time; give a number of seconds",
        ),
        ("{\"a.b\": {\"cost\": \"1\"}}", "\"1\" is no operating time"),
    ]);
}
