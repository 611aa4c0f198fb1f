//! What the event of an installation claims.

use std::fmt;

use serde::Deserialize;

use super::Tokens;
use crate::wire::{Blank, Decode as _, Int, Optional, Text};
use crate::{Delivery, DeliveryError, Secret};

/// The events that bring an application token.
const NAMES: [&str; 2] = ["ONAPPINSTALL", "ONAPPUPDATE"];

/// An installation of the application, as the event `ONAPPINSTALL` tells of it, or that of a new version of it
/// (`ONAPPUPDATE`): a claim, which the token server confirms.
///
/// An update may bring another application token than the one that is kept. Then that one does not verify it, nor any later
/// event.
///
/// Such an event brings the application token, by which all later ones are verified, so there is nothing to verify it by,
/// and anyone who knows the handler's address can send one. Whoever kept the token of a forged one would take the sender's
/// events for the portal's: `ONAPPUNINSTALL`, for one. And whoever asked the address in the event whether its access token
/// is good would ask the sender's own server.
///
/// So nothing of it can be read but [`Installation::member_id`]. [`Config::installed`](crate::Config::installed) makes a
/// client whose first call shows the refresh token to the token server, together with the application's secret key. The
/// server is the vendor's, or the one of [`App::token_server`](super::App::token_server), whatever the event says. Its
/// answer proves that a user of the portal has let the application in, and says which portal that is. If it is another
/// one, or the token is no good, the call fails with [`Error::needs_authorization`](crate::Error::needs_authorization), and
/// nothing is saved. If it is the same, the new pair is saved with the application token in it:
/// [`Tokens::application_token`].
///
/// What it does **not** prove is that the user may install applications: one who has merely opened the application has a
/// refresh token, too, and could make the portal's events look forged by sending another application token. So ask the
/// portal whether the user is an administrator before anything is kept:
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use std::sync::Arc;
/// use sonet_async::{App, Config, Delivery, DeliveryError, Installation, MemoryStore};
///
/// fn install(body: &[u8], app: App) -> Result<(), Box<dyn std::error::Error>> {
///     let installation = Installation::parse(&Delivery::parse(body)?)?;
///     let proven = Arc::new(MemoryStore::new());
///     let config = Config::installed(app, installation)?.token_store(proven.clone());
///     // Make a client of it, and call `profile`. Where that says `ADMIN`, save `proven.tokens()` for the portal.
///     Ok(())
/// }
/// ```
///
/// The refresh token is good for one use. An event that comes twice, or whose answer was lost, is refused like a forged one;
/// then a user has to install or authorize the application again.
///
/// See <https://apidocs.bitrix24.com/api-reference/events/safe-event-handlers.html>.
#[derive(Clone)]
pub struct Installation {
    /// With the application token.
    pub(crate) tokens: Tokens,
    member_id: String,
}

impl Installation {
    /// Reads the claim.
    ///
    /// # Errors
    ///
    /// - [`DeliveryError::is_malformed`]: it is another event.
    /// - [`DeliveryError::is_decode`]: it lacks something that an installation brings, which the error names.
    pub fn parse(delivery: &Delivery) -> Result<Self, DeliveryError> {
        if !NAMES.contains(&delivery.event()) {
            return Err(DeliveryError::malformed(
                None,
                "it is neither ONAPPINSTALL nor ONAPPUPDATE; verify any other event with the application token",
            ));
        }
        let Claim { auth } = delivery.without_verification()?;
        let missing = |name: &str| DeliveryError::missing(&format!("auth.{name}"));
        let text = |text: Option<String>, name| text.ok_or_else(|| missing(name));
        let secret =
            |text: Option<String>, name| text.map(Secret::new).ok_or_else(|| missing(name));
        let member_id = text(auth.member_id, "member_id")?;
        let tokens = Tokens {
            access_token: secret(auth.access_token, "access_token")?,
            refresh_token: secret(auth.refresh_token, "refresh_token")?,
            client_endpoint: text(auth.client_endpoint.or(auth.domain), "client_endpoint")?,
            server_endpoint: auth.server_endpoint,
            member_id: Some(member_id.clone()),
            user_id: auth.user_id,
            scope: auth.scope,
            expires_in: auth.expires_in,
            application_token: Some(secret(auth.application_token, "application_token")?),
        };
        Ok(Self { tokens, member_id })
    }

