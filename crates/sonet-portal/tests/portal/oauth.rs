//! Applications: the page that asks the user, the token server, tokens that expire, the move.

use crate::common::{Desk, NOW, now};
use serde_json::{Value, json};
use sonet_portal::{App, Installation, Request};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

fn after(seconds: u64) -> SystemTime {
    now() + Duration::from_secs(seconds)
}

fn app(desk: &mut Desk) -> App {
    let scopes = ["sonet_group", "socialnetwork"];
    desk.portal
        .add_app(Some("https://app.example/back?x=1"), &scopes)
}

/// Sends the user to the page; where the user is sent next.
fn authorize(desk: &mut Desk, query: &str, at: SystemTime) -> (u16, String, String) {
    let request =
        Request::get(format!("/oauth/authorize/?{query}")).with_header("Host", "portal.test");
    let response = desk.portal.handle(&request, at);
    let location = response.header("location").unwrap_or_default().to_owned();
    (response.status(), location, response.text())
}

/// The code that a user gets for an application.
fn code(desk: &mut Desk, app: &App, at: SystemTime) -> String {
    let (_, location, _) = authorize(desk, &format!("client_id={}", app.client_id), at);
    fields(&location)["code"].clone()
}

fn fields(location: &str) -> BTreeMap<String, String> {
    let query = location.split_once('?').unwrap().1;
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn exchange(desk: &mut Desk, query: &str, at: SystemTime) -> (u16, Value) {
    let request = Request::get(format!("/oauth/token/?{query}")).with_header("Host", "portal.test");
    let response = desk.portal.handle(&request, at);
    (
        response.status(),
        serde_json::from_slice(response.body()).unwrap(),
    )
}

fn by_code(app: &App, code: &str) -> String {
    format!(
        "grant_type=authorization_code&client_id={}&client_secret={}&code={code}",
        app.client_id, app.client_secret
    )
}

fn by_refresh(app: &App, token: &str) -> String {
    format!(
        "grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={token}",
        app.client_id, app.client_secret
    )
}

/// Calls a method with a token; status and code.
fn call(desk: &mut Desk, token: &str, at: SystemTime) -> (u16, String) {
    let request = Request::get(format!("/rest/sonet_group.user.groups?auth={token}"));
    let response = desk.portal.handle(&request, at);
    let answer: Value = serde_json::from_slice(response.body()).unwrap();
    (
        response.status(),
        answer["error"].as_str().unwrap_or_default().to_owned(),
    )
}

fn error(denial: &(u16, Value)) -> (u16, &str) {
    (denial.0, denial.1["error"].as_str().unwrap_or_default())
}

#[test]
fn a_user_lets_an_application_in() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    let employee = desk.employee();
    desk.portal.rules_mut().browser_user = employee;
    let query = format!("client_id={}&state=a%26b+c", app.client_id);
    let (status, location, _) = authorize(&mut desk, &query, now());
    assert_eq!(status, 302);
    assert!(
        location.starts_with("https://app.example/back?x=1&code="),
        "{location}"
    );
    let told = fields(&location);
    let names: Vec<_> = told.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "code",
            "domain",
            "member_id",
            "scope",
            "server_domain",
            "state",
            "x"
        ]
    );
    assert_eq!(told["state"], "a%26b+c", "unchanged");
    assert_eq!(told["domain"], "portal.test");
    assert_eq!(told["scope"], "sonet_group%2Csocialnetwork");
    assert_eq!(told["member_id"], desk.portal.member_id());

    let (status, tokens) = exchange(&mut desk, &by_code(&app, &told["code"]), after(30));
    assert_eq!(status, 200, "{tokens}");
    assert_eq!(
        (
            &tokens["client_endpoint"],
            &tokens["domain"],
            &tokens["expires_in"]
        ),
        (
            &json!("http://portal.test/rest/"),
            &json!("portal.test"),
            &json!(3600)
        )
    );
    assert_eq!(
        (&tokens["scope"], &tokens["status"], &tokens["member_id"]),
        (
            &json!("sonet_group,socialnetwork"),
            &json!("L"),
            &json!(desk.portal.member_id())
        )
    );
    assert_eq!((tokens.get("user_id"), tokens.get("expires")), (None, None));
    let token = tokens["access_token"].as_str().unwrap();
    assert_eq!(call(&mut desk, token, after(40)).0, 200);
    let answer = desk.portal.handle(
        &Request::get(format!("/rest/sonet_group.create?NAME=Mine&auth={token}")),
        after(41),
    );
    assert_eq!(answer.status(), 200);
    assert_eq!(desk.portal.groups().last().unwrap().owner_id, employee);
}

