//! A request's body that knows whether it has been asked for.

use std::io::{self, Read};

use bytes::{Buf as _, Bytes};

/// A body that remembers the first time it is read.
///
/// ureq resolves, connects, shakes hands and sends the whole head before it reads the first byte of the body. So a
/// request that failed with its body untouched has not reached the server, or without the end of its head; either way
/// the server can't have run it. This holds for every kind of error, for pooled connections and through proxies, where
/// the kinds of errors alone would leave most cases open.
pub(crate) struct Body {
    bytes: Bytes,
    was_read: bool,
}

impl Body {
    pub(crate) fn new(bytes: Bytes) -> Self {
        // Nobody reads a body of no bytes, so its silence would prove nothing.
        let was_read = bytes.is_empty();
        Self { bytes, was_read }
    }

    /// How many bytes there are to send.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether any of the body may have been sent.
    pub(crate) fn was_read(&self) -> bool {
        self.was_read
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.was_read = true;
        let count = buffer.len().min(self.bytes.len());
        self.bytes.copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}
