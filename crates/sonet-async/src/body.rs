//! A request's body that knows whether it has been asked for.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

const FRESH: u8 = 0;
const TAKEN: u8 = 1;
const REVOKED: u8 = 2;

/// A body of one piece that can be revoked as long as it has not been asked for.
///
/// Of an HTTP/1.1 connection, hyper asks for the body before it writes the first byte of the head. So a request whose
/// body could be revoked has not left, whatever the error was; the kind of an error leaves that open in most cases. And
/// a body of this kind can't be cloned, so neither a retry policy nor a redirect policy can send it again.
pub(crate) struct Body {
    bytes: Option<Bytes>,
    state: Arc<AtomicU8>,
}

/// The other end of a [`Body`].
pub(crate) struct Handle(Arc<AtomicU8>);

impl Body {
    pub(crate) fn new(bytes: Bytes) -> (Self, Handle) {
        // Nobody asks for a body of no bytes, so its silence would prove nothing.
        let state = Arc::new(AtomicU8::new(if bytes.is_empty() { TAKEN } else { FRESH }));
        let handle = Handle(Arc::clone(&state));
        (
            Self {
                bytes: Some(bytes),
                state,
            },
            handle,
        )
    }
}

impl Handle {
    /// Makes sure that the body is never sent, and returns whether that is so.
    ///
    /// The connection lives in another task, so looking alone would not do: it could begin right after.
    pub(crate) fn revoke(&self) -> bool {
        swap(&self.0, REVOKED) != TAKEN
    }
}

/// Changes a fresh state and returns what it was before.
fn swap(state: &AtomicU8, to: u8) -> u8 {
    match state.compare_exchange(FRESH, to, Ordering::AcqRel, Ordering::Acquire) {
        Ok(before) | Err(before) => before,
    }
}

/// Why a body is refused.
#[derive(Debug)]
pub(crate) struct Revoked;

impl std::fmt::Display for Revoked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the request has been given up")
    }
}

impl std::error::Error for Revoked {}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Revoked;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Revoked>>> {
        if swap(&self.state, TAKEN) == REVOKED {
            return Poll::Ready(Some(Err(Revoked)));
        }
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use http_body::Body as _;

    use super::*;

    fn poll(body: &mut Body) -> Option<Result<Bytes, Revoked>> {
        match Pin::new(body).poll_frame(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(frame) => frame.map(|frame| frame.map(|frame| frame.into_data().unwrap())),
            Poll::Pending => panic!("a body in memory is always ready"),
        }
    }

    #[test]
    fn what_is_revoked_is_never_sent() {
        let (mut body, handle) = Body::new(Bytes::from_static(b"{}"));
        assert!(handle.revoke());
        assert!(poll(&mut body).unwrap().is_err());
        assert!(handle.revoke(), "and stays so");
    }

    #[test]
    fn what_is_taken_can_not_be_revoked() {
        let (mut body, handle) = Body::new(Bytes::from_static(b"{}"));
        assert_eq!(body.size_hint().exact(), Some(2));
        assert_eq!(poll(&mut body).unwrap().unwrap(), "{}");
        assert!(body.is_end_stream() && poll(&mut body).is_none());
        assert!(!handle.revoke());
    }

    #[test]
    fn an_empty_body_proves_nothing() {
        assert!(!Body::new(Bytes::new()).1.revoke());
    }
}
