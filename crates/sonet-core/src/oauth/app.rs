//! The application that a user authorizes.

use form_urlencoded::Serializer;

use crate::{Address, Error, Secret};

/// The token servers that the vendor has. Which one it is depends on the region of the portal's license.
const TOKEN_SERVERS: [&str; 2] = ["oauth.bitrix.info", "oauth.bitrix24.tech"];

/// An application: what identifies it to the token server.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::App;
///
/// let app = App::new("local.1", "secret key");
/// let page = app.authorization_address("example.bitrix24.com", "a random text")?;
/// assert!(page.starts_with("https://example.bitrix24.com/oauth/authorize/?client_id=local.1&"));
/// # Ok::<(), sonet_async::Error>(())
/// ```
///
/// See <https://apidocs.bitrix24.com/settings/oauth/index.html>.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct App {
    client_id: String,
    client_secret: Secret,
    token_server: Option<Address>,
}

impl App {
    /// The application's code (`app.…` or `local.…`) and its secret key.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            token_server: None,
        }
    }

    /// Names the token server, for a portal on premises that has one of its own. By default it is the vendor's that the
    /// portal names, or `https://oauth.bitrix.info`; no other server that an answer names ever gets the secret key.
    pub fn token_server(mut self, address: &str) -> Result<Self, Error> {
        self.token_server = Some(Address::parse_as("token server address", address)?);
        Ok(self)
    }

    /// The application's code.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Where to send a user's browser to authorize the application.
    ///
    /// `state` comes back in the callback unchanged: a random text that is kept with the user's session, and given to
    /// [`Callback::parse`](super::Callback::parse). Where the user comes back to is a setting of the
    /// application. If authorization fails, the portal shows a page of its own, and nobody comes back.
    pub fn authorization_address(&self, portal: &str, state: &str) -> Result<String, Error> {
        if state.is_empty() {
            return Err(Error::config(
                "`state` is empty; without a random text in it, anybody could forge the callback",
            ));
        }
        let portal = Address::parse(portal)?;
        let mut query = Serializer::new(String::new());
        query.append_pair("client_id", &self.client_id);
        query.append_pair("state", state);
        Ok(format!(
            "{}/oauth/authorize/?{}",
            portal.origin(),
            query.finish()
        ))
    }

    pub(crate) fn client_secret(&self) -> &Secret {
        &self.client_secret
    }

    /// The token server: the one that was set, or the vendor's that an answer named.
    pub(super) fn server(&self, named: Option<&str>) -> Result<Address, Error> {
        if let Some(address) = &self.token_server {
            return Ok(address.clone());
        }
        Address::parse(named.and_then(vendors).unwrap_or(TOKEN_SERVERS[0]))
    }

    /// The token server that was set.
    pub(crate) fn own_server(&self) -> Option<&Address> {
        self.token_server.as_ref()
    }

    /// Whether the token server is reached over TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.token_server.as_ref().is_none_or(Address::is_https)
    }
}

/// The vendor's token server that a host, or an address in whichever form, names. What is sent goes to the constant.
fn vendors(named: &str) -> Option<&'static str> {
    let rest = named.trim();
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next()?;
    let mut servers = TOKEN_SERVERS.into_iter();
    servers.find(|server| server.eq_ignore_ascii_case(host))
}

/// Whether a host, or an address, is that of one of the vendor's token servers.
pub(super) fn is_vendors(named: &str) -> bool {
    vendors(named).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_authorization() {
        let app = App::new("app.1", "canary");
        let address = app.authorization_address("example.bitrix24.com", "a&b");
        assert_eq!(
            address.unwrap(),
            "https://example.bitrix24.com/oauth/authorize/?client_id=app.1&state=a%26b"
        );
        assert!(
            app.authorization_address("example.bitrix24.com", "")
                .is_err()
        );
        assert!(!format!("{app:?}").contains("canary"));
    }

    #[test]
    fn only_a_known_server_gets_the_secret_key() {
        let app = App::new("app.1", "secret");
        let server = |app: &App, named| app.server(named).unwrap().to_string();
        assert_eq!(server(&app, None), "https://oauth.bitrix.info");
        assert_eq!(
            server(&app, Some("OAUTH.bitrix24.tech")),
            "https://oauth.bitrix24.tech"
        );
        assert_eq!(
            server(&app, Some("oauth.bitrix.info.example.com")),
            "https://oauth.bitrix.info"
        );
        for written in [
            "http://oauth.bitrix24.tech/rest/",
            "https://oauth.bitrix24.tech:443",
            " https://oauth.bitrix24.tech ",
        ] {
            let expected = "https://oauth.bitrix24.tech";
            assert_eq!(server(&app, Some(written)), expected, "{written}");
        }
        for forged in [
            "https://oauth.bitrix24.tech@example.com/",
            "https://example.com/oauth.bitrix24.tech",
            "https://oauth.bitrix24.tech.example.com",
        ] {
            let expected = "https://oauth.bitrix.info";
            assert_eq!(server(&app, Some(forged)), expected, "{forged}");
        }
        let own = app.token_server("https://auth.example.com").unwrap();
        assert_eq!(
            server(&own, Some("oauth.bitrix.info")),
            "https://auth.example.com"
        );
    }
}
