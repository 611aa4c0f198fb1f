//! A pair of tokens.

use serde::{Deserialize, Serialize};

use crate::wire::{Blank, Decode as _, Essential, Exposed, Int, Optional, Plain, Text};
use crate::{Address, Error, Secret};

/// A pair of tokens, and what came with it.
///
/// Both are replaced by every refresh: only the newest pair is of any use. It serializes with the tokens in it, for a
/// [`TokenStore`](super::TokenStore) to keep.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::Tokens;
///
/// let tokens = Tokens::new("example.bitrix24.com", "access token", "refresh token")?
///     .server("https://oauth.bitrix24.tech/rest/");
/// assert_eq!(tokens.portal()?.host(), "example.bitrix24.com");
/// # Ok::<(), sonet_async::Error>(())
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
    /// What proves that an event comes from the portal: [`Delivery::verify`](crate::Delivery::verify). An installation
    /// that the token server has confirmed brings it ([`Installation`](super::Installation)), and every later
    /// pair in the same store keeps it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "Optional::<Exposed, Blank>::serialize",
        deserialize_with = "Optional::<Plain, Blank>::decode"
    )]
    pub application_token: Option<Secret>,
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
            application_token: None,
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

    /// The texts that no error may show.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        let pair = [&self.access_token, &self.refresh_token];
        pair.into_iter().chain(&self.application_token)
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

    /// Takes the application token of another pair of the same portal, where this one came without.
    pub(crate) fn inherit(&mut self, before: &Self) {
        if self.application_token.is_none() && self.belong_to_one_portal(before) {
            self.application_token.clone_from(&before.application_token);
        }
    }

    fn belong_to_one_portal(&self, other: &Self) -> bool {
        match (&self.member_id, &other.member_id) {
            (Some(one), Some(other)) => one == other,
            _ => self.client_endpoint == other.client_endpoint,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(member_id: Option<&str>, application_token: Option<&str>) -> Tokens {
        let mut tokens = Tokens::new("portal.example.com", "access", "refresh").unwrap();
        tokens.member_id = member_id.map(str::to_owned);
        tokens.application_token = application_token.map(Secret::from);
        tokens
    }

    #[test]
    fn the_application_token_is_kept_with_the_pair() {
        let tokens = pair(Some("m1"), Some("token"));
        let text = serde_json::to_string(&tokens).unwrap();
        assert_eq!(serde_json::from_str::<Tokens>(&text).unwrap(), tokens);
        let without = serde_json::to_string(&pair(Some("m1"), None)).unwrap();
        assert!(!without.contains("application_token"), "{without}");
        let blank = text.replace("\"token\"", "\"\"");
        assert_eq!(
            serde_json::from_str::<Tokens>(&blank).unwrap(),
            pair(Some("m1"), None)
        );
    }

    #[test]
    fn only_a_pair_of_the_same_portal_inherits_the_application_token() {
        let inherited = |mut own: Tokens, before: Tokens| {
            own.inherit(&before);
            own.application_token.map(|token| token.expose().to_owned())
        };
        let before = || pair(Some("m1"), Some("before"));
        assert_eq!(
            inherited(pair(Some("m1"), None), before()).as_deref(),
            Some("before")
        );
        assert_eq!(
            inherited(pair(None, None), before()).as_deref(),
            Some("before")
        );
        assert_eq!(inherited(pair(Some("m2"), None), before()), None);
        assert_eq!(
            inherited(pair(Some("m1"), Some("own")), before()).as_deref(),
            Some("own")
        );
    }
}
