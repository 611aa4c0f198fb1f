//! The head of a request.

use super::connection_limits::Limits;
use super::input::{Input, ReadError};
use crate::rest::http::Request;
use std::time::Instant;

/// How many headers a request may have.
const MAX_HEADERS: usize = 100;

/// How many empty lines may stand before a request.
const MAX_EMPTY_LINES: usize = 4;

/// Up to this size the first bytes of a request are looked at before it is whole.
const EARLY_BYTES: usize = 4 * 1024;

/// A request without its body, and what the connection has to know about it.
pub(super) struct Head {
    pub(super) request: Request,
    pub(super) framing: Framing,
    pub(super) keep_alive: bool,
    pub(super) expects_continue: bool,
}

/// How the end of the body is known.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Framing {
    Length(usize),
    Chunked,
}

/// Waits for a request; `false` if the connection ends where one might have begun.
pub(super) fn begins(input: &mut Input, limits: &Limits) -> bool {
    !input.bytes().is_empty() || matches!(input.fill(Instant::now() + limits.idle), Ok(true))
}

/// Reads a head of which something is there.
pub(super) fn read(input: &mut Input, limits: &Limits) -> Result<Head, ReadError> {
    let deadline = Instant::now() + limits.request;
    let (mut searched, mut empty_lines) = (0, 0);
    // What isn't HTTP at all, such as the beginning of TLS, is told at once.
    if input.bytes().len() < EARLY_BYTES {
        parse(input.bytes(), limits)?;
    }
    loop {
        // Some clients end a body with a line break that they don't count.
        while input.bytes().starts_with(b"\r\n") {
            input.consume(2);
            empty_lines += 1;
            searched = 0;
            if empty_lines > MAX_EMPTY_LINES {
                return Err(ReadError::Status(400));
            }
        }
        // Parsing begins anew each time, so it waits until all has come in.
        if let Some(end) = end(input.bytes(), searched)? {
            let head = parse(&input.bytes()[..end], limits)?.ok_or(ReadError::Status(400))?;
            input.consume(end);
            return Ok(head);
        }
        searched = input.bytes().len();
        if searched > limits.head_bytes {
            return Err(ReadError::Status(431));
        }
        input.need(deadline)?;
    }
}

/// Where the head ends, looked for from a place on. A line has to end as the standard says: two
/// programs that take different bytes for the end of a line see different requests.
fn end(bytes: &[u8], from: usize) -> Result<Option<usize>, ReadError> {
    for at in from..bytes.len() {
        if bytes[at] != b'\n' {
            continue;
        }
        if !bytes[..at].ends_with(b"\r") {
            return Err(ReadError::Status(400));
        }
        if bytes[..at].ends_with(b"\r\n\r") {
            return Ok(Some(at + 1));
        }
    }
    Ok(None)
}

fn parse(bytes: &[u8], limits: &Limits) -> Result<Option<Head>, ReadError> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(ReadError::Status(431)),
        Err(httparse::Error::Version) => return Err(ReadError::Status(505)),
        Err(_) => return Err(ReadError::Status(400)),
    }
    if bytes.len() > limits.head_bytes {
        return Err(ReadError::Status(431));
    }
    let modern = parsed.version == Some(1);
    let (authority, target) =
        target(parsed.path.unwrap_or_default()).ok_or(ReadError::Status(400))?;
    let mut request = Request::new(parsed.method.unwrap_or_default(), target);
    for header in parsed.headers.iter() {
        request = request.with_header(header.name, String::from_utf8_lossy(header.value));
    }
    let framing = framing(parsed.headers, modern, limits)?;
    check_host(parsed.headers, authority, modern)?;
    Ok(Some(Head {
        framing,
        keep_alive: keep_alive(&request, modern),
        expects_continue: modern
            && request
                .header("expect")
                .is_some_and(|value| value.eq_ignore_ascii_case("100-continue")),
        request,
    }))
}

/// The path and query; from a whole address, as it is sent to proxies, the host, too.
fn target(path: &str) -> Option<(Option<&str>, &str)> {
    if path.starts_with('/') {
        return Some((None, path));
    }
    let rest = path
        .strip_prefix("http://")
        .or_else(|| path.strip_prefix("https://"))?;
    let end = rest.find('/').unwrap_or(rest.len());
    let target = if end < rest.len() { &rest[end..] } else { "/" };
    Some((Some(&rest[..end]), target))
}

/// Refuses a request that does not say whom it is for, or says it twice.
fn check_host(
    headers: &[httparse::Header<'_>],
    authority: Option<&str>,
    required: bool,
) -> Result<(), ReadError> {
    let mut hosts = values(headers, "host");
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host,
        (None, _) if !required => return Ok(()),
        _ => return Err(ReadError::Status(400)),
    };
    let fits = |byte: &u8| byte.is_ascii_graphic() && !b"/\\?#@,\"<>".contains(byte);
    let same = authority.is_none_or(|own| host.eq_ignore_ascii_case(own.as_bytes()));
    if same && host.iter().all(fits) {
        Ok(())
    } else {
        Err(ReadError::Status(400))
    }
}

/// The values of all headers of a name.
fn values<'a>(
    headers: &'a [httparse::Header<'_>],
    name: &'static str,
) -> impl Iterator<Item = &'a [u8]> {
    let named = headers
        .iter()
        .filter(move |header| header.name.eq_ignore_ascii_case(name));
    named.map(|header| header.value.trim_ascii())
}

/// How long the body is. Whatever leaves room for two opinions is refused.
fn framing(
    headers: &[httparse::Header<'_>],
    modern: bool,
    limits: &Limits,
) -> Result<Framing, ReadError> {
    let mut lengths = values(headers, "content-length");
    let mut codings = values(headers, "transfer-encoding");
    match (lengths.next(), lengths.next(), codings.next()) {
        (None, _, None) => Ok(Framing::Length(0)),
        (Some(length), None, None) => self::length(length, limits).map(Framing::Length),
        // Before HTTP/1.1 there was none, and who doesn't know it takes the chunks for the body.
        (None, _, Some(_)) if !modern => Err(ReadError::Status(400)),
        (None, _, Some(coding)) => {
            let only_chunked = coding.eq_ignore_ascii_case(b"chunked") && codings.next().is_none();
            if only_chunked {
                Ok(Framing::Chunked)
            } else {
                Err(ReadError::Status(501))
            }
        }
        _ => Err(ReadError::Status(400)),
    }
}

fn length(digits: &[u8], limits: &Limits) -> Result<usize, ReadError> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(ReadError::Status(400));
    }
    let text = std::str::from_utf8(digits).unwrap_or_default();
    // More digits than a number has is more than any limit.
    let length = text.parse().ok();
    length
        .filter(|length| *length <= limits.body_bytes)
        .ok_or(ReadError::Status(413))
}

fn keep_alive(request: &Request, by_default: bool) -> bool {
    let connection = request
        .header("connection")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let mut options = connection.split(',').map(str::trim);
    if by_default {
        options.all(|option| option != "close")
    } else {
        options.any(|option| option == "keep-alive")
    }
}
