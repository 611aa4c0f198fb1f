//! A request and a response, as the portal sees them: whole, in memory, without a connection.

use std::net::{IpAddr, Ipv4Addr};

/// An HTTP request with its whole body.
#[derive(Debug, Clone, Default)]
pub struct Request {
    method: String,
    target: String,
    /// The target's path, with one slash in the place of several.
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    source: Option<IpAddr>,
    tls: bool,
}

impl Request {
    /// Makes a request of a method such as `GET` to a target such as `/rest/1/secret/batch?halt=1`.
    pub fn new(method: impl Into<String>, target: impl Into<String>) -> Self {
        let target = target.into();
        Self {
            method: method.into(),
            path: merge_slashes(target.split('?').next().unwrap_or_default()),
            target,
            ..Self::default()
        }
    }

    /// Makes a `GET` request.
    pub fn get(target: impl Into<String>) -> Self {
        Self::new("GET", target)
    }

    /// Makes a `POST` request with a JSON body.
    pub fn json(target: impl Into<String>, body: &str) -> Self {
        Self::new("POST", target)
            .with_header("Content-Type", "application/json")
            .with_body(body)
    }

    /// Makes a `POST` request with a form-encoded body.
    pub fn form(target: impl Into<String>, body: &str) -> Self {
        Self::new("POST", target)
            .with_header("Content-Type", "application/x-www-form-urlencoded")
            .with_body(body)
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sets the address that the request came from.
    #[must_use]
    pub fn with_source(mut self, source: IpAddr) -> Self {
        self.source = Some(source);
        self
    }

    /// Returns the address that the request came from, by default `127.0.0.1`.
    #[must_use]
    pub fn source(&self) -> IpAddr {
        self.source.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
    }

    /// Notes that the request came over TLS.
    #[must_use]
    pub fn over_tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Returns whether the request came over TLS.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.tls
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path with the query, as it was sent.
    pub(crate) fn target(&self) -> &str {
        &self.target
    }

    /// Returns the path without the query. Several slashes in a row are one, as to the web server in
    /// front of a portal.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the query, empty if there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// Returns the first header of this name, in whatever case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// An HTTP response with its whole body.
#[derive(Debug, Clone)]
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Response {
    /// A JSON answer of the REST interface.
    pub(crate) fn json(status: u16, body: String) -> Self {
        let kind = (
            "Content-Type".to_owned(),
            "application/json; charset=utf-8".to_owned(),
        );
        Self {
            status,
            headers: vec![kind],
            body: body.into_bytes(),
        }
    }

    /// A page, as the web server in front of the portal answers by itself.
    pub(crate) fn page(status: u16) -> Self {
        let title = format!("{status} {}", reason(status));
        Self::message(status, &title, "")
    }

    /// A page with a message for people.
    pub(crate) fn message(status: u16, title: &str, text: &str) -> Self {
        let body = format!(
            "<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>\n"
        );
        let kind = (
            "Content-Type".to_owned(),
            "text/html; charset=utf-8".to_owned(),
        );
        Self {
            status,
            headers: vec![kind],
            body: body.into_bytes(),
        }
    }

    /// A file that is not a text.
    pub(crate) fn file(kind: &str, body: Vec<u8>) -> Self {
        Self {
            status: 200,
            headers: vec![("Content-Type".to_owned(), kind.to_owned())],
            body,
        }
    }

    /// A page of the portal itself.
    pub(crate) fn html(body: String) -> Self {
        let mut page = Self::page(200);
        page.body = body.into_bytes();
        page
    }

    /// Adds a header.
    pub(crate) fn push_header(&mut self, name: &str, value: impl Into<String>) {
        self.headers.push((name.to_owned(), value.into()));
    }

    /// Says beside the answer what is wrong with a call.
    pub(crate) fn complain(&mut self, complaints: &[String]) {
        for complaint in complaints {
            // A header has no room for what else a name may hold, least of all for the end of a line.
            let plain = |c: char| {
                if c == ' ' || c.is_ascii_graphic() {
                    c
                } else {
                    '?'
                }
            };
            self.push_header(
                STRICT_HEADER,
                complaint.chars().map(plain).collect::<String>(),
            );
        }
    }

    /// Puts another body in the place of this one, which encodes the same.
    pub(crate) fn replace_body(&mut self, body: Vec<u8>) {
        self.body = body;
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns all headers in order.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// Returns the first header of this name, in whatever case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns the body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The header that tells what a strict portal complains of.
const STRICT_HEADER: &str = "X-Portal-Strict";

/// The words that stand after a status.
pub(crate) fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "Unknown",
    }
}

/// A path with one slash wherever there are several in a row.
fn merge_slashes(path: &str) -> String {
    let mut merged = String::with_capacity(path.len());
    for symbol in path.chars() {
        if symbol != '/' || !merged.ends_with('/') {
            merged.push(symbol);
        }
    }
    merged
}

fn find<'a>(headers: &'a [(String, String)], wanted: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value.as_str())
}
