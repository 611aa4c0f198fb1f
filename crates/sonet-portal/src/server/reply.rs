//! How an answer goes out: whole, or spoilt on purpose.

use super::input::{Input, ReadError};
use super::shared::Shared;
use super::stream::Stream;
use crate::rest::http::{Response, reason};
use crate::server::fault::Fault;
use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

/// How much of what nobody will read is waited for before closing, so that the answer arrives.
const LINGER: (Duration, u64) = (Duration::from_millis(500), 4 * 1024 * 1024);

/// How an answer goes out.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReplyOptions {
    /// Whether the connection stays open afterwards.
    pub(super) keep_alive: bool,
    /// Whether the body goes out, too; it does not after `HEAD`.
    pub(super) with_body: bool,
}

/// Sends an answer; whether there may be another request.
pub(super) fn send(
    input: &mut Input,
    response: &Response,
    options: ReplyOptions,
    fault: Option<&Fault>,
    shared: &Shared,
) -> Result<bool, ReadError> {
    let output = &mut input.stream;
    let sent = match fault {
        Some(Fault::Reset) => {
            output.reset_on_drop();
            return Err(ReadError::Gone);
        }
        Some(Fault::Hang) => {
            wait_for_end(output);
            return Err(ReadError::Gone);
        }
        Some(Fault::Truncate) => truncate(output, response, options),
        Some(Fault::Length(difference)) => mislead(output, response, options, *difference),
        Some(Fault::Slow(pause)) => drip(output, response, options, *pause, shared),
        _ => send_whole(output, response, options).map(|()| options.keep_alive),
    };
    sent.map_err(|_| ReadError::Gone)
}

/// Sends an answer as it should be.
pub(super) fn send_whole(
    output: &mut Stream,
    response: &Response,
    options: ReplyOptions,
) -> io::Result<()> {
    let mut bytes = head(response, options, response.body().len());
    if options.with_body {
        bytes.extend_from_slice(response.body());
    }
    output.write_all(&bytes)?;
    output.flush()
}

/// Closes after an answer to a request that was not read to its end. Closing at once would make the
/// system throw the answer away, if something else was still coming in.
pub(super) fn linger(stream: &mut Stream) {
    let (time, bytes) = LINGER;
    stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(time));
    let _ = io::copy(&mut stream.take(bytes), &mut io::sink());
    stream.shutdown(Shutdown::Both);
}

/// A head that announces a body of this length.
fn head(response: &Response, options: ReplyOptions, length: usize) -> Vec<u8> {
    let status = response.status();
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in response.headers() {
        head.extend([name, ": ", value, "\r\n"]);
    }
    let connection = if options.keep_alive {
        "keep-alive"
    } else {
        "close"
    };
    let length = length.to_string();
    head.extend(["Content-Length: ", &length, "\r\nConnection: ", connection]);
    head.push_str("\r\n\r\n");
    head.into_bytes()
}

/// Waits until the client has enough, or the server stops.
fn wait_for_end(stream: &mut Stream) {
    let _ = stream.set_read_timeout(None);
    let _ = io::copy(stream, &mut io::sink());
}

/// Ends in the middle of the body.
fn truncate(output: &mut Stream, response: &Response, options: ReplyOptions) -> io::Result<bool> {
    let mut bytes = head(response, options, response.body().len());
    if options.with_body {
        bytes.extend_from_slice(&response.body()[..response.body().len() / 2]);
    }
    close_after(output, &bytes)
}

/// Announces another length than the body has.
fn mislead(
    output: &mut Stream,
    response: &Response,
    options: ReplyOptions,
    difference: i32,
) -> io::Result<bool> {
    let length = response.body().len();
    let by = usize::try_from(difference.unsigned_abs()).unwrap_or_default();
    let announced = if difference < 0 {
        length.saturating_sub(by)
    } else {
        length.saturating_add(by)
    };
    let mut bytes = head(response, options, announced);
    if options.with_body {
        bytes.extend_from_slice(response.body());
    }
    close_after(output, &bytes)
}

fn close_after(output: &mut Stream, bytes: &[u8]) -> io::Result<bool> {
    output.write_all(bytes)?;
    output.flush()?;
    linger(output);
    Ok(false)
}

/// Sends the body byte by byte.
fn drip(
    output: &mut Stream,
    response: &Response,
    options: ReplyOptions,
    pause: Duration,
    shared: &Shared,
) -> io::Result<bool> {
    output.write_all(&head(response, options, response.body().len()))?;
    output.flush()?;
    let body = if options.with_body {
        response.body()
    } else {
        &[]
    };
    for byte in body {
        if shared.stopping.load(Ordering::SeqCst) {
            return Ok(false);
        }
        thread::sleep(pause);
        output.write_all(&[*byte])?;
        output.flush()?;
    }
    Ok(options.keep_alive)
}
