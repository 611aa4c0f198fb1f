//! One request of a batch.

use std::time::Instant;

use crate::Session;
use crate::error::Failed;
use crate::exchange::Rest;

/// Commands that go together.
pub(super) struct Request {
    /// Their places in the batch, in order.
    pub(super) commands: Vec<usize>,
    pub(super) state: State,
    /// When it was asked for last.
    pub(super) left: Option<Instant>,
    /// What is known of it from before it was asked for last.
    pub(super) past: Failed,
    /// Whose it was.
    pub(super) session: Option<Session>,
    /// What these commands were left by, since the server refused the first of them.
    pub(super) rest: Option<Rest>,
    /// Which one that was; the farthest, where several were.
    pub(super) refused: Option<usize>,
}

/// What is known of a request.
#[derive(Clone, Copy, PartialEq, Eq)]
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
            left: None,
            past: Failed::default(),
            session: None,
            rest: None,
            refused: None,
        }
    }

    /// Whether a command is one of it.
    pub(super) fn has(&self, index: usize) -> bool {
        self.commands.binary_search(&index).is_ok()
    }

    /// What is known of it while it is out.
    pub(super) fn in_flight(&self) -> Failed {
        let sent = Failed {
            first_sent: self.left,
            ..Failed::default()
        };
        Failed {
            ended: None,
            ..sent.after(self.past)
        }
    }

    /// Takes these commands out of it, to be sent again as they are left by an answer.
    pub(super) fn leaves(
        &mut self,
        commands: Vec<usize>,
        refused: Option<usize>,
        rest: Rest,
    ) -> Self {
        self.commands
            .retain(|index| commands.binary_search(index).is_err());
        Self {
            past: self.past,
            rest: Some(rest),
            refused,
            ..Self::new(commands)
        }
    }
}
