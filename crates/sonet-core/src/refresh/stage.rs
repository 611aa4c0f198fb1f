//! How far a refresh is.

use std::time::Instant;

use super::recheck::Recheck;
use crate::Tokens;
use crate::oauth::{Grant, NewPair};

/// What a refresh is about to do, in the order in which it does it.
#[derive(Debug)]
pub(super) enum Stage {
    Begin,
    /// Gives the lease back that a dropped refresh has left, to ask for one that lasts.
    Return(Tokens),
    /// Asks a shared store whether this one may refresh, not before this instant.
    Lease(Tokens, Option<Instant>),
    /// Looks whether another process has done it, and prepares the store if not.
    Load(Tokens),
    /// Prepares the store for what a code brings.
    Prepare(Grant),
    /// Looks again after a failure, which another process may be the reason of.
    Recheck(Box<Recheck>),
    /// Asks the token server, not before this instant.
    Ask(Grant, Option<Instant>),
    Asked(Grant),
    Save(Box<NewPair>),
    /// Looks for the newer pair, for which the store has refused this one.
    Adopt(Tokens),
    /// Gives the store's lease back. Calls need not wait for that.
    Release,
    Done,
}

impl Stage {
    /// Until when there is nothing to do.
    pub(super) fn pause(&self, now: Instant) -> Option<Instant> {
        let until = match self {
            Self::Lease(_, until) | Self::Ask(_, until) => *until,
            Self::Recheck(recheck) => Some(recheck.next),
            _ => None,
        };
        until.filter(|until| *until > now)
    }

    /// Whether it goes on where another refresh has taken over: a new pair is worth saving, and a lease worth giving back,
    /// whatever the others do.
    pub(super) fn must_go_on(&self) -> bool {
        matches!(self, Self::Save(_) | Self::Release | Self::Done)
    }
}
