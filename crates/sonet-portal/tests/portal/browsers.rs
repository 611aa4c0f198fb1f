//! What a script in a browser needs: another origin's leave to call, asked for and given.

use crate::common::{Desk, now};
use sonet_portal::{Request, Response};

fn opened(response: &Response) -> [Option<&str>; 3] {
    [
        "access-control-allow-origin",
        "access-control-allow-headers",
        "x-content-type-options",
    ]
    .map(|name| response.header(name))
}

const OPEN: [Option<&str>; 3] = [
    Some("*"),
    Some("origin, content-type, accept"),
    Some("nosniff"),
];

fn preflight(path: &str) -> Request {
    Request::new("OPTIONS", path)
        .with_header("Origin", "https://app.example")
        .with_header("Access-Control-Request-Method", "POST")
        .with_header("Access-Control-Request-Headers", "content-type")
}

#[test]
fn a_preflight_is_let_through_and_is_no_call() {
    let mut desk = Desk::new();
    let path = desk.portal.webhook_path(1).unwrap();
    for path in [
        format!("{path}sonet_group.create"),
        "/rest/sonet_group.create".to_owned(),
        "/rest/api/1/secret/tasks.task.get".to_owned(),
        "/REST/1/wrong/nothing".to_owned(),
        "/rest/".to_owned(),
    ] {
        let response = desk.portal.handle(&preflight(&path), now());
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(opened(&response), OPEN, "{path}");
        assert_eq!(response.body(), b"", "{path}");
    }
    assert!(desk.portal.executed().is_empty());
    for elsewhere in ["/", "/oauth/token/", "/restful/x", "/upload/x"] {
        let response = desk.portal.handle(&preflight(elsewhere), now());
        assert_ne!(response.status(), 200, "{elsewhere}");
        assert_eq!(opened(&response), [None; 3], "{elsewhere}");
    }
}

#[test]
fn every_answer_of_the_rest_interface_may_be_read() {
    let mut desk = Desk::new();
    let path = desk.portal.webhook_path(1).unwrap();
    for (target, status) in [
        (format!("{path}sonet_group.get"), 200),
        (format!("{path}sonet_group.delete"), 400),
        (format!("{path}nothing"), 404),
        ("/rest/1/wrong/sonet_group.get".to_owned(), 401),
        (
            format!("/rest/api{}x", path.strip_prefix("/rest").unwrap()),
            404,
        ),
    ] {
        let response = desk.portal.handle(&Request::get(&target), now());
        assert_eq!(response.status(), status, "{target}");
        assert_eq!(opened(&response), OPEN, "{target}");
    }
    let put = Request::new("PUT", format!("{path}sonet_group.get"));
    assert_eq!(desk.portal.handle(&put, now()).status(), 405);
}

#[test]
fn a_portal_may_be_closed_to_other_origins() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().cors = false;
    let target = desk.portal.webhook_path(1).unwrap() + "profile";
    let asked = desk.portal.handle(&preflight(&target), now());
    assert_eq!(asked.status(), 405);
    assert_eq!(opened(&asked), [None; 3]);
    let response = desk.portal.handle(&Request::get(&target), now());
    assert_eq!((response.status(), opened(&response)), (200, [None; 3]));
}