#[test]
fn a_code_is_good_for_thirty_seconds_and_once() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    let late = code(&mut desk, &app, now());
    let denied = exchange(&mut desk, &by_code(&app, &late), after(31));
    assert_eq!(error(&denied), (400, "invalid_grant"));
    let used = code(&mut desk, &app, now());
    assert_eq!(exchange(&mut desk, &by_code(&app, &used), after(1)).0, 200);
    assert_eq!(
        error(&exchange(&mut desk, &by_code(&app, &used), after(1))),
        (400, "invalid_grant")
    );
    let other = desk.portal.add_app(None, &["sonet_group"]);
    let foreign = code(&mut desk, &app, now());
    assert_eq!(
        error(&exchange(&mut desk, &by_code(&other, &foreign), now())).1,
        "invalid_grant"
    );
}

#[test]
fn both_tokens_rotate() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    let user = desk.employee();
    let first = desk
        .portal
        .issue_tokens(&app.client_id, user, now())
        .unwrap();
    assert_eq!(call(&mut desk, &first.access_token, after(3_599)).0, 200);
    let expired = call(&mut desk, &first.access_token, after(3_600));
    assert_eq!(expired, (401, "expired_token".to_owned()));

    let at = after(4_000);
    let query = by_refresh(&app, &first.refresh_token);
    let (status, second) = exchange(&mut desk, &query, at);
    assert_eq!(status, 200);
    assert_eq!(
        (&second["user_id"], &second["expires"]),
        (&json!(user), &json!(NOW + 7_600))
    );
    assert_ne!(second["access_token"], first.access_token);
    assert_ne!(second["refresh_token"], first.refresh_token);
    assert_eq!(
        error(&exchange(&mut desk, &query, at)),
        (400, "invalid_grant"),
        "used up"
    );
    assert_eq!(
        call(&mut desk, second["access_token"].as_str().unwrap(), at).0,
        200
    );

    let query = by_refresh(&app, second["refresh_token"].as_str().unwrap());
    let other = desk.portal.add_app(None, &["sonet_group"]);
    let stolen = by_refresh(&other, second["refresh_token"].as_str().unwrap());
    assert_eq!(error(&exchange(&mut desk, &stolen, at)).1, "invalid_grant");
    let half_a_year = Duration::from_secs(180 * 24 * 3_600);
    assert_eq!(
        error(&exchange(
            &mut desk,
            &query,
            at + half_a_year + Duration::from_secs(1)
        ))
        .1,
        "invalid_grant"
    );
}

#[test]
fn refreshes_are_counted() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    let counts = |desk: &Desk| {
        let portal = &desk.portal;
        (portal.tokens_refreshed(), portal.refreshes_refused())
    };
    let code = code(&mut desk, &app, now());
    assert_eq!(exchange(&mut desk, &by_code(&app, &code), now()).0, 200);
    assert_eq!(exchange(&mut desk, &by_code(&app, &code), now()).0, 400);
    assert_eq!(counts(&desk), (0, 0), "these are no refreshes");
    let tokens = desk.portal.issue_tokens(&app.client_id, 1, now()).unwrap();
    let mut query = by_refresh(&app, &tokens.refresh_token);
    for _ in 0..3 {
        let (status, next) = exchange(&mut desk, &query, now());
        assert_eq!(status, 200);
        assert_eq!(exchange(&mut desk, &query, now()).0, 400);
        query = by_refresh(&app, next["refresh_token"].as_str().unwrap());
    }
    assert_eq!(counts(&desk), (3, 3));
    for wrong in ["", "&client_id=x&client_secret=x&refresh_token=x"] {
        let wrong = format!("grant_type=refresh_token{wrong}");
        assert_eq!(exchange(&mut desk, &wrong, now()).0, 400);
    }
    assert_eq!(exchange(&mut desk, "refresh_token=x", now()).0, 400);
    assert_eq!(counts(&desk), (3, 5));
}

#[test]
fn the_expired_token_is_told_by_its_text() {
    let mut desk = Desk::new();
    let token = desk.portal.token_of(1).unwrap();
    assert!(desk.portal.expire_token(&token) && !desk.portal.expire_token("nothing"));
    let request = Request::get(format!("/rest/sonet_group.get?auth={token}"));
    let response = desk.portal.handle(&request, now());
    assert_eq!(response.status(), 401);
    assert_eq!(
        response.text(),
        r#"{"error":"expired_token","error_description":"The access token provided has expired"}"#
    );
    assert_eq!(
        desk.send(1, "sonet_group.get", "{}").status(),
        200,
        "a webhook has no hour"
    );
}

