//! What of the portal outlives it: its data, and what applications and handlers were given.

use crate::domain::state::{Changes, State};
use crate::portal::Portal;
use crate::rest::snapshot::Snapshot;

impl Portal {
    /// What has changed in the data since it was as in an earlier copy.
    pub(crate) fn changes_since(&self, saved: &State) -> Changes {
        self.state.changes_since(saved)
    }

    /// Copies who may come in, and who wants to know of events.
    pub(crate) fn access_snapshot(&self) -> Snapshot {
        self.rest.snapshot()
    }

    /// Restores the data, and who may come in if that was saved.
    pub(crate) fn restore(&mut self, state: State, access: Option<Snapshot>) {
        self.state = state;
        if let Some(access) = access {
            self.rest.restore(access);
        }
    }
}
