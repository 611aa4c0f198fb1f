//! The lease, as one of its holders sees it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sonet_core::{Lease, StoreError};

use super::keys::Keys;
use super::{COUNTERS_LIFE, millis, scripts};
use crate::Redis;

/// How much longer the server keeps a lease than its holder counts on it, as a part of its time: 5 seconds of 90. The holder
/// begins to count when the answer is there, which is later; what it takes for its own must not be another's by then.
const MARGIN: u32 = 18;

/// How soon one looks again whether another process is done with its refresh.
const LOOK: Duration = Duration::from_millis(250);

/// Who asks for the lease: all clients that share one store.
#[derive(Debug)]
pub(super) struct Holder {
    /// What no other has: the number alone would be another's again on a server that has lost its counters.
    owner: String,
    /// What is held, or was, as it stands in the server. It is locked while the server is asked, so that nobody takes the
    /// lease for lost whose answer is under way.
    held: Mutex<Option<String>>,
}

impl Holder {
    pub(super) fn new(id: &str) -> Self {
        Self {
            owner: format!("{id}:"),
            held: Mutex::default(),
        }
    }

    pub(super) fn lease(
        &self,
        redis: &Redis,
        keys: &Keys,
        time: Duration,
    ) -> Result<Lease, StoreError> {
        let mut held = self.held();
        let mut call = Redis::call(&scripts::LEASE, &[&keys.lease, &keys.counters]);
        call.arg(&self.owner)
            .arg(held.as_deref().unwrap_or_default())
            .arg(millis(time.saturating_add(time / MARGIN)))
            .arg(millis(COUNTERS_LIFE));
        let (number, rest, in_doubt): (u64, i64, bool) = redis.run(&call)?;
        if number == 0 {
            let rest = Duration::from_millis(rest.try_into().unwrap_or_default());
            return Ok(Lease::Held(rest.min(LOOK)));
        }
        *held = Some(format!("{}{number}", self.owner));
        Ok(if in_doubt {
            Lease::GrantedInDoubt
        } else {
            Lease::Granted
        })
    }

    /// Makes sure that the lease is still held, if one was, and that the server takes writes.
    pub(super) fn prepare(&self, redis: &Redis, keys: &Keys) -> Result<(), StoreError> {
        let mut held = self.held();
        let mut call = Redis::call(&scripts::PREPARE, &[&keys.lease, &keys.counters]);
        call.arg(held.as_deref().unwrap_or_default())
            .arg(millis(COUNTERS_LIFE));
        let is_ready: bool = redis.run(&call)?;
        if is_ready {
            return Ok(());
        }
        *held = None;
        Err(
            "the lease is gone: this process was stopped for too long, or the server lost it; call again"
                .into(),
        )
    }

    /// Gives the lease back, if it was not another's in the meantime.
    pub(super) fn release(&self, redis: &Redis, keys: &Keys) -> Result<(), StoreError> {
        let mut held = self.held();
        // Whether or not the server hears of it: what this process does not count on any more, it may lease again.
        let Some(own) = held.take() else {
            return Ok(());
        };
        redis.run::<u64>(Redis::call(&scripts::RELEASE, &[&keys.lease]).arg(own))?;
        Ok(())
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
