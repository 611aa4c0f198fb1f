//! Where tokens are kept.

use std::error::Error;
use std::fmt::{self, Debug};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::{StoreError, Tokens};

/// Keeps the pair of tokens of one application on one portal.
///
/// A driver calls it, never the engine, on a thread where blocking is allowed: it may take its time and do I/O.
///
/// Several processes, or machines, may share one. Then [`TokenStore::lease`] lets one of them refresh, and the others
/// find the new pair by [`TokenStore::load`]. Without a lease, two that refresh at the same moment get one new pair: the
/// other one is refused, and looks into the store for as long as the first may still be at it, 45 seconds.
///
/// What a call of the store may take is not bounded; calls of the portal wait for it. Where it takes longer than
/// those 45 seconds, others take what they do not find for lost, until they look again.
///
/// What is in the store is taken for newer than what a client has: after a new installation of the application, save its
/// tokens here, by [`TokenStore::save`], before a client begins with them.
///
/// A store that wraps another one hands on every method, also those with a default.
///
/// A call that panics counts as one that failed. The text of an error is shown, so it should quote no token. The tokens
/// that the client knows are masked in it, and where [`TokenStore::load`] fails, all that stands in double quotes.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::{Lease, StoreError, TokenStore, Tokens};
///
/// /// Keeps the tokens in a database.
/// #[derive(Debug)]
/// struct Database;
///
/// impl TokenStore for Database {
///     fn load(&self) -> Result<Option<Tokens>, StoreError> {
///         let text = "{}"; // SELECT tokens FROM …
///         // The text of serde's own error may quote a token.
///         serde_json::from_str(text).map_err(|error| {
///             let (line, column) = (error.line(), error.column());
///             format!("no tokens can be read, see line {line}, column {column}").into()
///         })
///     }
///
///     fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
///         let text = serde_json::to_string(tokens)?; // UPDATE …
///         Ok(())
///     }
/// }
/// ```
pub trait TokenStore: Debug + Send + Sync + 'static {
    /// The newest pair, if one was saved. Asked before every refresh, since another process may have done it.
    fn load(&self) -> Result<Option<Tokens>, StoreError>;

    /// Keeps a pair, whatever is there: that of a new installation or authorization. It is called before any call uses the
    /// pair. Where it fails, the calls that wait fail, and the next one saves again before it does anything else.
    ///
    /// A store that can tell that the same pair was kept here before, and that a newer one has replaced it since, may
    /// answer [`Superseded`].
    fn save(&self, tokens: &Tokens) -> Result<(), StoreError>;

    /// Keeps the pair that a refresh has brought, in the place of the one that it was got with. That one is of no use any
    /// more, and neither is `new` where a third pair is there: a new installation, or what another process has got since.
    /// A store that many share says so by [`Superseded`] and keeps what it has. Otherwise it is as with
    /// [`TokenStore::save`], which it calls by default. It may be called again with a pair that is there already.
    fn replace(&self, old: &Tokens, new: &Tokens) -> Result<(), StoreError> {
        let _ = old;
        self.save(new)
    }

    /// Makes sure that a new pair can be saved, as far as that can be known: room on a disk, a connection to a database.
    /// It is called before the token server is asked, since its answer makes the old pair useless. Where it fails, the
    /// token server is not asked, and the calls that wait fail. Whether anything is saved then is not certain. By
    /// default there is nothing to do.
    fn prepare(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Asks to be the one who refreshes, for at most `time`. By default there is no such thing: right for a store of one
    /// client.
    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        let _ = time;
        Ok(Lease::Unsupported)
    }

    /// Gives the lease back: the refresh is over, well or not. It does not come from a process that ended in between, so
    /// a lease also ends by its time. Where a refresh is dropped, as with a runtime that is shut down, the next one of the
    /// same client gives its lease back before it asks for one. By default there is nothing to do.
    fn release(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

/// What a store fails with that keeps a newer pair than the one that it was given: the client takes the newer one, and the
/// calls that wait go on with it.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::{StoreError, Superseded};
///
/// let error = StoreError::from(Superseded);
/// assert!(error.is::<Superseded>());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "stores make it")]
pub struct Superseded;

impl fmt::Display for Superseded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is a newer pair of tokens")
    }
}

impl Error for Superseded {}

/// Whether one may refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lease {
    /// Yes, and nobody else may, until it is given back or the time is over.
    Granted,
    /// The same, but the pair that is in the store may be spent: somebody has shown it to the token server, and has saved no
    /// new one. Where it is refused now, the error says that.
    GrantedInDoubt,
    /// Yes, and so may others at any time: the store can't keep them from it.
    Unsupported,
    /// Another one does, and is worth waiting for at most so long: this is asked again then, or sooner.
    Held(Duration),
}

/// Keeps the tokens in memory: for tests, to look at what a client has, or for several clients of one process, each given
/// the same one in an [`Arc`](std::sync::Arc). One of them refreshes at a time.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    tokens: Option<Tokens>,
    /// Until when somebody has the lease.
    leased: Option<Instant>,
}

impl MemoryStore {
    /// A store without tokens.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The newest pair.
    #[must_use]
    pub fn tokens(&self) -> Option<Tokens> {
        self.memory().tokens.clone()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenStore for MemoryStore {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        Ok(self.tokens())
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        self.memory().tokens = Some(tokens.clone());
        Ok(())
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "a driver calls it, as any other store: it is no part of the engine"
    )]
    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        let (mut memory, now) = (self.memory(), Instant::now());
        if let Some(until) = memory.leased.filter(|until| *until > now) {
            return Ok(Lease::Held(until.duration_since(now)));
        }
        memory.leased = now.checked_add(time);
        Ok(Lease::Granted)
    }

    fn release(&self) -> Result<(), StoreError> {
        self.memory().leased = None;
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

    fn replace(&self, old: &Tokens, new: &Tokens) -> Result<(), StoreError> {
        (**self).replace(old, new)
    }

    fn prepare(&self) -> Result<(), StoreError> {
        (**self).prepare()
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        (**self).lease(time)
    }

    fn release(&self) -> Result<(), StoreError> {
        (**self).release()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_the_lease_of_a_store_in_memory_at_a_time() {
        let store = MemoryStore::new();
        let long = Duration::from_secs(90);
        assert_eq!(store.lease(long).unwrap(), Lease::Granted);
        assert!(matches!(store.lease(long).unwrap(), Lease::Held(rest) if rest <= long));
        store.release().unwrap();
        assert_eq!(store.lease(Duration::ZERO).unwrap(), Lease::Granted);
        assert_eq!(
            store.lease(long).unwrap(),
            Lease::Granted,
            "its time is over"
        );
        assert_ne!(store.lease(long).unwrap(), Lease::Granted);
    }
}
