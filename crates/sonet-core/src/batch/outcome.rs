//! What is known of a command.

use super::done::Done;
use crate::Error;
use crate::attempts::Attempts;
use crate::error::Kind;

pub(super) const HALTED: Kind =
    Kind::NotRun("a command before it failed or found no rows, and the batch halts");
pub(super) const WAITING: Kind = Kind::NotRun("the batch did not reach it");

/// What is known of a command.
pub(super) enum Outcome {
    /// It waits. The error is that of its last request, if there was one.
    Waiting(Option<Error>),
    Done(Box<Done>),
    Failed(Error),
}

impl Outcome {
    /// Of a command of this method that failed.
    pub(super) fn failed(kind: Kind, method: &str, past: Attempts) -> Self {
        Self::Failed(Error::new(method, kind).of(method, past))
    }

    /// Lets the command wait to be sent again.
    pub(super) fn wait(&mut self) {
        *self = Self::Waiting(match self {
            Self::Failed(error) => Some(error.clone()),
            _ => None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_waits_again_keeps_its_error() {
        let past = Attempts::default();
        let mut failed = Outcome::failed(WAITING, "read", past);
        failed.wait();
        assert!(matches!(&failed, Outcome::Waiting(Some(error)) if error.is_not_run()));
        let mut done = Outcome::Done(Box::new(Done::null()));
        done.wait();
        assert!(matches!(done, Outcome::Waiting(None)));
    }
}
