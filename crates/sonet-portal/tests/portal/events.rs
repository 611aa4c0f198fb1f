//! Handlers of events, and what they are sent.

use crate::common::{Desk, now};
use serde_json::{Value, json};
use sonet_portal::{Delivery, EventForm, EventTokens, Installation, Request, Response};

const HANDLER: &str = "https://app.example/handler";

/// Calls a method by a user's token.
fn send(desk: &mut Desk, user: u64, method: &str, body: &Value) -> Response {
    let token = desk.portal.token_of(user).unwrap();
    let mut body = body.clone();
    body["auth"] = json!(token);
    let request = Request::json(format!("/rest/{method}"), &body.to_string());
    desk.portal
        .handle(&request.with_header("Host", "portal.test"), now())
}

fn ok(desk: &mut Desk, user: u64, method: &str, body: &Value) -> Value {
    let response = send(desk, user, method, body);
    assert_eq!(
        response.status(),
        200,
        "{method} {body}: {}",
        response.text()
    );
    let answer: Value = serde_json::from_slice(response.body()).unwrap();
    answer["result"].clone()
}

#[track_caller]
fn refused(
    desk: &mut Desk,
    user: u64,
    method: &str,
    body: &Value,
    status: u16,
    code: &str,
    text: &str,
) {
    let response = send(desk, user, method, body);
    let answer: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(
        (response.status(), answer),
        (status, json!({"error": code, "error_description": text})),
        "{method} {body}"
    );
}

fn bind(desk: &mut Desk, user: u64, event: &str) {
    let body = json!({"event": event, "handler": HANDLER});
    assert_eq!(ok(desk, user, "event.bind", &body), true);
}

/// The fields of a delivery, decoded.
fn fields(delivery: &Delivery) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_encoding::percent_decode_str(&text)
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    let pairs = delivery
        .body
        .split('&')
        .map(|pair| pair.split_once('=').unwrap());
    pairs
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn names(delivery: &Delivery) -> Vec<String> {
    fields(delivery).into_iter().map(|(name, _)| name).collect()
}

fn field(delivery: &Delivery, name: &str) -> String {
    let found = fields(delivery).into_iter().find(|(own, _)| own == name);
    found
        .unwrap_or_else(|| panic!("no {name} in {delivery:?}"))
        .1
}

/// What the queue holds: event and group.
fn queue(desk: &mut Desk) -> Vec<(String, u64)> {
    let deliveries = desk.portal.take_deliveries();
    deliveries
        .into_iter()
        .map(|own| (own.event, own.group_id))
        .collect()
}

fn last_group(desk: &Desk) -> u64 {
    desk.portal.groups().last().unwrap().id
}

#[test]
fn deliveries_that_nobody_takes_are_bounded() {
    let mut desk = Desk::new();
    desk.portal
        .add_outgoing_webhook(HANDLER, &["onSonetGroupUpdate"; 100]);
    let id = last_group(&desk);
    for _ in 0..101 {
        let body = json!({"GROUP_ID": id, "NAME": "A"}).to_string();
        desk.ok(1, "sonet_group.update", &body);
    }
    let deliveries = desk.portal.take_deliveries();
    assert_eq!(deliveries.len(), 10_000);
    assert_eq!(desk.portal.take_deliveries(), []);
}

