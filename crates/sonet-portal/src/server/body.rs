//! The body of a request.

use super::connection_limits::Limits;
use super::head::Framing;
use super::input::{Input, ReadError};
use std::time::Instant;

/// How long the line before a chunk may be, and all lines after the last one.
const MAX_LINE: usize = 1024;

/// How many lines may stand after the last chunk.
const MAX_TRAILERS: usize = 32;

/// Reads a whole body.
pub(super) fn read(
    input: &mut Input,
    framing: &Framing,
    limits: &Limits,
) -> Result<Vec<u8>, ReadError> {
    let deadline = Instant::now() + limits.request;
    match framing {
        Framing::Length(length) => input.take(*length, deadline),
        Framing::Chunked => read_chunks(input, limits, deadline),
    }
}

fn read_chunks(
    input: &mut Input,
    limits: &Limits,
    deadline: Instant,
) -> Result<Vec<u8>, ReadError> {
    let mut body = Vec::new();
    loop {
        let mut line = input.take_line(MAX_LINE, deadline)?;
        line.extend_from_slice(b"\r\n");
        let Ok(httparse::Status::Complete((_, size))) = httparse::parse_chunk_size(&line) else {
            return Err(ReadError::Status(400));
        };
        if size == 0 {
            return skip_trailers(input, deadline).map(|()| body);
        }
        let room = limits.body_bytes - body.len();
        let size = usize::try_from(size).ok().filter(|size| *size <= room);
        body.extend(input.take(size.ok_or(ReadError::Status(413))?, deadline)?);
        if !input.take_line(MAX_LINE, deadline)?.is_empty() {
            return Err(ReadError::Status(400));
        }
    }
}

fn skip_trailers(input: &mut Input, deadline: Instant) -> Result<(), ReadError> {
    for _ in 0..MAX_TRAILERS {
        if input.take_line(MAX_LINE, deadline)?.is_empty() {
            return Ok(());
        }
    }
    Err(ReadError::Status(400))
}
