//! The head of a request.

use super::Limits;
use super::input::{Broken, Input};
use crate::http::Request;
use std::time::Instant;

/// How many headers a request may have.
const MAX_HEADERS: usize = 100;

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

/// Reads a head; `None` if the connection ends where a request might have begun.
pub(super) fn read(input: &mut Input, limits: &Limits) -> Result<Option<Head>, Broken> {
    if input.bytes().is_empty() {
        match input.fill(Instant::now() + limits.idle) {
            Ok(true) => {}
            Ok(false) | Err(_) => return Ok(None),
        }
    }
    let deadline = Instant::now() + limits.request;
    let mut searched = 0;
    // What isn't HTTP at all, such as the beginning of TLS, is told at once.
    if input.bytes().len() < EARLY_BYTES {
        parse(input.bytes(), limits)?;
    }
    loop {
        // Parsing begins anew each time, so it waits until an empty line has come in.
        while let Some(end) = empty_line(input.bytes(), searched) {
            if let Some((head, length)) = parse(input.bytes(), limits)? {
                input.consume(length);
                return Ok(Some(head));
            }
            searched = end;
        }
        searched = searched.max(input.bytes().len().saturating_sub(3));
        if input.bytes().len() > limits.head_bytes {
            return Err(Broken::Status(431));
        }
        input.need(deadline)?;
    }
}

/// The place after the first empty line from a place on.
fn empty_line(bytes: &[u8], from: usize) -> Option<usize> {
    let tail = &bytes[from.min(bytes.len())..];
    let ends = |at: usize| match &tail[at..] {
        [b'\n', b'\n', ..] => Some(2),
        [b'\n', b'\r', b'\n', ..] => Some(3),
        _ => None,
    };
    (0..tail.len()).find_map(|at| ends(at).map(|length| from + at + length))
}

fn parse(bytes: &[u8], limits: &Limits) -> Result<Option<(Head, usize)>, Broken> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Broken::Status(431)),
        Err(httparse::Error::Version) => return Err(Broken::Status(505)),
        Err(_) => return Err(Broken::Status(400)),
    };
    if length > limits.head_bytes {
        return Err(Broken::Status(431));
    }
    let target = target(parsed.path.unwrap_or_default()).ok_or(Broken::Status(400))?;
    let mut request = Request::new(parsed.method.unwrap_or_default(), target);
    for header in parsed.headers.iter() {
        request = request.with_header(header.name, String::from_utf8_lossy(header.value));
    }
    let head = Head {
        framing: framing(parsed.headers, limits)?,
        keep_alive: keep_alive(&request, parsed.version == Some(1)),
        expects_continue: request
            .header("expect")
            .is_some_and(|value| value.eq_ignore_ascii_case("100-continue")),
        request,
    };
    Ok(Some((head, length)))
}

/// The path and query, from a whole address too, as it is sent to proxies.
fn target(path: &str) -> Option<&str> {
    if path.starts_with('/') {
        return Some(path);
    }
    let rest = path
        .strip_prefix("http://")
        .or_else(|| path.strip_prefix("https://"))?;
    Some(rest.find('/').map_or("/", |slash| &rest[slash..]))
}

/// How long the body is. Whatever leaves room for two opinions is refused.
fn framing(headers: &[httparse::Header<'_>], limits: &Limits) -> Result<Framing, Broken> {
    let values = |name: &'static str| {
        let named = headers
            .iter()
            .filter(move |header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| header.value.trim_ascii())
    };
    let mut length = None;
    for value in values("content-length") {
        let digits = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
        let parsed = std::str::from_utf8(value).ok().filter(|_| digits);
        let parsed = parsed.ok_or(Broken::Status(400))?.parse::<usize>();
        // More digits than a number has is more than any limit.
        let parsed = parsed.map_err(|_| Broken::Status(413))?;
        if length.is_some_and(|earlier| earlier != parsed) {
            return Err(Broken::Status(400));
        }
        length = Some(parsed);
    }
    let mut codings = values("transfer-encoding");
    match (codings.next(), length) {
        (Some(_), Some(_)) => Err(Broken::Status(400)),
        (Some(coding), None) => {
            let only_chunked = coding.eq_ignore_ascii_case(b"chunked") && codings.next().is_none();
            if only_chunked {
                Ok(Framing::Chunked)
            } else {
                Err(Broken::Status(501))
            }
        }
        (None, Some(length)) if length > limits.body_bytes => Err(Broken::Status(413)),
        (None, length) => Ok(Framing::Length(length.unwrap_or(0))),
    }
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