#[test]
fn create_update_and_delete_are_told() {
    let mut desk = Desk::new();
    for event in [
        "onSonetGroupAdd",
        "ONSONETGROUPUPDATE",
        "onsonetgroupdelete",
    ] {
        bind(&mut desk, 1, event);
    }
    desk.ok(1, "sonet_group.create", r#"{"NAME":"A"}"#);
    let id = last_group(&desk);
    desk.ok(
        1,
        "sonet_group.update",
        &json!({"GROUP_ID": id, "NAME": "B"}).to_string(),
    );
    desk.refused(
        1,
        "sonet_group.update",
        &json!({"GROUP_ID": id, "NAME": ""}).to_string(),
        "Cannot update group",
    );
    desk.ok(1, "sonet_group.user.get", &json!({"ID": id}).to_string());
    desk.portal.fail_next("sonet_group.delete");
    assert_eq!(
        desk.send(
            1,
            "sonet_group.delete",
            &json!({"GROUP_ID": id}).to_string()
        )
        .status(),
        400
    );
    desk.ok(
        1,
        "sonet_group.delete",
        &json!({"GROUP_ID": id}).to_string(),
    );
    let told = |event: &str| (event.to_owned(), id);
    assert_eq!(
        queue(&mut desk),
        [
            told("ONSONETGROUPADD"),
            told("ONSONETGROUPUPDATE"),
            told("ONSONETGROUPDELETE")
        ]
    );
    assert!(
        desk.portal.take_deliveries().is_empty(),
        "each is taken once"
    );
}

#[test]
fn a_delivery_has_the_form_of_captured_ones() {
    let mut desk = Desk::new();
    let employee = desk.employee();
    bind(&mut desk, 1, "onSonetGroupUpdate");
    let id = ok(
        &mut desk,
        employee,
        "sonet_group.create",
        &json!({"NAME": "A"}),
    );
    let update = json!({"GROUP_ID": id, "NAME": "B"});
    ok(&mut desk, employee, "sonet_group.update", &update);
    let delivery = desk.portal.take_deliveries().remove(0);
    assert_eq!(
        names(&delivery)[4..],
        [
            "auth[access_token]",
            "auth[expires]",
            "auth[expires_in]",
            "auth[scope]",
            "auth[domain]",
            "auth[server_endpoint]",
            "auth[status]",
            "auth[client_endpoint]",
            "auth[member_id]",
            "auth[user_id]",
            "auth[refresh_token]",
            "auth[application_token]",
        ]
    );
    let user = employee.to_string();
    for (name, value) in [
        ("auth[expires]", "1773925287"),
        ("auth[expires_in]", "3600"),
        ("auth[user_id]", user.as_str()),
        ("auth[scope]", "sonet_group,socialnetwork,user,task,log"),
    ] {
        assert_eq!(field(&delivery, name), value, "{name}");
    }
}

#[test]
fn a_delivery_has_the_documented_form() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().event_form = EventForm::Documented;
    let employee = desk.employee();
    bind(&mut desk, 1, "onSonetGroupAdd");
    ok(
        &mut desk,
        employee,
        "sonet_group.create",
        &json!({"NAME": "A"}),
    );
    let id = last_group(&desk).to_string();
    let deliveries = desk.portal.take_deliveries();
    let [delivery] = &deliveries[..] else {
        panic!("{deliveries:?}");
    };
    assert_eq!(delivery.url, HANDLER);
    assert_eq!(
        names(delivery),
        [
            "event",
            "event_handler_id",
            "data[FIELDS][ID]",
            "ts",
            "auth[access_token]",
            "auth[expires_in]",
            "auth[scope]",
            "auth[domain]",
            "auth[server_endpoint]",
            "auth[status]",
            "auth[client_endpoint]",
            "auth[member_id]",
            "auth[refresh_token]",
            "auth[application_token]",
        ]
    );
    for (name, value) in [
        ("event", "ONSONETGROUPADD"),
        ("event_handler_id", "1"),
        ("data[FIELDS][ID]", id.as_str()),
        ("ts", "1773921687"),
        ("auth[expires_in]", "3600"),
        ("auth[scope]", "sonet"),
        ("auth[domain]", "portal.test"),
        ("auth[server_endpoint]", "http://portal.test/rest/"),
        ("auth[status]", "L"),
        ("auth[member_id]", desk.portal.member_id()),
        (
            "auth[application_token]",
            desk.portal.app().application_token.as_str(),
        ),
    ] {
        assert_eq!(field(delivery, name), value, "{name}");
    }
    assert!(!format!("{delivery:?}").contains(&desk.portal.app().application_token));
    let token = field(delivery, "auth[access_token]");
    let answer = desk
        .portal
        .handle(&Request::get(format!("/rest/profile?auth={token}")), now());
    let answer: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(
        answer["result"]["ID"],
        employee.to_string(),
        "the tokens are the acting user's"
    );
}

