//! The chunks of a body.

use bytes::{Bytes, BytesMut};

/// How much room a body is given at once: a batch of 2,500 groups has a third of it.
const LIKELY: u64 = 4 * 1024 * 1024;

/// The chunks of a body. Mostly it comes in one, which is not copied; several are copied once.
pub(crate) struct Chunks {
    /// How long the body is going to be, as far as its head is believed.
    expected: usize,
    /// The only one so far.
    only: Bytes,
    joined: BytesMut,
}

impl Chunks {
    /// None yet, of a body that says that it has this length. That is not believed beyond what answers have.
    pub(crate) fn expecting(length: u64) -> Self {
        Self {
            expected: usize::try_from(length.min(LIKELY)).unwrap_or_default(),
            only: Bytes::new(),
            joined: BytesMut::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.only.len() + self.joined.len()
    }

    pub(crate) fn push(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.only = chunk;
            return;
        }
        let only = std::mem::take(&mut self.only);
        if self.joined.is_empty() {
            self.joined.reserve(self.expected);
        }
        self.joined.extend_from_slice(&only);
        self.joined.extend_from_slice(&chunk);
    }

    /// The whole body.
    pub(crate) fn join(self) -> Bytes {
        if self.joined.is_empty() {
            self.only
        } else {
            self.joined.freeze()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushed(mut chunks: Chunks, count: usize) -> (Chunks, usize) {
        let mut moves = 0;
        for _ in 0..count {
            let before = chunks.joined.as_ptr();
            chunks.push(Bytes::from_static(b"0123456789"));
            moves += usize::from(chunks.joined.as_ptr() != before);
        }
        (chunks, moves)
    }

    #[test]
    fn one_is_not_copied() {
        let chunk = Bytes::from("abc".to_owned());
        let mut chunks = Chunks::expecting(3);
        chunks.push(chunk.clone());
        assert_eq!(chunks.len(), 3);
        assert_eq!(chunks.join().as_ptr(), chunk.as_ptr());
        assert!(Chunks::expecting(0).join().is_empty());
    }

    #[test]
    fn several_are_copied_once_where_the_length_is_known() {
        let (chunks, moves) = pushed(Chunks::expecting(1_000_000), 100_000);
        assert_eq!((chunks.len(), moves), (1_000_000, 1));
        let body = chunks.join();
        assert_eq!(body.len(), 1_000_000);
        assert!(body.chunks(10).all(|chunk| chunk == b"0123456789"));
    }

    #[test]
    fn where_it_is_not_known_their_room_is_doubled() {
        let (chunks, moves) = pushed(Chunks::expecting(0), 100_000);
        assert_eq!(chunks.len(), 1_000_000);
        assert!(moves < 30, "{moves}");
    }

    #[test]
    fn a_length_is_not_believed_beyond_reason() {
        let mut chunks = Chunks::expecting(u64::MAX);
        for text in ["a", "b"] {
            chunks.push(Bytes::from_static(text.as_bytes()));
        }
        assert!(chunks.joined.capacity() < 8 * 1024 * 1024);
        assert_eq!(chunks.join(), "ab");
    }
}
