//! What lets scripts of other origins call the REST interface.
//!
//! The documentation is silent about it. The headers are those of an older copy of the server's
//! source, which the vendor's own JavaScript SDK reckons with.

use crate::portal::Portal;
use crate::rest::http::{Request, Response};

const HEADERS: [(&str, &str); 3] = [
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Allow-Headers",
        "origin, content-type, accept",
    ),
    ("X-Content-Type-Options", "nosniff"),
];

impl Portal {
    /// The answer to a browser that asks whether it may call at all. It needs no credential, and
    /// nobody looks whether there is such a method.
    pub(crate) fn preflight(&self, request: &Request) -> Option<Response> {
        let path = request.path().get(.."/rest/".len())?;
        let asks = request.method() == "OPTIONS" && path.eq_ignore_ascii_case("/rest/");
        (asks && self.rules.cors).then(|| self.opened(Response::html(String::new())))
    }

    /// An answer that a script of another origin may read, unless the rules are against it.
    pub(crate) fn opened(&self, mut response: Response) -> Response {
        let headers = HEADERS.iter().filter(|_| self.rules.cors);
        for (name, value) in headers {
            response.push_header(name, *value);
        }
        response
    }
}
