//! What this process knows of the pairs that it has seen.

use std::sync::{Mutex, PoisonError};

use sonet_core::{StoreError, Tokens};

use super::kept::Kept;

/// The newest pair that was seen in the server, and what was put there whatever there was.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    seen: Option<Seen>,
    /// A first pair, and what marks it and those that follow it.
    installed: Option<(Tokens, String)>,
}

/// A pair that was in the server.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) generation: u64,
    pub(super) origin: String,
    pub(super) tokens: Tokens,
}

impl Memory {
    /// What marks a first pair: the same where it is the same pair again, as after an answer that got lost.
    pub(super) fn origin_of(&self, tokens: &Tokens) -> Result<String, StoreError> {
        let mut known = self.known();
        match &known.installed {
            Some((installed, origin)) if is_same(installed, tokens) => Ok(origin.clone()),
            _ => {
                let origin = random_id()?;
                known.installed = Some((tokens.clone(), origin.clone()));
                Ok(origin)
            }
        }
    }

    /// Notes a pair that is in the server.
    pub(super) fn remember(&self, seen: Seen) {
        let mut known = self.known();
        let is_older =
            |known: &Seen| known.origin == seen.origin && known.generation > seen.generation;
        if !known.seen.as_ref().is_some_and(is_older) {
            known.seen = Some(seen);
        }
    }

    /// The pair that was in the server and is newer than the one that is there now: the server has lost it, by eviction
    /// or by a fail-over to a replica that was behind.
    pub(super) fn forgotten_by(&self, kept: &Kept) -> Option<Seen> {
        let known = self.known();
        let seen = known.seen.as_ref()?;
        let is_lost = match &kept.found {
            None => true,
            Some(found) => found.origin == seen.origin && found.generation < seen.generation,
        };
        (is_lost && kept.generation <= seen.generation).then(|| seen.clone())
    }

    /// The generation of the newest pair that was seen.
    pub(super) fn generation(&self) -> u64 {
        let known = self.known();
        known.seen.as_ref().map_or(0, |seen| seen.generation)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the same refresh is next.
pub(super) fn is_same(one: &Tokens, other: &Tokens) -> bool {
    one.refresh_token == other.refresh_token
}

/// What nobody else has.
pub(super) fn random_id() -> Result<String, StoreError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}
