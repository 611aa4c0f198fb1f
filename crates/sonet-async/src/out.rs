//! Requests that are out.

use std::future::poll_fn;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::task::JoinSet;

/// The requests of a walk or a batch that are out, and what comes of each.
pub(crate) enum Out<T> {
    /// One at a time, which goes on while it is waited for.
    One(Option<Pin<Box<dyn Future<Output = T> + Send>>>),
    /// Several, each in a task of its own: whoever takes a while for what came does not let the time of the others run out.
    Several(JoinSet<T>),
}

impl<T> Out<T> {
    /// Room for so many.
    pub(crate) fn up_to(requests: usize) -> Self {
        if requests > 1 {
            Self::Several(JoinSet::new())
        } else {
            Self::One(None)
        }
    }

    /// Gives up what is out.
    pub(crate) fn give_up(&mut self) {
        *self = match self {
            Self::One(_) => Self::One(None),
            Self::Several(_) => Self::Several(JoinSet::new()),
        };
    }
}

impl<T: Send + 'static> Out<T> {
    pub(crate) fn begin(&mut self, request: impl Future<Output = T> + Send + 'static) {
        match self {
            Self::One(out) => *out = Some(Box::pin(request)),
            Self::Several(out) => {
                out.spawn(request);
            }
        }
    }

    /// Waits for the next answer; `None` if nothing is out any more, since the runtime ends.
    pub(crate) async fn answer(&mut self) -> Option<T> {
        poll_fn(|cx| self.poll(cx)).await
    }

    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        match self {
            Self::One(out) => {
                let Some(request) = out else {
                    return Poll::Ready(None);
                };
                let answered = ready!(request.as_mut().poll(cx));
                *out = None;
                Poll::Ready(Some(answered))
            }
            Self::Several(out) => match ready!(out.poll_join_next(cx)) {
                Some(Ok(answered)) => Poll::Ready(Some(answered)),
                Some(Err(error)) if error.is_panic() => resume_unwind(error.into_panic()),
                Some(Err(_)) | None => Poll::Ready(None),
            },
        }
    }
}
