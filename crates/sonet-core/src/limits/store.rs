//! One bucket for several machines.

use std::error::Error;
use std::fmt::Debug;
use std::time::Duration;

use super::Rate;

/// Why a store failed.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// Keeps the count of a portal's requests for several machines that share a source address.
///
/// A driver calls it, never the engine, so it may take its time and do I/O: `sonet-blocking` calls it in the calling
/// thread, `sonet-async` on a thread where blocking is allowed. An error of it, or a panic, ends the call, unsent.
pub trait LimitStore: Debug + Send + Sync + 'static {
    /// Takes a place for one request to a portal (its host, and port if there is one), and says how long to wait before
    /// sending it. Places are given in the order of these calls.
    fn reserve(&self, portal: &str, rate: Rate) -> Result<Duration, StoreError>;

    /// Takes word that the portal refused in spite of it: its count is at the threshold.
    fn refused(&self, portal: &str, rate: Rate) -> Result<(), StoreError>;
}

impl<T: LimitStore + ?Sized> LimitStore for std::sync::Arc<T> {
    fn reserve(&self, portal: &str, rate: Rate) -> Result<Duration, StoreError> {
        (**self).reserve(portal, rate)
    }

    fn refused(&self, portal: &str, rate: Rate) -> Result<(), StoreError> {
        (**self).refused(portal, rate)
    }
}
