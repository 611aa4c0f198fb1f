//! What a portal keeps beside users and groups: who may come in, and who wants to know.

use crate::auth::KeptSecrets;
use crate::events::Handlers;
use crate::oauth::Grants;
use crate::portal::Portal;
use serde::{Deserialize, Serialize};

/// Applications, secrets, and the handlers of events.
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    secrets: KeptSecrets,
    grants: Grants,
    handlers: Handlers,
}

impl Portal {
    /// A copy of what is kept.
    pub(crate) fn kept(&self) -> Kept {
        Kept {
            secrets: self.credentials.kept(),
            grants: self.grants.clone(),
            handlers: self.handlers.clone(),
        }
    }

    /// Takes over what was kept.
    pub(crate) fn restore(&mut self, kept: Kept) {
        self.credentials.restore(kept.secrets);
        self.grants = kept.grants;
        self.handlers = kept.handlers;
    }
}