#[test]
fn the_token_server_reads_forms_too() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    for path in ["/oauth/token/", "/oauth/token"] {
        let code = code(&mut desk, &app, now());
        let request = Request::form(path, &by_code(&app, &code));
        assert_eq!(desk.portal.handle(&request, now()).status(), 200, "{path}");
    }
    assert_eq!(
        desk.portal
            .handle(&Request::new("PUT", "/oauth/token/"), now())
            .status(),
        405
    );
}

#[test]
fn the_token_server_refuses() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    let code = code(&mut desk, &app, now());
    let good = by_code(&app, &code);
    for (query, expected) in [
        (String::new(), "invalid_request"),
        (
            good.replace("authorization_code", "password"),
            "invalid_request",
        ),
        (good.replace("grant_type", "x"), "invalid_request"),
        (good.replace("&code=", "&x="), "invalid_request"),
        (good.replace("client_secret=", "x="), "invalid_request"),
        (good.replace(&app.client_id, "local.x"), "invalid_client"),
        (good.replace(&app.client_secret, "x"), "invalid_client"),
        (format!("{good}&scope=sonet_group,task"), "invalid_scope"),
        (good.replace(&code, "x"), "invalid_grant"),
    ] {
        let denial = exchange(&mut desk, &query, now());
        assert_eq!(error(&denial), (400, expected), "{query}");
        assert!(!denial.1["error_description"].as_str().unwrap().is_empty());
    }
    desk.portal.app_mut(&app.client_id).unwrap().paid = false;
    assert_eq!(
        exchange(&mut desk, &good, now()),
        (
            400,
            json!({"error": "PAYMENT_REQUIRED", "error_description": "Payment required"})
        )
    );
    let own = desk.portal.app_mut(&app.client_id).unwrap();
    (own.paid, own.installation) = (true, Installation::Missing);
    assert_eq!(
        error(&exchange(&mut desk, &good, now())).1,
        "invalid_client"
    );
    desk.portal.rules_mut().oauth_error_status = 401;
    assert_eq!(
        error(&exchange(&mut desk, &good, now())),
        (401, "invalid_client")
    );
    let own = desk.portal.app_mut(&app.client_id).unwrap();
    own.installation = Installation::Finished;
    let allowed = format!("{good}&scope=sonet_group");
    assert_eq!(
        exchange(&mut desk, &allowed, now()).0,
        200,
        "no refusal used the code up"
    );
}

#[test]
fn what_goes_wrong_is_told_to_the_user_only() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    let query = format!("client_id={}", app.client_id);
    let told = |desk: &mut Desk, query: &str| {
        let (status, location, text) = authorize(desk, query, now());
        assert!(location.is_empty() && text.starts_with("<html>"), "{text}");
        status
    };
    assert_eq!(told(&mut desk, ""), 400);
    assert_eq!(told(&mut desk, "client_id=local.unknown"), 400);
    desk.portal.rules_mut().browser_user = desk.portal.dismissed_user().unwrap().id;
    assert_eq!(told(&mut desk, &query), 400);
    desk.portal.rules_mut().browser_user = 1;
    desk.portal.app_mut(&app.client_id).unwrap().installation = Installation::Missing;
    assert_eq!(told(&mut desk, &query), 400);
    let silent = desk.portal.add_app(None, &["sonet_group"]);
    let (status, location, page) =
        authorize(&mut desk, &format!("client_id={}", silent.client_id), now());
    assert_eq!((status, location.as_str()), (200, ""));
    let code = page
        .split("<code>")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    assert_eq!(exchange(&mut desk, &by_code(&silent, code), now()).0, 200);
}

#[test]
fn an_application_can_be_closed_or_removed() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    let token = desk
        .portal
        .issue_tokens(&app.client_id, 1, now())
        .unwrap()
        .access_token;
    desk.portal.app_mut(&app.client_id).unwrap().users = Some(vec![2]);
    assert_eq!(
        call(&mut desk, &token, now()),
        (403, "user_access_error".to_owned())
    );
    let own = desk.portal.app_mut(&app.client_id).unwrap();
    (own.users, own.installation) = (None, Installation::Missing);
    assert_eq!(
        call(&mut desk, &token, now()),
        (401, "ERROR_OAUTH".to_owned())
    );
    let own = desk.portal.app_mut(&app.client_id).unwrap();
    own.installation = Installation::Unfinished;
    assert_eq!(call(&mut desk, &token, now()).0, 200);
}

