//! Calls of stores, which may block.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::limits::HeldPlace;
use crate::{Lease, StoreError, Tokens};

/// A call of a store, to be run on a thread that may block.
#[must_use]
pub struct StoreCall(Box<dyn FnOnce() -> Stored + Send>);

impl StoreCall {
    pub(crate) fn new(call: impl FnOnce() -> Stored + Send + 'static) -> Self {
        Self(Box::new(call))
    }

    /// Calls the store, and blocks as long as it takes. A store that panics is one that failed: what it was called for
    /// belongs to other calls too, which must not be lost with this thread.
    #[must_use]
    pub fn run(self) -> Stored {
        let outcome = catch_unwind(AssertUnwindSafe(self.0));
        outcome.unwrap_or_else(|_| Stored::failed("it panicked"))
    }
}

impl fmt::Debug for StoreCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreCall").finish_non_exhaustive()
    }
}

/// What a store answered.
#[derive(Debug)]
pub struct Stored(pub(crate) StoreAnswer);

#[derive(Debug)]
pub(crate) enum StoreAnswer {
    Done(Result<(), StoreError>),
    Lease(Result<Lease, StoreError>),
    Tokens(Result<Option<Box<Tokens>>, StoreError>),
    Prepared(Result<(), StoreError>),
    Reserved(Result<Reserved, StoreError>),
}

/// What a store of limits answers to a call that asks for a place.
#[derive(Debug)]
pub(crate) enum Reserved {
    Place(HeldPlace),
    /// These methods pause for so long.
    Paused(Vec<(String, Duration)>),
}

impl Stored {
    /// The store could not be called, or did not come back.
    #[must_use]
    pub fn failed(error: impl Into<StoreError>) -> Self {
        Self(StoreAnswer::Done(Err(error.into())))
    }
}
