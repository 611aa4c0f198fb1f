//! What comes in on a connection, with a limit to how long it may take.

use std::io::{self, ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Why a request can't be answered by the portal.
#[derive(Debug)]
pub(super) enum Broken {
    /// Nobody is there to hear an answer.
    Gone,
    /// The web server answers by itself with this status, and closes the connection.
    Status(u16),
}

/// The bytes that came in and were not used yet.
pub(super) struct Input {
    stream: TcpStream,
    pub(super) buffer: Vec<u8>,
}

impl Input {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            buffer: Vec::new(),
        }
    }

    /// Waits for more bytes, at most until the deadline. `Ok(false)` is the end of the stream.
    pub(super) fn fill(&mut self, deadline: Instant) -> Result<bool, Broken> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left < Duration::from_millis(1) {
            return Err(Broken::Status(408));
        }
        self.stream
            .set_read_timeout(Some(left))
            .map_err(|_| Broken::Gone)?;
        let mut chunk = [0; 16 * 1024];
        loop {
            match self.stream.read(&mut chunk) {
                Ok(0) => return Ok(false),
                Ok(read) => {
                    self.buffer.extend_from_slice(&chunk[..read]);
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if is_timeout(&error) => return Err(Broken::Status(408)),
                Err(_) => return Err(Broken::Gone),
            }
        }
    }

    /// Like [`Self::fill`] in the middle of a request, where an end is a broken request.
    pub(super) fn need(&mut self, deadline: Instant) -> Result<(), Broken> {
        if self.fill(deadline)? {
            Ok(())
        } else {
            Err(Broken::Status(400))
        }
    }

    /// Takes bytes off the front, once they have all come in.
    pub(super) fn take(&mut self, count: usize, deadline: Instant) -> Result<Vec<u8>, Broken> {
        while self.buffer.len() < count {
            self.need(deadline)?;
        }
        let rest = self.buffer.split_off(count);
        Ok(std::mem::replace(&mut self.buffer, rest))
    }

    /// Takes a line off the front, without its end.
    pub(super) fn take_line(&mut self, limit: usize, deadline: Instant) -> Result<Vec<u8>, Broken> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.buffer.drain(..=end).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return if line.len() > limit {
                    Err(Broken::Status(400))
                } else {
                    Ok(line)
                };
            }
            if self.buffer.len() > limit {
                return Err(Broken::Status(400));
            }
            self.need(deadline)?;
        }
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
