//! Waiting until no pair of tokens can be lost by an end.

use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use http::Response;

use super::RefreshRun;
use crate::error::Kind;
use crate::oauth::{CloseStep, LEASE};
use crate::{Error, Failure, Machine, Refresh, Session, Step, Stored};

/// For drivers: the end of a client. It waits for a refresh that is under way until its pair is saved, and saves a pair once
/// more that could not be saved before.
///
/// A refresh that never reports, as its store hangs, is waited for as long as calls would.
#[derive(Debug)]
pub struct Close {
    session: Session,
    /// Whether the pair that was not saved is being saved again.
    saves: bool,
    /// Until when a refresh is waited for that only gives back what it holds.
    until: Option<Instant>,
}

impl Close {
    /// The end of a client. Other calls may be made meanwhile, and afterwards.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        Self {
            session: session.clone(),
            saves: false,
            until: None,
        }
    }
}

impl Machine for Close {
    type Output = Result<(), Error>;

    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<Self::Output> {
        let step = self
            .session
            .look(|app| app.close_step(now, waker, !self.saves));
        match step {
            None | Some(CloseStep::Done) => Step::Done(Ok(())),
            Some(CloseStep::Wait(until)) => Step::Wait(until),
            Some(CloseStep::Ending) => match *self.until.get_or_insert(now + LEASE) {
                until if until > now => Step::Wait(until),
                _ => Step::Done(Ok(())),
            },
            Some(CloseStep::Save(ticket)) => {
                self.saves = true;
                let refresh = RefreshRun::new(&self.session, ticket);
                Step::Refresh(Refresh::new(Box::new(refresh)))
            }
            Some(CloseStep::Unsaved(failure)) => Step::Done(Err(failure.unwrap_or_else(|| {
                let problem = "the new tokens are not saved: their store has not returned yet";
                Error::token_server(Kind::Store(problem.to_owned()))
            }))),
        }
    }

    fn on_response(&mut self, _: Instant, _: Response<Bytes>) {}

    fn on_failure(&mut self, _: Instant, _: Failure) {}

    fn on_stored(&mut self, _: Instant, _: Stored) {}
}
