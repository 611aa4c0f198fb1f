//! Where tokens are kept.

use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::{StoreError, Tokens};

/// Keeps the pair of tokens of one application on one portal.
///
/// A driver calls it, never the engine, so it may take its time and do I/O: `sonet-blocking` calls it in the calling
/// thread, `sonet-async` on a thread where blocking is allowed.
///
/// Several processes, or machines, may share one. Then [`TokenStore::lease`] lets one of them refresh, and the others
/// find the new pair by [`TokenStore::load`].
pub trait TokenStore: Debug + Send + Sync + 'static {
    /// The newest pair, if one was saved. Asked before every refresh, since another process may have done it.
    fn load(&self) -> Result<Option<Tokens>, StoreError>;

    /// Keeps a new pair. It is called before any call uses the pair, and the old one is of no use any more. Where it
    /// fails, the calls that wait fail, and the next one saves again before it does anything else.
    fn save(&self, tokens: &Tokens) -> Result<(), StoreError>;

    /// Asks to be the one who refreshes, for at most `time`. By default everybody is: right for a store of one process.
    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        let _ = time;
        Ok(Lease::Granted)
    }
}

/// Whether one may refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lease {
    /// Yes, until the pair is saved or the time is over.
    Granted,
    /// Another one does, and is worth waiting for at most so long.
    Held(Duration),
}

/// Keeps the tokens in memory: for tests, or to look at what a client has.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Option<Tokens>>);

impl MemoryStore {
    /// A store without tokens.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The newest pair.
    #[must_use]
    pub fn tokens(&self) -> Option<Tokens> {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.clone()
    }
}

impl TokenStore for MemoryStore {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        Ok(self.tokens())
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(tokens.clone());
        Ok(())
    }
}

impl<T: TokenStore + ?Sized> TokenStore for std::sync::Arc<T> {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        (**self).load()
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        (**self).save(tokens)
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        (**self).lease(time)
    }
}
