//! What a call proves who makes it with: a webhook, or an access token.

use serde::{Deserialize, Serialize};

/// How long an access token lives.
pub(crate) const ACCESS_SECONDS: i64 = 3_600;

/// The scopes of a webhook or a token that isn't limited.
pub(crate) const ALL_SCOPES: [&str; 4] = ["sonet_group", "socialnetwork", "user", "task"];

/// How a call proves who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Webhook,
    Token,
}

/// A secret that stands for a user. It has no `Debug`, so that it can't be printed by accident.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Credential {
    pub(crate) user_id: u64,
    pub(crate) kind: Kind,
    pub(crate) secret: String,
    pub(crate) scopes: Vec<String>,
    /// The application that a token belongs to.
    pub(crate) app: Option<String>,
    /// When a token is worth nothing any more, in Unix seconds.
    pub(crate) expires: Option<i64>,
}

impl Credential {
    /// Whether a scope is granted. The pages call `sonet_group` also `sonet`, so both names count.
    pub(crate) fn grants(&self, scope: &str) -> bool {
        // What every credential has.
        if scope == "basic" {
            return true;
        }
        let alias = if scope == "sonet_group" {
            "sonet"
        } else {
            scope
        };
        self.scopes.iter().any(|own| own == scope || own == alias)
    }

    /// Whom the operating time is counted for.
    pub(crate) fn account(&self) -> Account {
        match &self.app {
            Some(client_id) => Account::App(client_id.clone()),
            None => Account::Webhook(self.secret.clone()),
        }
    }

    /// The application that a token belongs to.
    pub(crate) fn client_id(&self) -> Option<&str> {
        self.app.as_deref()
    }

    /// When a token is worth nothing any more, in Unix seconds; `None` for one that lives on.
    pub(crate) fn expires(&self) -> Option<i64> {
        self.expires
    }

    /// Whether a token's time is over.
    pub(crate) fn has_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| now >= expires)
    }

    /// The word that stands for the credential in texts.
    pub(crate) fn word(&self) -> &'static str {
        match self.kind {
            Kind::Webhook => "webhook",
            Kind::Token => "access",
        }
    }
}

/// Whom the operating time is counted for: one webhook, or an application.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Account {
    Webhook(String),
    App(String),
}
