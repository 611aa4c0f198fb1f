//! One connection: requests come in, one after another, and answers go out.

use super::Shared;
use super::head::{Framing, Head};
use super::input::{Broken, Input};
use super::stream::Stream;
use super::{body, encoding, head};
use crate::http::{Response, reason};
use crate::prepared::Prepared;
use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

/// How long an answer may take to go out.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);

/// How much of what nobody will read is waited for before closing, so that the answer arrives.
const LINGER: (Duration, u64) = (Duration::from_millis(500), 4 * 1024 * 1024);

/// Serves a connection until either side has enough.
pub(super) fn run(stream: Stream, shared: &Shared) {
    let _ = stream.set_write_timeout(Some(WRITE_TIMEOUT));
    let mut input = Input::new(stream);
    while !shared.stopping.load(Ordering::SeqCst) {
        match serve_one(&mut input, shared) {
            Ok(true) => {}
            Ok(false) => break,
            Err(Broken::Gone) => return,
            Err(Broken::Status(status)) => {
                let page = Response::page(status);
                if send(&mut input.stream, &page, false, true).is_ok() {
                    linger(&mut input.stream);
                }
                return;
            }
        }
    }
    input.stream.shutdown(Shutdown::Both);
}

/// Answers one request; whether there may be another.
fn serve_one(input: &mut Input, shared: &Shared) -> Result<bool, Broken> {
    let Some(Head {
        request,
        framing,
        keep_alive,
        expects_continue,
    }) = head::read(input, &shared.limits)?
    else {
        return Ok(false);
    };
    if expects_continue && framing != Framing::Length(0) && input.bytes().is_empty() {
        input
            .stream
            .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")
            .map_err(|_| Broken::Gone)?;
    }
    let request = request.with_body(body::read(input, &framing, &shared.limits)?);
    // Neither reading the parameters nor dropping them may hold up the others.
    let mut prepared = Prepared::read(&request);
    let mut response = shared.portal().answer(&mut prepared, SystemTime::now());
    encoding::compress(&request, &mut response);
    let with_body = request.method() != "HEAD";
    send(&mut input.stream, &response, keep_alive, with_body).map_err(|_| Broken::Gone)?;
    Ok(keep_alive)
}

fn send(
    output: &mut Stream,
    response: &Response,
    keep_alive: bool,
    with_body: bool,
) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(response.body().len() + 256);
    write!(
        bytes,
        "HTTP/1.1 {} {}\r\n",
        response.status(),
        reason(response.status())
    )?;
    for (name, value) in response.headers() {
        write!(bytes, "{name}: {value}\r\n")?;
    }
    let connection = if keep_alive { "keep-alive" } else { "close" };
    let length = response.body().len();
    write!(
        bytes,
        "Content-Length: {length}\r\nConnection: {connection}\r\n\r\n"
    )?;
    if with_body {
        bytes.extend_from_slice(response.body());
    }
    output.write_all(&bytes)?;
    output.flush()
}

/// Closes after an answer to a request that was not read to its end. Closing at once would make the
/// system throw the answer away, if something else was still coming in.
fn linger(stream: &mut Stream) {
    let (time, bytes) = LINGER;
    stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(time));
    let _ = io::copy(&mut stream.take(bytes), &mut io::sink());
    stream.shutdown(Shutdown::Both);
}
