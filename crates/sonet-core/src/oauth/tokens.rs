//! A pair of tokens.

use serde::{Deserialize, Serialize};

use crate::wire::{Blank, Decode as _, Essential, Exposed, Int, Optional, Text};
use crate::{Address, Error, Secret};

/// A pair of tokens, and what came with it.
///
/// Both are replaced by every refresh: only the newest pair is of any use. It serializes with the tokens in it, for a
/// [`super::TokenStore`] to keep.
///
/// ```
/// use sonet_core::Tokens;
///
/// let tokens = Tokens::new("example.bitrix24.com", "access token", "refresh token")?
///     .server("https://oauth.bitrix24.tech/rest/");
/// assert_eq!(tokens.portal()?.host(), "example.bitrix24.com");
/// # Ok::<(), sonet_core::Error>(())
/// ```
///
/// See <https://apidocs.bitrix24.com/settings/oauth/auto-renewal.html>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tokens {
    /// What calls are made with, for an hour.
    #[serde(serialize_with = "Essential::<Exposed>::serialize")]
    pub access_token: Secret,
    /// What the next pair is got with, once, within 180 days.
    #[serde(serialize_with = "Essential::<Exposed>::serialize")]
    pub refresh_token: Secret,
    /// Where the portal's methods are: `https://example.bitrix24.com/rest/`.
    pub client_endpoint: String,
    /// Where the token server is: `https://oauth.bitrix.info/rest/`.
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    pub server_endpoint: Option<String>,
    /// Identifies the portal, whatever its address is.
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    pub member_id: Option<String>,
    /// The user that calls are made as.
    #[serde(default, deserialize_with = "Optional::<Int, Blank>::decode")]
    pub user_id: Option<i64>,
    /// The scopes that the application has, separated by commas.
    #[serde(default, deserialize_with = "Optional::<Text, Blank>::decode")]
    pub scope: Option<String>,
    /// How long the access token lives, in seconds, from when it was given. For information: a refresh follows the
    /// server's word that the token has expired, and no clock.
    #[serde(default, deserialize_with = "Optional::<Int, Blank>::decode")]
    pub expires_in: Option<i64>,
}

impl Tokens {
    /// A pair of tokens of a portal, such as an installation brings.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: a token is empty, or the portal's address is wrong.
    pub fn new(
        portal: &str,
        access_token: impl Into<Secret>,
        refresh_token: impl Into<Secret>,
    ) -> Result<Self, Error> {
        let tokens = Self {
            access_token: access_token.into(),
            refresh_token: refresh_token.into(),
            client_endpoint: Address::parse_any(portal)?.endpoint(),
            server_endpoint: None,
            member_id: None,
            user_id: None,
            scope: None,
            expires_in: None,
        };
        tokens.check()?;
        Ok(tokens)
    }

    /// Names the token server, as an installation does in `SERVER_ENDPOINT`.
    #[must_use]
    pub fn server(mut self, endpoint: impl Into<String>) -> Self {
        self.server_endpoint = Some(endpoint.into());
        self
    }

    /// The portal.
    pub fn portal(&self) -> Result<Address, Error> {
        Address::parse_any(&self.client_endpoint)
    }

    /// Whether this is another pair, and has both tokens.
    pub(crate) fn is_other_than(&self, other: &Self) -> bool {
        !self.access_token.expose().is_empty()
            && !self.refresh_token.expose().is_empty()
            && (&self.access_token, &self.refresh_token)
                != (&other.access_token, &other.refresh_token)
    }

    /// Whether these can be the same user's of the same portal, as far as is known.
    pub(crate) fn belong_with(&self, other: &Self) -> bool {
        fn agree<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        agree(self.member_id.as_ref(), other.member_id.as_ref())
            && agree(self.user_id.as_ref(), other.user_id.as_ref())
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.access_token.expose().is_empty() {
            return Err(Error::config("access token: it is empty"));
        }
        if self.refresh_token.expose().is_empty() {
            return Err(Error::config(
                "refresh token: it is empty; without one, make a client with the access token alone (`Config::token`)",
            ));
        }
        self.portal().map(drop)
    }
}
