//! What is saved beside users and groups: who may come in, and who wants to know.

use crate::domain::events::Handlers;
use crate::rest::credentials::SecretsSnapshot;
use crate::rest::interface::Rest;
use crate::rest::oauth::Grants;
use serde::{Deserialize, Serialize};

/// Applications, secrets, and the handlers of events.
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    secrets: SecretsSnapshot,
    grants: Grants,
    handlers: Handlers,
}

impl Rest {
    /// Copies what is saved.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            secrets: self.credentials.snapshot(),
            grants: self.grants.clone(),
            handlers: self.handlers.clone(),
        }
    }

    /// Restores what was saved.
    pub(crate) fn restore(&mut self, snapshot: Snapshot) {
        self.credentials.restore(snapshot.secrets);
        self.grants = snapshot.grants;
        self.handlers = snapshot.handlers;
    }
}