    /// The portal that it claims to come from: a hint, for instance to find out whether it is known already, until a call
    /// has succeeded. Then it is certain.
    #[must_use]
    pub fn member_id(&self) -> &str {
        &self.member_id
    }
}

/// Shows the portal that it claims to come from.
impl fmt::Debug for Installation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Installation")
            .field("member_id", &self.member_id)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Claim {
    auth: ClaimAuth,
}

#[derive(Deserialize)]
struct ClaimAuth {
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    access_token: Option<String>,
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    refresh_token: Option<String>,
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    application_token: Option<String>,
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    member_id: Option<String>,
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    domain: Option<String>,
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    client_endpoint: Option<String>,
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    server_endpoint: Option<String>,
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    scope: Option<String>,
    #[serde(default, deserialize_with = "Optional::<Int, Blank>::decode")]
    user_id: Option<i64>,
    #[serde(default, deserialize_with = "Optional::<Int, Blank>::decode")]
    expires_in: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "event=ONAPPINSTALL&data[VERSION]=1&ts=1696527000&auth[access_token]=canary-access\
        &auth[refresh_token]=canary-refresh&auth[expires_in]=3600&auth[scope]=sonet_group&auth[domain]=portal.example.com\
        &auth[server_endpoint]=https://oauth.bitrix.info/rest/&auth[client_endpoint]=https://portal.example.com/rest/\
        &auth[member_id]=m1&auth[application_token]=canary-application";

    fn parse(body: &str) -> Result<Installation, DeliveryError> {
        Installation::parse(&Delivery::parse(body).unwrap())
    }

    #[test]
    fn a_claim_shows_nothing_but_its_portal() {
        let claim = parse(BODY).unwrap();
        assert_eq!(claim.member_id(), "m1");
        assert_eq!(
            format!("{claim:?}"),
            r#"Installation { member_id: "m1", .. }"#
        );
        let tokens = claim.tokens;
        assert_eq!(tokens.client_endpoint, "https://portal.example.com/rest/");
        let secrets: Vec<_> = tokens.secrets().map(Secret::expose).collect();
        assert_eq!(
            secrets,
            ["canary-access", "canary-refresh", "canary-application"]
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        for name in [
            "access_token",
            "refresh_token",
            "application_token",
            "member_id",
        ] {
            let error = parse(&BODY.replace(&format!("[{name}]"), "[other]")).unwrap_err();
            assert!(error.is_decode());
            let shown = error.to_string();
            assert!(shown.contains(&format!("auth.{name}")), "{shown}");
            assert!(!shown.contains("canary"), "{shown}");
        }
        // The host alone is an address, too.
        assert!(parse(&BODY.replace("[client_endpoint]", "[other]")).is_ok());
    }

    #[test]
    fn an_update_is_confirmed_like_an_installation() {
        let claim = parse(&BODY.replace("ONAPPINSTALL", "ONAPPUPDATE")).unwrap();
        let token = claim.tokens.application_token.unwrap();
        assert_eq!(
            (&*claim.member_id, token.expose()),
            ("m1", "canary-application")
        );
    }

    #[test]
    fn no_other_event_is_an_installation() {
        let error = parse(&BODY.replace("ONAPPINSTALL", "ONAPPUNINSTALL")).unwrap_err();
        assert!(error.is_malformed());
        assert!(
            error.to_string().contains("neither ONAPPINSTALL"),
            "{error}"
        );
    }
}
