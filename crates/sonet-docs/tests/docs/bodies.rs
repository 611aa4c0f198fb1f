//! What requests send, in every form that `curl` takes it in.

use crate::fixtures::Clubs;

const OPEN: &str = "club-open.md";
const BODY: &str = r#"-d '{"NAME":"Chess","PUBLIC":"Y","MEMBERS":[3,5]}'"#;

/// What is said of the page with another body.
fn said(body: &str) -> Vec<String> {
    Clubs::new("en").page(OPEN, BODY, body).messages()
}

#[test]
fn a_request_is_read_whatever_its_fence_is_called() {
    for language in ["http", "", "HTTP", "shell", "text", "console"] {
        let clubs = Clubs::new("en")
            .page(OPEN, "```bash", &format!("```{language}"))
            .page(OPEN, r#""PUBLIC":"Y""#, r#""AGE":1"#);
        assert_eq!(clubs.messages(), ["params.AGE new AGE"], "{language}");
    }
}

#[test]
fn a_request_that_is_no_request_is_said() {
    let clubs = Clubs::new("en").page(
        OPEN,
        "{% endlist %}\n\n## Response",
        "{% endlist %}\n\n```http\nPOST /rest/club.open HTTP/1.1\n```\n\n## Response",
    );
    assert_eq!(
        clubs.messages(),
        ["81: a request that is neither `curl` nor an address"]
    );
}

#[test]
fn simple_forms_are_read() {
    for body in [
        "-d 'NAME=Chess&AGE=1'",
        "-d NAME=Chess -d AGE=1",
        "--data-urlencode 'NAME=a & b' --data AGE=1",
        "-sd 'AGE=1'",
        "--data-raw \"AGE=1\"",
        "-d '{\"NAME\":\"Chess\"}' 'https://x.example/rest/club.open?AGE=1&auth=x'",
        "'https://x.example/rest/club.open?AGE=1'",
    ] {
        assert_eq!(said(body), ["params.AGE new AGE"], "{body}");
    }
    assert_eq!(
        said("-d 'SINCE[from]=1&PLACE[hall]=2'"),
        ["params.PLACE new PLACE"]
    );
}

#[test]
fn a_body_that_can_not_be_read_is_said_with_its_line() {
    for (body, problem) in [
        ("-d @body.json", "the body of a request is in a file"),
        (
            "--data-binary @- <<EOF",
            "the body of a request is in a file",
        ),
        (
            r#"-d '{"NAME":"Chess"}' -d '{"AGE":1}'"#,
            "a request with several bodies",
        ),
        (
            "-d $BODY",
            "the body of a request is neither JSON nor a form",
        ),
        (
            "-d Chess",
            "the body of a request is neither JSON nor a form",
        ),
        (
            "-d $'{\"AGE\":1}'",
            "the body of a request is neither JSON nor a form",
        ),
        (
            "-d 'NAME=a&NAME=b'",
            "a request has `NAME` twice, which no example can show",
        ),
        (
            "-d 'MEMBERS[]=3'",
            "a request has a list in its form: `MEMBERS[]`",
        ),
        (
            "-F NAME=Chess",
            "the body of a request is multipart, which is not read",
        ),
        ("-d '{\"NAME\":1}", "a request has a quote without its end"),
    ] {
        let expected = format!("61: {problem}");
        assert!(said(body).contains(&expected), "{body}: {:?}", said(body));
    }
    let body = "-d";
    let clubs = Clubs::new("en").page(
        OPEN,
        &format!("{BODY} \\\n    https://**put_your_address_here**/rest/club.open"),
        body,
    );
    assert_eq!(clubs.messages(), ["61: `-d` without a body"]);
}

#[test]
fn several_requests_in_one_block_are_read() {
    let more = format!("{BODY} https://x.example/rest/club.open\n\n    curl -d '{{\"AGE\":1}}'");
    assert_eq!(said(&more), ["params.AGE new AGE"]);
}

#[test]
fn an_apostrophe_in_a_body_is_read() {
    assert_eq!(
        said(r#"-d '{"NAME":"Don'\''t","AGE":1}'"#),
        ["params.AGE new AGE"]
    );
}