#[test]
fn tokens_may_be_missing() {
    let mut desk = Desk::new();
    bind(&mut desk, 1, "onSonetGroupAdd");
    for (tokens, access, refresh) in [
        (EventTokens::Both, true, true),
        (EventTokens::AccessOnly, true, false),
        (EventTokens::Missing, false, false),
    ] {
        desk.portal.rules_mut().event_tokens = tokens;
        desk.ok(1, "sonet_group.create", r#"{"NAME":"A"}"#);
        let delivery = desk.portal.take_deliveries().remove(0);
        let has = |name: &str| names(&delivery).iter().any(|own| own == name);
        assert_eq!(has("auth[access_token]"), access);
        assert_eq!(has("auth[expires_in]"), access);
        assert_eq!(has("auth[expires]"), access);
        assert_eq!(has("auth[user_id]"), access);
        assert_eq!(has("auth[refresh_token]"), refresh);
        assert!(has("auth[application_token]"));
    }
}

#[test]
fn a_handler_may_want_another_users_tokens() {
    let mut desk = Desk::new();
    let body = json!({"event": "onSonetGroupAdd", "handler": HANDLER, "auth_type": 2});
    ok(&mut desk, 1, "event.bind", &body);
    desk.ok(1, "sonet_group.create", r#"{"NAME":"A"}"#);
    let delivery = desk.portal.take_deliveries().remove(0);
    let token = field(&delivery, "auth[access_token]");
    let answer = desk
        .portal
        .handle(&Request::get(format!("/rest/profile?auth={token}")), now());
    assert!(
        answer.text().starts_with(r#"{"result":{"ID":"2""#),
        "{}",
        answer.text()
    );
}

#[test]
fn an_outgoing_webhook_has_no_tokens() {
    let mut desk = Desk::new();
    let token = desk
        .portal
        .add_outgoing_webhook(HANDLER, &["onSonetGroupAdd", "onSonetGroupDelete"]);
    desk.ok(1, "sonet_group.create", r#"{"NAME":"A"}"#);
    let delivery = desk.portal.take_deliveries().remove(0);
    assert_eq!(
        names(&delivery)[4..],
        [
            "auth[domain]",
            "auth[client_endpoint]",
            "auth[server_endpoint]",
            "auth[member_id]",
            "auth[application_token]"
        ]
    );
    assert_eq!(field(&delivery, "auth[application_token]"), token);
    assert_eq!(
        ok(&mut desk, 1, "event.get", &json!({})),
        json!([]),
        "no application bound it"
    );
}

#[test]
fn nothing_is_sent_before_the_installation_is_finished() {
    let mut desk = Desk::new();
    bind(&mut desk, 1, "onSonetGroupAdd");
    let client_id = desk.portal.app().client_id.clone();
    for (installation, sent) in [
        (Installation::Unfinished, 0),
        (Installation::Missing, 0),
        (Installation::Finished, 1),
    ] {
        desk.portal.app_mut(&client_id).unwrap().installation = installation;
        desk.ok(1, "sonet_group.create", r#"{"NAME":"A"}"#);
        assert_eq!(queue(&mut desk).len(), sent, "{installation:?}");
    }
}

#[test]
fn a_second_update_within_one_request_is_not_told() {
    let mut desk = Desk::new();
    bind(&mut desk, 1, "onSonetGroupUpdate");
    desk.ok(1, "sonet_group.create", r#"{"NAME":"A"}"#);
    let id = last_group(&desk);
    let other = desk.portal.groups().next().unwrap().id;
    let update = |id: u64| format!("sonet_group.update?GROUP_ID={id}&NAME=B");
    let body = json!({"cmd": [update(id), update(other), update(id)]}).to_string();
    let told = |id: u64| ("ONSONETGROUPUPDATE".to_owned(), id);
    desk.ok(1, "batch", &body);
    assert_eq!(queue(&mut desk), [told(id), told(other)]);
    desk.portal.rules_mut().repeated_updates = true;
    desk.ok(1, "batch", &body);
    assert_eq!(queue(&mut desk), [told(id), told(other), told(id)]);
}

#[test]
fn handlers_are_bound_listed_and_unbound() {
    let mut desk = Desk::new();
    bind(&mut desk, 1, "onSonetGroupAdd");
    bind(&mut desk, 1, "onSonetGroupUpdate");
    let with_user = json!({"event": "onSonetGroupAdd", "handler": HANDLER, "auth_type": "2"});
    ok(&mut desk, 1, "event.bind", &with_user);
    let row = |event: &str, auth_type: &str| json!({"event": event, "handler": HANDLER, "auth_type": auth_type, "offline": 0});
    assert_eq!(
        ok(&mut desk, 1, "event.get", &json!({})),
        json!([
            row("ONSONETGROUPADD", "0"),
            row("ONSONETGROUPUPDATE", "0"),
            row("ONSONETGROUPADD", "2")
        ])
    );
    let employee = desk.employee();
    assert_eq!(
        ok(&mut desk, employee, "event.get", &json!({})),
        json!([]),
        "only one's own"
    );
    assert_eq!(
        ok(&mut desk, employee, "event.unbind", &json!({})),
        json!({"count": 0})
    );
    let add = json!({"event": "onSonetGroupAdd", "handler": HANDLER, "auth_type": ""});
    assert_eq!(ok(&mut desk, 1, "event.unbind", &add), json!({"count": 1}));
    assert_eq!(ok(&mut desk, 1, "event.unbind", &add), json!({"count": 0}));
    assert_eq!(
        ok(&mut desk, 1, "event.get", &json!({})),
        json!([row("ONSONETGROUPUPDATE", "0"), row("ONSONETGROUPADD", "2")])
    );
    assert_eq!(
        ok(&mut desk, 1, "event.unbind", &json!({})),
        json!({"count": 2})
    );
    desk.ok(1, "sonet_group.create", r#"{"NAME":"A"}"#);
    assert!(queue(&mut desk).is_empty());
}

#[test]
fn binding_refuses() {
    let mut desk = Desk::new();
    let employee = desk.employee();
    let not_found = (400, "ERROR_EVENT_NOT_FOUND", "Event not found");
    let body = |event: &str| json!({"event": event, "handler": HANDLER});
    for event in ["", "onCrmLeadAdd"] {
        refused(
            &mut desk,
            1,
            "event.bind",
            &body(event),
            not_found.0,
            not_found.1,
            not_found.2,
        );
    }
    let offline = json!({"event": "onSonetGroupAdd", "event_type": "offline"});
    let text = "Access denied! Offline events binding requires administrator access rights";
    refused(
        &mut desk,
        employee,
        "event.bind",
        &offline,
        403,
        "ACCESS_DENIED",
        text,
    );
    assert_eq!(ok(&mut desk, 1, "event.bind", &offline), true);
    let text = "Access denied! Offline events unbinding requires administrator access rights";
    refused(
        &mut desk,
        employee,
        "event.unbind",
        &offline,
        403,
        "ACCESS_DENIED",
        text,
    );
    let mut foreign = body("onSonetGroupAdd");
    foreign["auth_type"] = json!(1);
    let text = "Access denied! Event binding with AUTH_TYPE requires administrator access rights";
    refused(
        &mut desk,
        employee,
        "event.bind",
        &foreign,
        403,
        "ACCESS_DENIED",
        text,
    );
    let text = "Access denied! Event unbinding with AUTH_TYPE requires administrator access rights";
    refused(
        &mut desk,
        employee,
        "event.unbind",
        &foreign,
        403,
        "ACCESS_DENIED",
        text,
    );
    foreign["auth_type"] = json!(employee);
    assert_eq!(ok(&mut desk, employee, "event.bind", &foreign), true);
    let text = "Unable to set event handler";
    refused(
        &mut desk,
        employee,
        "event.bind",
        &foreign,
        400,
        "ERROR_HANDLER_ALREADY_EXIST",
        text,
    );
    let text = "Argument 'HANDLER' must be an http or https address";
    let ftp = json!({"event": "onSonetGroupAdd", "handler": "ftp://app.example"});
    refused(
        &mut desk,
        1,
        "event.bind",
        &ftp,
        400,
        "ERROR_ARGUMENT",
        text,
    );
    desk.ok(1, "sonet_group.create", r#"{"NAME":"A"}"#);
    assert_eq!(
        queue(&mut desk).len(),
        1,
        "an offline handler is not called"
    );
}

#[test]
fn only_applications_handle_events() {
    let mut desk = Desk::new();
    for method in ["event.bind", "event.unbind", "event.get", "events"] {
        let response = desk.send(
            1,
            method,
            r#"{"event":"onSonetGroupAdd","handler":"https://a.b"}"#,
        );
        assert_eq!(response.status(), 403, "{method}");
        assert_eq!(
            response.text(),
            r#"{"error":"WRONG_AUTH_TYPE","error_description":"Current authorization type is denied for this method Application context required"}"#
        );
    }
}

#[test]
fn the_names_of_events_are_listed_by_scope() {
    let mut desk = Desk::new();
    let all = ok(&mut desk, 1, "events", &json!({}));
    assert!(all.as_array().unwrap().contains(&json!("ONSONETGROUPADD")));
    assert!(all.as_array().unwrap().contains(&json!("ONAPPINSTALL")));
    let own = ok(
        &mut desk,
        1,
        "events",
        &json!({"SCOPE": "sonet_group", "FULL": true}),
    );
    assert_eq!(own.as_array().unwrap().len(), 6);
    assert_eq!(
        ok(&mut desk, 1, "events", &json!({"SCOPE": "task"})),
        json!([])
    );
}

/// Adds an application whose installation goes to the handler; its identifier.
fn uninstalled_app(desk: &mut Desk) -> String {
    let app = desk
        .portal
        .register_app(HANDLER, None, &["sonet_group", "user"]);
    app.client_id
}

fn install(desk: &mut Desk, client_id: &str) -> Delivery {
    let told = desk
        .portal
        .install_app(client_id, 1, "https://portal.test", now());
    assert!(told);
    let mut deliveries = desk.portal.take_deliveries();
    assert_eq!(deliveries.len(), 1);
    deliveries.remove(0)
}

#[test]
fn an_installation_brings_the_application_token() {
    let mut desk = Desk::new();
    let client_id = uninstalled_app(&mut desk);
    let delivery = install(&mut desk, &client_id);
    assert_eq!(
        (
            delivery.url.as_str(),
            delivery.handler_id,
            delivery.group_id
        ),
        (HANDLER, 0, 0)
    );
    assert!(!names(&delivery).contains(&"event_handler_id".to_owned()));
    let member_id = desk.portal.member_id().to_owned();
    for (name, value) in [
        ("event", "ONAPPINSTALL"),
        ("data[VERSION]", "1"),
        ("data[ACTIVE]", "Y"),
        ("data[INSTALLED]", "Y"),
        ("data[LANGUAGE_ID]", "en"),
        ("ts", "1773921687"),
        ("auth[scope]", "sonet_group,user"),
        ("auth[domain]", "portal.test"),
        ("auth[client_endpoint]", "https://portal.test/rest/"),
        ("auth[server_endpoint]", "https://portal.test/rest/"),
        ("auth[member_id]", member_id.as_str()),
    ] {
        assert_eq!(field(&delivery, name), value, "{name}");
    }
    let app = desk.portal.app_mut(&client_id).unwrap().clone();
    assert_eq!(app.installation, Installation::Finished);
    assert_eq!(
        field(&delivery, "auth[application_token]"),
        app.application_token
    );
    let token = field(&delivery, "auth[access_token]");
    let profile = Request::get(format!("/rest/profile?auth={token}"));
    assert_eq!(desk.portal.handle(&profile, now()).status(), 200);
    let nobody = desk
        .portal
        .install_app(&client_id, 9_999_999, "https://portal.test", now());
    assert!(
        !nobody
            && !desk
                .portal
                .install_app("none", 1, "https://portal.test", now())
    );
}

#[test]
fn an_update_brings_a_new_application_token() {
    let mut desk = Desk::new();
    let client_id = uninstalled_app(&mut desk);
    let update = |desk: &mut Desk, user_id: u64| {
        desk.portal
            .update_app(&client_id, user_id, "https://portal.test", now())
    };
    assert!(!update(&mut desk, 1), "it is not installed");
    let installed = install(&mut desk, &client_id);
    let token = field(&installed, "auth[access_token]");
    let bind = format!("/rest/event.bind?auth={token}&event=onAppUpdate&handler={HANDLER}");
    assert_eq!(desk.portal.handle(&Request::get(bind), now()).status(), 200);
    assert!(!update(&mut desk, 9_999_999), "there is no such user");

    let mut last = field(&installed, "auth[application_token]");
    for (version, previous) in [("2", "1"), ("3", "2")] {
        assert!(update(&mut desk, 1));
        let deliveries = desk.portal.take_deliveries();
        let [delivery] = &deliveries[..] else {
            panic!("{deliveries:?}");
        };
        for (name, value) in [
            ("event", "ONAPPUPDATE"),
            ("data[VERSION]", version),
            ("data[PREVIOUS_VERSION]", previous),
            ("data[LANGUAGE_ID]", "en"),
            ("auth[scope]", "sonet_group,user"),
            ("auth[client_endpoint]", "https://portal.test/rest/"),
        ] {
            assert_eq!(field(delivery, name), value, "{name}");
        }
        let app = desk.portal.app_mut(&client_id).unwrap().clone();
        let token = field(delivery, "auth[application_token]");
        assert_eq!(token, app.application_token);
        assert_ne!(token, last);
        last = token;
        assert!(names(delivery).contains(&"auth[refresh_token]".to_owned()));
    }
}

#[test]
fn an_uninstalled_application_is_told_and_has_nothing_left() {
    let mut desk = Desk::new();
    let client_id = uninstalled_app(&mut desk);
    let installed = install(&mut desk, &client_id);
    let token = field(&installed, "auth[access_token]");
    let call = |desk: &mut Desk, method: &str, query: &str| {
        let request = Request::get(format!("/rest/{method}?auth={token}{query}"));
        desk.portal.handle(&request, now()).status()
    };
    let query = format!("&event=onAppUninstall&handler={HANDLER}");
    assert_eq!(call(&mut desk, "event.bind", &query), 200);

    let mut uninstall = || {
        desk.portal
            .uninstall_app(&client_id, true, "https://portal.test", now())
    };
    assert!(uninstall());
    assert!(!uninstall(), "there is nothing to uninstall");
    let deliveries = desk.portal.take_deliveries();
    let [delivery] = &deliveries[..] else {
        panic!("{deliveries:?}");
    };
    assert_eq!(
        names(delivery),
        [
            "event",
            "event_handler_id",
            "data[LANGUAGE_ID]",
            "data[CLEAN]",
            "ts",
            "auth[domain]",
            "auth[client_endpoint]",
            "auth[server_endpoint]",
            "auth[member_id]",
            "auth[application_token]",
        ]
    );
    assert_eq!(field(delivery, "data[CLEAN]"), "1");
    assert_eq!(
        field(delivery, "auth[application_token]"),
        field(&installed, "auth[application_token]")
    );
    assert_eq!(call(&mut desk, "profile", ""), 401);

    // The next installation is another one: it has a token of its own, and no handlers.
    let again = install(&mut desk, &client_id);
    assert_ne!(
        field(&again, "auth[application_token]"),
        field(&installed, "auth[application_token]")
    );
}
