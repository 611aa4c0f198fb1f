//! What holds for every method: paths, credentials, scopes, parameters, the envelope.

use crate::common::{Desk, now};
use sonet_portal::{AuthErrors, Portal, Request, Response};

const NO_AUTH: &str = r#"{"error":"NO_AUTH_FOUND","error_description":"Wrong authorization data"}"#;

fn answer(desk: &mut Desk, request: &Request) -> (u16, String) {
    let response = desk.portal.handle(request, now());
    (response.status(), response.text())
}

#[test]
fn the_whole_answer_is_reproducible() {
    let mut desk = Desk::new();
    let response = desk.send(1, "sonet_group.user.get", r#"{"ID":0}"#);
    assert_eq!(
        response.header("content-type"),
        Some("application/json; charset=utf-8")
    );
    let response = desk.send(1, "sonet_group.get", r#"{"FILTER":{"ID":0}}"#);
    assert_eq!(
        response.header("content-type"),
        Some("application/json; charset=utf-8")
    );
    assert_eq!(
        response.text(),
        r#"{"result":[],"total":0,"time":{"start":1773921687,"finish":1773921687,"duration":0,"processing":0,"date_start":"2026-03-19T14:01:27+02:00","date_finish":"2026-03-19T14:01:27+02:00","operating_reset_at":1773922287,"operating":0}}"#
    );
    let response = desk.send(1, "sonet_group.create", r#"{"NAME":"A"}"#);
    assert!(
        response.text().ends_with(
            r#""time":{"start":1773921687,"finish":1773921687.321,"duration":0.321,"processing":0,"date_start":"2026-03-19T14:01:27+02:00","date_finish":"2026-03-19T14:01:27+02:00","operating_reset_at":1773922287,"operating":0.321}}"#
        ),
        "{}",
        response.text()
    );
}

#[test]
fn a_method_is_found_under_each_form_of_its_address() {
    let mut desk = Desk::new();
    let path = desk.portal.webhook_path(1).unwrap();
    for name in [
        "sonet_group.user.groups",
        "sonet_group.user.groups.json",
        "sonet_group.user.groups/",
        "sonet_group.user.groups.json/",
        "SONET_GROUP.User.Groups",
    ] {
        assert_eq!(
            answer(&mut desk, &Request::get(format!("{path}{name}"))).0,
            200,
            "{name}"
        );
    }
    let unknown = r#"{"error":"ERROR_METHOD_NOT_FOUND","error_description":"Method not found!"}"#;
    for name in ["sonet_group.nothing", "", "sonet_group.get.xml", "task.get"] {
        let expected = (404, unknown.to_owned());
        assert_eq!(
            answer(&mut desk, &Request::get(format!("{path}{name}"))),
            expected,
            "{name}"
        );
    }
    let (status, text) = answer(&mut desk, &Request::get("/elsewhere"));
    assert!(
        status == 404 && text.starts_with("<html>"),
        "not the REST interface at all"
    );
    let get = Request::new("PUT", format!("{path}sonet_group.get"));
    assert_eq!(answer(&mut desk, &get).0, 405);
}

const WRONG_WEBHOOK: &str =
    r#"{"error":"INVALID_CREDENTIALS","error_description":"Invalid request credentials"}"#;
const WRONG_TOKEN: &str =
    r#"{"error":"invalid_token","error_description":"Unable to get application by token"}"#;

#[test]
fn wrong_credentials_are_told_apart_as_live_portals_do() {
    let mut desk = Desk::new();
    let good = desk.portal.webhook_path(1).unwrap();
    let other = desk.portal.webhook_path(2).unwrap();
    let other = other.replacen("/2/", "/1/", 1);
    let token = desk.portal.token_of(1).unwrap();
    let secret = good.split('/').nth(3).unwrap();
    for (target, told) in [
        (format!("{other}sonet_group.get"), WRONG_WEBHOOK),
        (good.replacen("/1/", "/01/", 1) + "profile", WRONG_WEBHOOK),
        ("/rest/1/x/profile".to_owned(), WRONG_WEBHOOK),
        (format!("/rest/1/x/profile?auth={token}"), WRONG_WEBHOOK),
        (format!("/rest/1/{token}/profile"), WRONG_WEBHOOK),
        ("/rest/profile?auth=x".to_owned(), WRONG_TOKEN),
        (format!("/rest/profile?auth={secret}"), WRONG_TOKEN),
        ("/rest/profile".to_owned(), NO_AUTH),
        ("/rest/profile?auth=".to_owned(), NO_AUTH),
        (format!("/rest/profile?auth[]={token}"), NO_AUTH),
    ] {
        let expected = (401, told.to_owned());
        assert_eq!(
            answer(&mut desk, &Request::get(&target)),
            expected,
            "{target}"
        );
    }
    assert!(desk.portal.executed().is_empty());
}

#[test]
fn slashes_are_merged_in_paths_and_nowhere_else() {
    let mut desk = Desk::new();
    let path = desk.portal.webhook_path(1).unwrap();
    let (token, create) = (desk.portal.token_of(1).unwrap(), "sonet_group.create");
    for target in [
        format!("{path}/{create}/"),
        format!("{path}//{create}.json//"),
        format!("//{}{create}", path.replace('/', "//")),
        format!("/rest//{create}?auth={token}"),
        format!("//rest/{create}//?auth={token}"),
    ] {
        let separator = if target.contains('?') { '&' } else { '?' };
        let request = Request::get(format!("{target}{separator}NAME=a//b///c"));
        assert_eq!(answer(&mut desk, &request).0, 200, "{target}");
        assert_eq!(desk.portal.groups().last().unwrap().name, "a//b///c");
    }
    let (status, text) = answer(&mut desk, &Request::get("//oauth///token//"));
    assert_eq!(status, 400, "{text}");
    assert!(text.contains("invalid_request"), "it is the token server");
    assert_eq!(answer(&mut desk, &Request::get("//elsewhere")).0, 404);
}

#[test]
fn rest_3_has_none_of_the_methods_and_says_so_in_its_own_form() {
    let mut desk = Desk::new();
    let path = desk.portal.webhook_path(1).unwrap();
    let path = path.replacen("/rest/", "/rest/api/", 1);
    for (target, method) in [
        (format!("{path}tasks.task.get"), "tasks.task.get"),
        (format!("{path}sonet_group.get"), "sonet_group.get"),
        (format!("{path}Batch/"), "batch"),
        ("/rest/api/1/wrong/profile".to_owned(), "profile"),
        ("/rest/api/profile?auth=x".to_owned(), "profile"),
        ("//rest//api//documentation".to_owned(), "documentation"),
        ("/rest/api/".to_owned(), ""),
    ] {
        let expected = format!(
            r#"{{"error":{{"code":"BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION","message":"Method `{method}` was not found"}}}}"#
        );
        for request in [
            Request::get(&target),
            Request::json(&target, "{}"),
            Request::json(&target, "{"),
        ] {
            let told = answer(&mut desk, &request);
            assert_eq!(told, (404, expected.clone()), "{target}");
        }
    }
    // A method of REST 3.0 by an address of the older version.
    for target in ["/rest/1/x/rest.documentation.openapi", "/rest/api"] {
        let (status, text) = answer(&mut desk, &Request::get(target));
        assert!(status == 404 && text.contains("ERROR_METHOD_NOT_FOUND"));
    }
    assert!(desk.portal.executed().is_empty());
}

#[test]
fn by_the_table_of_errors_wrong_credentials_are_told_apart_from_none_by_nothing() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().auth_errors = AuthErrors::Documented;
    let good = desk.portal.webhook_path(1).unwrap();
    let other = desk
        .portal
        .webhook_path(2)
        .unwrap()
        .replacen("/2/", "/1/", 1);
    let token = desk.portal.token_of(1).unwrap();
    for target in [
        format!("{other}sonet_group.get"),
        good.replacen("/1/", "/01/", 1) + "sonet_group.get",
        "/rest/1/x/sonet_group.get".to_owned(),
        format!("/rest/1/x/sonet_group.get?auth={token}"),
        "/rest/sonet_group.get".to_owned(),
        "/rest/sonet_group.get?auth=".to_owned(),
        "/rest/sonet_group.get?auth=x".to_owned(),
        format!("/rest/sonet_group.get?auth[]={token}"),
    ] {
        assert_eq!(
            answer(&mut desk, &Request::get(&target)),
            (401, NO_AUTH.to_owned()),
            "{target}"
        );
    }
    assert!(desk.portal.executed().is_empty());
}

#[test]
fn a_token_goes_into_the_query_or_the_body() {
    let mut desk = Desk::new();
    let user = desk.employee();
    let token = desk.portal.token_of(user).unwrap();
    let path = "/rest/sonet_group.create";
    for request in [
        Request::get(format!("{path}?auth={token}&NAME=A")),
        Request::json(format!("{path}?auth={token}"), r#"{"NAME":"A"}"#),
        Request::json(path, &format!(r#"{{"NAME":"A","auth":"{token}"}}"#)),
        Request::form(path, &format!("NAME=A&auth={token}")),
    ] {
        assert_eq!(answer(&mut desk, &request).0, 200, "{request:?}");
        assert_eq!(desk.portal.groups().last().unwrap().owner_id, user);
    }
    assert_eq!(desk.portal.executed_of("sonet_group.create"), 4);
}

#[test]
fn a_dismissed_user_is_not_authorized() {
    let mut desk = Desk::new();
    let user = desk.portal.dismissed_user().unwrap().id;
    let response = desk.send(user, "sonet_group.get", "{}");
    assert_eq!(response.status(), 401);
    assert!(
        response
            .text()
            .starts_with(r#"{"error":"authorization_error","#)
    );
    desk.portal.user_mut(user).unwrap().active = true;
    assert_eq!(desk.send(user, "sonet_group.get", "{}").status(), 200);
}

#[test]
fn scopes_are_checked() {
    let mut desk = Desk::new();
    let (group, workgroup) = ("sonet_group.get", "socialnetwork.api.workgroup.list");
    for (scopes, allowed) in [
        (&["sonet_group"][..], [true, false]),
        (&["sonet"], [true, false]),
        (&["socialnetwork"], [false, true]),
        (&["socialnetwork", "sonet_group"], [true, true]),
        (&["task"], [false, false]),
        (&[], [false, false]),
    ] {
        let path = desk.portal.webhook_path_with_scope(1, scopes).unwrap();
        let token = desk.portal.token_with_scope(1, scopes).unwrap();
        for (method, allowed) in [group, workgroup].into_iter().zip(allowed) {
            let webhook = Request::get(format!("{path}{method}"));
            let bearer = Request::get(format!("/rest/{method}?auth={token}"));
            for (request, word) in [(webhook, "webhook"), (bearer, "access")] {
                let (status, text) = answer(&mut desk, &request);
                if allowed {
                    assert_eq!(status, 200, "{scopes:?} {method}");
                } else {
                    let expected = format!(
                        r#"{{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the {word} token"}}"#
                    );
                    assert_eq!((status, text), (403, expected), "{scopes:?} {method}");
                }
            }
        }
    }
    assert_eq!(
        desk.portal.webhook_path_with_scope(99_999, &["sonet"]),
        None
    );
}

#[test]
fn every_encoding_carries_the_same_parameters() {
    let mut desk = Desk::new();
    let target = desk.portal.webhook_path(1).unwrap() + "sonet_group.get";
    let id = desk.portal.groups().nth(7).unwrap().id;
    let expected = {
        let body = format!(r#"{{"IS_ADMIN":"Y","FILTER":{{">=ID":{id}}},"ORDER":{{"ID":"ASC"}}}}"#);
        answer(&mut desk, &Request::json(&target, &body))
    };
    assert!(
        expected
            .1
            .starts_with(&format!(r#"{{"result":[{{"ID":"{id}""#))
    );
    let form = format!("IS_ADMIN=Y&FILTER[%3E%3DID]={id}&ORDER%5BID%5D=ASC");
    let part = |name: &str, value: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let multipart = [
        part("IS_ADMIN", "Y"),
        part("FILTER[>=ID]", &id.to_string()),
        part("ORDER[ID]", "ASC"),
        "--B--\r\n".to_owned(),
    ];
    for request in [
        Request::get(format!("{target}?{form}")),
        Request::form(&target, &form),
        Request::new("POST", &target)
            .with_header("content-type", "multipart/form-data; boundary=B")
            .with_body(multipart.concat()),
        Request::json(
            format!("{target}?FILTER[ID]=1&IS_ADMIN=Y"),
            &format!(r#"{{"FILTER":{{">=ID":"{id}"}},"ORDER":{{"ID":"asc"}}}}"#),
        ),
    ] {
        assert_eq!(answer(&mut desk, &request), expected, "{request:?}");
    }
}

#[test]
fn broken_bodies_are_answered() {
    let mut desk = Desk::new();
    for body in ["{", "{\"NAME\":", "NAME=A", "\u{feff}{}", "{\"a\":1}}"] {
        let response = desk.send(1, "sonet_group.create", body);
        assert_eq!(response.status(), 400, "{body}");
        assert!(
            response.text().starts_with(r#"{"error":"100","#),
            "{}",
            response.text()
        );
    }
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(desk.send(1, "sonet_group.create", &deep).status(), 400);
    let path = desk.portal.webhook_path(1).unwrap() + "sonet_group.get";
    for request in [
        Request::new("POST", &path).with_body("\u{0}\u{ff}"),
        Request::new("POST", &path)
            .with_header("Content-Type", "text/plain")
            .with_body("{"),
        Request::new("POST", &path).with_header("Content-Type", "multipart/form-data"),
        Request::form(&path, "%=&[]=&a[[[=1&%ff%fe=%00"),
    ] {
        assert_eq!(answer(&mut desk, &request).0, 200, "{request:?}");
    }
}

#[test]
fn no_secret_is_printed_by_debug() {
    let portal = Portal::builder().build();
    let printed = format!("{portal:?}");
    for user in portal.users() {
        let path = portal.webhook_path(user.id).unwrap();
        let secret = path.split('/').nth(3).unwrap();
        assert!(secret.len() == 16 && !printed.contains(secret));
        assert!(!printed.contains(&portal.token_of(user.id).unwrap()));
    }
}

#[test]
fn equal_portals_answer_equally() {
    let say = |response: Response| (response.status(), response.text());
    let mut one = Desk::new();
    let mut two = Desk::new();
    for body in ["{}", r#"{"NAME":"A"}"#] {
        for method in [
            "sonet_group.create",
            "sonet_group.get",
            "sonet_group.user.groups",
        ] {
            assert_eq!(
                say(one.send(1, method, body)),
                say(two.send(1, method, body))
            );
        }
    }
}
