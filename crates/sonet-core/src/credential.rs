//! Who calls.

use crate::address::Webhook;
use crate::caller::Caller;
use crate::oauth::Authorized;
use crate::{Address, Secret};

/// Who calls.
#[derive(Debug, Clone)]
pub(crate) enum Credential {
    /// An incoming webhook.
    Webhook(Webhook),
    /// An access token, sent as `auth`.
    Token(Secret),
    /// An application, with tokens that are refreshed.
    App(Box<Authorized>),
}

impl Credential {
    /// Whom the server counts operating time for.
    pub(crate) fn caller(&self) -> Caller {
        match self {
            Self::Webhook(webhook) => Caller::Webhook(webhook.secret.clone()),
            Self::Token(token) => Caller::Token(token.clone()),
            Self::App(app) => Caller::App(app.client_id().to_owned()),
        }
    }

    /// The user whose rights calls have, as far as it is known.
    pub(crate) fn user(&self) -> Option<i64> {
        match self {
            Self::Webhook(webhook) => Some(webhook.user.into()),
            Self::Token(_) => None,
            Self::App(app) => app.user(),
        }
    }

    /// What the next request is made with, as far as it is there.
    pub(crate) fn secret(&self) -> Option<Secret> {
        match self {
            Self::Webhook(webhook) => Some(webhook.secret.clone()),
            Self::Token(token) => Some(token.clone()),
            Self::App(app) => app.access_token(),
        }
    }

    /// The token server of a user's own, where one was set up.
    pub(crate) fn token_server(&self) -> Option<&Address> {
        match self {
            Self::App(app) => app.app().own_server(),
            Self::Webhook(_) | Self::Token(_) => None,
        }
    }
}
