//! What lets scripts of other origins call the REST interface.
//!
//! The documentation is silent about it. The headers are those of an older copy of the server's
//! source, which the vendor's own JavaScript SDK reckons with.

use super::http::{Request, Response};
use crate::rules::Rules;

const HEADERS: [(&str, &str); 3] = [
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Allow-Headers",
        "origin, content-type, accept",
    ),
    ("X-Content-Type-Options", "nosniff"),
];

/// The answer to a browser that asks whether it may call at all. It needs no credential, and
/// nobody looks whether there is such a method.
pub(crate) fn preflight(rules: &Rules, request: &Request) -> Option<Response> {
    let path = request.path().get(.."/rest/".len())?;
    let asks = request.method() == "OPTIONS" && path.eq_ignore_ascii_case("/rest/");
    (asks && rules.cors).then(|| allow(rules, Response::html(String::new())))
}

/// An answer that a script of another origin may read, unless the rules are against it.
pub(crate) fn allow(rules: &Rules, mut response: Response) -> Response {
    let headers = HEADERS.iter().filter(|_| rules.cors);
    for (name, value) in headers {
        response.push_header(name, *value);
    }
    response
}
