//! One request of a batch.

use std::time::Instant;

use crate::attempts::Attempts;
use crate::exchange::Continuation;
use crate::{Error, Executed, Session};

/// Commands that go together.
pub(super) struct Request {
    /// Their places in the batch, in order.
    pub(super) commands: Vec<usize>,
    pub(super) state: State,
    /// What it is known by while it is out: another number each time.
    pub(super) ticket: u64,
    /// When it was asked for last.
    pub(super) left: Option<Instant>,
    /// What is known of it from before it was asked for last.
    pub(super) past: Attempts,
    /// Whose it was.
    pub(super) session: Option<Session>,
    /// What these commands were left by, since the server refused the first of them.
    pub(super) rest: Option<Continuation>,
    /// Which one that was; the farthest, where several were.
    pub(super) refused: Option<usize>,
}

/// What is known of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    InFlight,
    Answered,
    /// It may have run, and is not sent again.
    Unknown,
}

impl Request {
    pub(super) fn new(commands: Vec<usize>) -> Self {
        Self {
            commands,
            state: State::Waiting,
            ticket: 0,
            left: None,
            past: Attempts::default(),
            session: None,
            rest: None,
            refused: None,
        }
    }

    /// Whether it is on its way.
    pub(super) fn is_out(&self) -> bool {
        self.state == State::InFlight
    }

    /// Whether a command is one of it.
    pub(super) fn has(&self, index: usize) -> bool {
        self.commands.binary_search(&index).is_ok()
    }

    /// What is known of it while it is out.
    pub(super) fn in_flight(&self) -> Attempts {
        let sent = Attempts {
            first_sent: self.left,
            ..Attempts::default()
        };
        Attempts {
            ended: None,
            ..sent.after(&self.past)
        }
    }

    /// Takes it for failed as a whole: it waits to be sent again if it certainly did not run, or may be repeated. The error
    /// comes back with what is known from before.
    pub(super) fn fail(&mut self, now: Instant, error: Error, is_repeatable: bool) -> Error {
        let may_have_run = error.executed() != Executed::No;
        let mut call = error.past();
        if may_have_run {
            call.first_sent = call.first_sent.or(self.left);
            call.ended = call.ended.or(Some(now));
        }
        let call = call.after(&self.past);
        self.past = Attempts {
            may_have_run: call.may_have_run || may_have_run,
            ..call.clone()
        };
        self.state = if may_have_run && !is_repeatable {
            State::Unknown
        } else {
            State::Waiting
        };
        error.of("batch", call)
    }

    /// Takes these commands out of it, to be sent again as they are left by an answer.
    pub(super) fn leaves(
        &mut self,
        commands: Vec<usize>,
        refused: Option<usize>,
        rest: Continuation,
    ) -> Self {
        self.commands
            .retain(|index| commands.binary_search(index).is_err());
        Self {
            past: self.past.clone(),
            rest: Some(rest),
            refused,
            ..Self::new(commands)
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::time::Duration;

    use serde_json::Value;

    use super::*;
    use crate::error::Kind;
    use crate::{Config, Exchange, Raw};

    fn failure(sent: bool) -> Error {
        let kind = Kind::NoResponse {
            sent,
            cause: crate::Cause::other(&std::io::Error::other("reset")),
        };
        Error::new("batch", kind)
    }

    #[test]
    fn what_may_have_run_waits_only_where_it_may_be_repeated() {
        for (sent, is_repeatable, state) in [
            (false, false, State::Waiting),
            (true, true, State::Waiting),
            (true, false, State::Unknown),
        ] {
            let mut request = Request::new(vec![0]);
            request.fail(Instant::now(), failure(sent), is_repeatable);
            assert_eq!(request.state, state);
            assert_eq!(request.past.may_have_run, sent);
        }
    }

    #[test]
    fn an_error_knows_what_may_have_run_before() {
        let begin = Instant::now();
        let end = begin + Duration::from_secs(5);
        let mut request = Request::new(vec![0]);
        request.left = Some(begin);
        let first = request.fail(end, failure(true), true);
        assert_eq!(first.past().first_sent, Some(begin));
        request.left = Some(end);
        let second = request.fail(end + Duration::from_secs(5), failure(false), true);
        assert_eq!(second.executed(), Executed::Unknown);
        assert_eq!(second.past().first_sent, Some(begin));
        assert_eq!(second.past().ended, Some(end));
    }

    #[test]
    fn what_is_sent_again_leaves_its_request() {
        let config = Config::webhook("https://example.bitrix24.com/rest/1/s3cr3t/").unwrap();
        let session = Session::new(&config, Instant::now()).unwrap();
        let rest = Exchange::new(&session, &Raw::new("batch", Value::Null))
            .into_continuation(Instant::now());
        let mut request = Request::new(vec![3, 4, 7]);
        let again = request.leaves(vec![4, 7], Some(4), rest);
        assert_eq!(
            (&request.commands[..], &again.commands[..]),
            (&[3][..], &[4, 7][..])
        );
        assert!(again.has(7) && !request.has(7));
        assert_eq!((again.state, again.refused), (State::Waiting, Some(4)));
    }
}
