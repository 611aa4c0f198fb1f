//! What the calls of one client share.

use std::time::Duration;

use http::HeaderValue;

use crate::{Address, Config, Error, Secret};

/// Who calls.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Credential {
    /// An incoming webhook: the user whose rights it has, and its secret.
    Webhook {
        /// The user's number.
        user: u32,
        /// The part of the address that is a password.
        secret: Secret,
    },
    /// An access token, sent as `auth`.
    Token(Secret),
}

impl Credential {
    /// The text that must not be shown.
    pub(crate) fn secret(&self) -> &Secret {
        match self {
            Self::Webhook { secret, .. } | Self::Token(secret) => secret,
        }
    }
}

/// What the calls of one client share: where to, as whom, and within which bounds.
///
/// A driver keeps one per client and lends it to each [`crate::Exchange`] for a moment.
#[derive(Debug)]
pub struct Session {
    pub(crate) address: Address,
    pub(crate) credential: Credential,
    pub(crate) user_agent: String,
    pub(crate) answer_timeout: Duration,
    pub(crate) body_limit: u64,
}

impl Session {
    /// Begins with what a client was set up with.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: a setting can't be sent.
    pub fn new(config: &Config) -> Result<Self, Error> {
        if HeaderValue::from_str(&config.user_agent).is_err() {
            return Err(Error::config(
                "`Config::user_agent` has a character that no header can have; give it in ASCII, like my-integration/1.0",
            ));
        }
        Ok(Self {
            address: config.address.clone(),
            credential: config.credential.clone(),
            user_agent: config.user_agent.clone(),
            answer_timeout: config.answer_timeout,
            body_limit: config.body_limit,
        })
    }
}
