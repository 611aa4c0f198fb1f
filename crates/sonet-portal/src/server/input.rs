//! What comes in on a connection, with a limit to how long it may take.

use super::stream::Stream;
use std::io::{self, ErrorKind, Read};
use std::time::{Duration, Instant};

/// A buffer that grew beyond this is given back when it is empty.
const KEPT_BYTES: usize = 64 * 1024;

/// Why a request can't be answered by the portal.
#[derive(Debug)]
pub(super) enum ReadError {
    /// Nobody is there to hear an answer.
    Gone,
    /// The web server answers by itself with this status, and closes the connection.
    Status(u16),
}

/// The bytes that came in and were not used yet.
pub(super) struct Input {
    pub(super) stream: Stream,
    buffer: Vec<u8>,
    /// Where in the buffer the unused bytes begin. Moving them to the front after each line or
    /// chunk would take quadratic time.
    begin: usize,
}

impl Input {
    pub(super) fn new(stream: Stream) -> Self {
        Self {
            stream,
            buffer: Vec::new(),
            begin: 0,
        }
    }

    /// The bytes that are there.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.begin..]
    }

    /// Drops bytes off the front.
    pub(super) fn consume(&mut self, count: usize) {
        self.begin = self.buffer.len().min(self.begin + count);
        if self.begin == self.buffer.len() {
            self.begin = 0;
            self.buffer.clear();
            if self.buffer.capacity() > KEPT_BYTES {
                self.buffer = Vec::new();
            }
        }
    }

    /// Waits for more bytes, at most until the deadline. `Ok(false)` is the end of the stream.
    pub(super) fn fill(&mut self, deadline: Instant) -> Result<bool, ReadError> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left < Duration::from_millis(1) {
            return Err(ReadError::Status(408));
        }
        self.stream
            .set_read_timeout(Some(left))
            .map_err(|_| ReadError::Gone)?;
        if self.begin > 0 {
            self.buffer.drain(..self.begin);
            self.begin = 0;
        }
        let mut chunk = [0; 16 * 1024];
        loop {
            match self.stream.read(&mut chunk) {
                Ok(0) => return Ok(false),
                Ok(read) => {
                    self.buffer.extend_from_slice(&chunk[..read]);
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if is_timeout(&error) => return Err(ReadError::Status(408)),
                Err(_) => return Err(ReadError::Gone),
            }
        }
    }

    /// Like [`Self::fill`] in the middle of a request, where an end is a broken request.
    pub(super) fn need(&mut self, deadline: Instant) -> Result<(), ReadError> {
        if self.fill(deadline)? {
            Ok(())
        } else {
            Err(ReadError::Status(400))
        }
    }

    /// Takes bytes off the front, once they have all come in.
    pub(super) fn take(&mut self, count: usize, deadline: Instant) -> Result<Vec<u8>, ReadError> {
        while self.bytes().len() < count {
            self.need(deadline)?;
        }
        let taken = self.bytes()[..count].to_vec();
        self.consume(count);
        Ok(taken)
    }

    /// Takes a line off the front, without its end, which has to be the standard's.
    pub(super) fn take_line(
        &mut self,
        limit: usize,
        deadline: Instant,
    ) -> Result<Vec<u8>, ReadError> {
        loop {
            if let Some(end) = self.bytes().iter().position(|byte| *byte == b'\n') {
                let line = &self.bytes()[..end];
                let line = line.strip_suffix(b"\r").map(<[u8]>::to_vec);
                self.consume(end + 1);
                let odd =
                    |line: &[u8]| line.len() > limit || line.iter().any(|b| b"\r\0".contains(b));
                let line = line.filter(|line| !odd(line));
                return line.ok_or(ReadError::Status(400));
            }
            if self.bytes().len() > limit {
                return Err(ReadError::Status(400));
            }
            self.need(deadline)?;
        }
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
