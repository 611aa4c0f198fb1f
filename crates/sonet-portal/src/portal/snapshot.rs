//! What a portal keeps beside users and groups: who may come in, and who wants to know.

use crate::portal::Portal;
use crate::rest::credentials::SecretsSnapshot;
use crate::rest::events::Handlers;
use crate::rest::oauth::Grants;
use serde::{Deserialize, Serialize};

/// Applications, secrets, and the handlers of events.
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    secrets: SecretsSnapshot,
    grants: Grants,
    handlers: Handlers,
}

impl Portal {
    /// A copy of what is kept.
    pub(crate) fn kept(&self) -> Snapshot {
        Snapshot {
            secrets: self.credentials.kept(),
            grants: self.grants.clone(),
            handlers: self.handlers.clone(),
        }
    }

    /// Takes over what was kept.
    pub(crate) fn restore(&mut self, kept: Snapshot) {
        self.credentials.restore(kept.secrets);
        self.grants = kept.grants;
        self.handlers = kept.handlers;
    }
}
