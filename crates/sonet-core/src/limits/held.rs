//! A place that a store has given.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use super::{LimitPlace, LimitStore, Rate};

/// A place that a store has given. One that is dropped before its request leaves is given back, wherever that happens: with
/// a call that nobody waits for any more, or on the thread of a store that answers it.
pub(crate) struct HeldPlace {
    store: Arc<dyn LimitStore>,
    portal: String,
    rate: Rate,
    place: LimitPlace,
    has_left: bool,
}

impl HeldPlace {
    pub(crate) fn new(
        store: Arc<dyn LimitStore>,
        portal: String,
        rate: Rate,
        place: LimitPlace,
    ) -> Self {
        Self {
            store,
            portal,
            rate,
            place,
            has_left: false,
        }
    }

    /// How long to wait before its request is sent, from when the store answered.
    pub(crate) fn after(&self) -> Duration {
        self.place.after()
    }

    /// Whether its request has left.
    pub(crate) fn has_left(&self) -> bool {
        self.has_left
    }

    /// Notes that its request leaves.
    pub(crate) fn leave(&mut self) {
        self.has_left = true;
    }

    /// Notes that its request is over, or gives the place back.
    pub(crate) fn end(self) {
        if self.has_left {
            self.tell(|store, portal| store.ended(portal, self.rate, &self.place));
        }
    }

    /// A store is a user's code. What panics here would take others' calls along.
    fn tell(&self, tell: impl FnOnce(&dyn LimitStore, &str)) {
        let _ = catch_unwind(AssertUnwindSafe(|| tell(&*self.store, &self.portal)));
    }
}

impl Drop for HeldPlace {
    fn drop(&mut self) {
        if !self.has_left {
            self.tell(|store, portal| store.give_back(portal, self.rate, &self.place));
        }
    }
}

impl fmt::Debug for HeldPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HeldPlace").field(&self.place).finish()
    }
}