#[test]
fn the_operating_time_is_the_applications_not_the_users() {
    let mut desk = Desk::new();
    let (one, two) = (
        desk.portal.token_of(1).unwrap(),
        desk.portal.token_of(2).unwrap(),
    );
    for (token, operating) in [(one, 0.321), (two, 0.642)] {
        let request = Request::get(format!("/rest/sonet_group.create?NAME=A&auth={token}"));
        let response = desk.portal.handle(&request, now());
        let answer: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(answer["time"]["operating"], operating);
    }
}

#[test]
fn a_portal_moves() {
    let mut desk = Desk::new();
    let path = desk.portal.webhook_path(1).unwrap();
    let at = |host: &str| {
        Request::form(format!("{path}sonet_group.create?a=1"), "NAME=A").with_header("Host", host)
    };
    desk.portal.rules_mut().moved_to = Some("https://new.example:8443/".to_owned());
    let response = desk.portal.handle(&at("old.example"), now());
    assert_eq!(response.status(), 302);
    let expected = format!("https://new.example:8443{path}sonet_group.create?a=1");
    assert_eq!(response.header("location"), Some(expected.as_str()));
    assert!(response.text().starts_with("<html>"), "no JSON");
    assert_eq!(desk.portal.executed_of("sonet_group.create"), 0);
    assert_eq!(
        desk.portal.handle(&at("NEW.example:8443"), now()).status(),
        200
    );
    assert_eq!(
        exchange(&mut desk, "", now()).0,
        400,
        "the token server stays"
    );
    desk.portal.rules_mut().moved_to = None;
    assert_eq!(desk.portal.handle(&at("old.example"), now()).status(), 200);
}

#[test]
fn no_secret_of_an_application_is_printed_by_debug() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    let tokens = desk.portal.issue_tokens(&app.client_id, 1, now()).unwrap();
    let printed = format!("{app:?} {tokens:?} {:?}", desk.portal);
    for secret in [
        &app.client_secret,
        &app.application_token,
        &tokens.access_token,
        &tokens.refresh_token,
    ] {
        assert!(!printed.contains(secret.as_str()));
    }
}

#[test]
fn the_token_server_knows_applications_by_a_form_of_its_own() {
    let mut desk = Desk::new();
    let app = app(&mut desk);
    let employee = desk.employee();
    desk.portal.rules_mut().auth_server = Some("https://oauth.test".to_owned());
    let pair = desk.portal.issue_tokens(&app.client_id, employee, now());
    let token = pair.unwrap().access_token;
    let ask = |desk: &mut Desk, host: &str, method: &str| {
        let target = format!("/rest/{method}?auth={token}");
        let request = Request::get(target).with_header("Host", host).over_tls();
        let response = desk.portal.handle(&request, now());
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        (response.status(), body)
    };
    let (status, body) = ask(&mut desk, "portal.test", "app.info");
    assert_eq!(
        (status, &body["result"]["CODE"]),
        (200, &json!(app.client_id))
    );
    for host in ["oauth.test", "OAuth.Test"] {
        desk.portal.rules_mut().address = Some("https://portal.test".to_owned());
        let (status, mut body) = ask(&mut desk, host, "App.Info");
        assert_eq!(status, 200, "{body}");
        let mut told = body["result"].take();
        let member = told["install"]["member_id"].take();
        assert_eq!(member.as_str().map(str::len), Some(32), "the portal's own");
        assert_eq!(
            told,
            json!({
                "client_id": app.client_id,
                "scope": "sonet_group,socialnetwork",
                "expires": "2026-03-19T15:01:27+02:00",
                "install": {
                    "installed": true,
                    "version": "1",
                    "status": "L",
                    "scope": "sonet_group,socialnetwork",
                    "domain": "portal.test",
                    "uri": "https://portal.test",
                    "client_endpoint": "https://portal.test/rest/",
                    "member_id": null,
                    "member_type": "user",
                },
                "user_id": employee.to_string(),
            })
        );
        assert!(body["time"].is_object());
    }
    desk.portal.rules_mut().address = None;
    // As long as nobody says that the portal has another host, this may be the portal's, too.
    let method = "sonet_group.user.groups";
    assert_eq!(ask(&mut desk, "oauth.test", method).0, 200);
    desk.portal.rules_mut().address = Some("https://portal.test".to_owned());
    assert_eq!(ask(&mut desk, "portal.test", method).0, 200);
    let (status, body) = ask(&mut desk, "oauth.test", method);
    let told = (status, &body["error"]);
    assert_eq!(
        told,
        (404, &json!("ERROR_METHOD_NOT_FOUND")),
        "it is no portal"
    );
}
