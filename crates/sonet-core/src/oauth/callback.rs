//! What the user's browser comes back with.

use subtle::ConstantTimeEq as _;

use super::Tokens;
use crate::{Address, Error, Secret};

/// The parameters that an authorization comes back with.
///
/// The code in it lives for 30 seconds and is good for one use: [`Config::authorized`](crate::Config::authorized).
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::Callback;
///
/// let address = "https://app.example.com/back?code=c0de&state=kept&domain=example.bitrix24.com";
/// let callback = Callback::parse(address, "kept")?;
/// assert_eq!(callback.portal.host(), "example.bitrix24.com");
/// assert!(Callback::parse(address, "of another session").is_err());
/// # Ok::<(), sonet_async::Error>(())
/// ```
///
/// See <https://apidocs.bitrix24.com/settings/oauth/index.html>.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Callback {
    /// The portal.
    pub portal: Address,
    /// Identifies the portal, whatever its address is.
    pub member_id: Option<String>,
    /// The scopes that the user granted.
    pub scope: Vec<String>,
    pub(crate) code: Secret,
    pub(crate) server: Option<String>,
    /// What the store has of the same portal: only an installation brings it.
    pub(crate) application_token: Option<Secret>,
}

impl Callback {
    /// Reads the callback's address, or its query, and checks that `state` is the one that was sent.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: `state` is another (the callback is forged, or belongs to another session), or something is
    /// missing. No error shows the code.
    pub fn parse(callback: &str, state: &str) -> Result<Self, Error> {
        let query = callback
            .split_once('?')
            .map_or(callback, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let find = |name: &str| {
            form_urlencoded::parse(query.as_bytes())
                .find(|(key, value)| key == name && !value.is_empty())
                .map(|(_, value)| value.into_owned())
        };
        let missing = |name: &str| {
            Error::config(format!(
                "callback address: it has no `{name}`; pass it whole, as it came from the browser"
            ))
        };
        let returned = find("state").ok_or_else(|| missing("state"))?;
        if state.is_empty() || !bool::from(returned.as_bytes().ct_eq(state.as_bytes())) {
            return Err(Error::config(
                "callback address: its `state` is not the one that was sent; start the authorization again",
            ));
        }
        let domain = find("domain").ok_or_else(|| missing("domain"))?;
        let scope = find("scope").unwrap_or_default();
        Ok(Self {
            portal: Address::parse(&domain).map_err(|error| error.about("callback address"))?,
            member_id: find("member_id"),
            scope: scope
                .split([',', ' '])
                .filter(|scope| !scope.is_empty())
                .map(str::to_owned)
                .collect(),
            code: Secret::new(find("code").ok_or_else(|| missing("code"))?),
            server: find("server_domain"),
            application_token: None,
        })
    }
}

impl Callback {
    /// Takes the application token that is kept for the same portal.
    pub(crate) fn inherit(&mut self, before: Tokens) {
        if self.member_id.is_some() && self.member_id == before.member_id {
            self.application_token = before.application_token;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: &str = "code=canary&state=a%26b&domain=example.bitrix24.com&member_id=m1\
                         &scope=sonet_group%2Csocialnetwork&server_domain=oauth.bitrix.info";

    #[test]
    fn a_callback_as_an_address_and_as_a_query() {
        let address = format!("https://app.example.com/back?{QUERY}#top");
        for text in [QUERY, address.as_str()] {
            let callback = Callback::parse(text, "a&b").unwrap();
            assert_eq!(callback.portal.host(), "example.bitrix24.com");
            assert_eq!(callback.member_id.as_deref(), Some("m1"));
            assert_eq!(callback.scope, ["sonet_group", "socialnetwork"]);
            assert_eq!(callback.code.expose(), "canary");
            assert_eq!(callback.server.as_deref(), Some("oauth.bitrix.info"));
            assert!(!format!("{callback:?}").contains("canary"));
        }
    }

    #[test]
    fn a_wrong_callback_is_refused_and_the_code_not_shown() {
        let cases = [
            (QUERY.to_owned(), "other", "not the one that was sent"),
            (QUERY.to_owned(), "", "not the one that was sent"),
            (QUERY.replace("state=a%26b", "state="), "", "no `state`"),
            (QUERY.replace("code=canary", "code="), "a&b", "no `code`"),
            (QUERY.replace("domain=", "d="), "a&b", "no `domain`"),
            (QUERY.replace("example.", "e@xample."), "a&b", "user name"),
            (String::new(), "a&b", "no `state`"),
        ];
        for (text, state, expected) in cases {
            let error = Callback::parse(&text, state).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
            assert!(!error.contains("canary"), "{error}");
        }
    }
}
