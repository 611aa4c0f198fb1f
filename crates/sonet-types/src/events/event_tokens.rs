//! The tokens that come with an event.

use sonet_core::{Error, Tokens};

use super::EventAuth;
use crate::UserId;

/// The pair of tokens that came with an event, to make a client of: `Config::app`.
///
/// Take them of a verified event only: whoever forges one chooses the portal that they are sent to.
///
/// # Errors
///
/// [`Error::is_config`]: something is missing, which the error names.
///
/// - Events of an outgoing webhook, and those that an automation caused, come without tokens.
/// - Most others come with an access token alone. Call with it for an hour: `Config::token`.
/// - [`AppInstalled`](super::Event::AppInstalled) comes with both.
impl TryFrom<EventAuth> for Tokens {
    type Error = Error;

    fn try_from(auth: EventAuth) -> Result<Self, Error> {
        let access_token = auth.access_token.ok_or_else(|| {
            Error::config(
                "the event has no access token: those of an outgoing webhook, and those that an automation caused, come \
                 without; call with tokens that are kept for the portal",
            )
        })?;
        let refresh_token = auth.refresh_token.ok_or_else(|| {
            Error::config(
                "the event has no refresh token; call with its access token alone (`Config::token`), or with tokens that are \
                 kept for the portal",
            )
        })?;
        let portal = auth.client_endpoint.or(auth.domain).ok_or_else(|| {
            Error::config(
                "the event has no address of the portal, neither `client_endpoint` nor `domain`",
            )
        })?;
        let mut tokens = Self::new(&portal, access_token, refresh_token)?;
        tokens.server_endpoint = auth.server_endpoint;
        tokens.member_id = auth.member_id;
        tokens.user_id = auth.user_id.map(UserId::get);
        tokens.scope = auth.scope;
        tokens.expires_in = auth.expires_in;
        tokens.application_token = Some(auth.application_token);
        Ok(tokens)
    }
}
