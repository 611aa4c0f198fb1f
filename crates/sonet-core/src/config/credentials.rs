//! Who calls, and of which portal.

use std::sync::Arc;

use super::Config;
use crate::credential::Credential;
use crate::oauth::Authorized;
use crate::{Address, App, Callback, Error, Installation, Secret, TokenStore, Tokens};

impl Config {
    /// Calls through an incoming webhook: `https://example.bitrix24.com/rest/1/secret/`.
    ///
    /// The address is a password: it is checked here, and no error shows it. A portal on premises may have its methods under
    /// another path, `https://portal.example.com/b24/rest/1/secret/`, and a name in any alphabet. Over http, a client can only
    /// be made for this machine and where [`Config::allow_http`] says so.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: it is not such an address, or its secret has fewer than 4 characters. A text as short as that
    /// could not be masked in errors without masking half of what they say; webhooks of the vendor have 16 and more.
    ///
    /// See <https://apidocs.bitrix24.com/local-integrations/local-webhooks.html>.
    pub fn webhook(address: &str) -> Result<Self, Error> {
        let (address, webhook) = Address::parse_webhook(address)?;
        Ok(Self::new(address, Credential::Webhook(webhook)))
    }

    /// Calls with an access token, as long as it lasts. The portal is a host, or an address up to `/rest/`:
    /// `https://portal.example.com/b24/rest/`.
    ///
    /// See <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/authorization.html>.
    pub fn token(portal: &str, token: impl Into<Secret>) -> Result<Self, Error> {
        let token = token.into();
        if token.expose().is_empty() {
            return Err(Error::config("access token: it is empty"));
        }
        Ok(Self::new(
            Address::parse_any(portal)?,
            Credential::Token(token),
        ))
    }

    /// Calls as an application, with tokens that are refreshed when the server says that they have expired, once for all
    /// calls that wait.
    ///
    /// The portal is the one that the tokens belong to. Every refresh replaces both tokens, so keep them by
    /// [`Config::token_store`]. Two clients that are made of the same pair, and not cloned, take it away from each other,
    /// unless they share a store.
    ///
    /// A refresh that has been sent ends in a new pair whether or not anybody waits for it. So it goes on, on a thread of its
    /// own, where the call that began it is given up. What ends the process before the new pair is saved loses it, and a
    /// user has to authorize the application again: let the client's `close` wait at the end of a program.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use std::sync::Arc;
    ///
    /// use sonet_async::{App, Config, MemoryStore, Tokens};
    ///
    /// let tokens = Tokens::new("example.bitrix24.com", "access token", "refresh token")?;
    /// let store = Arc::new(MemoryStore::new());
    /// let config = Config::app(App::new("local.1", "secret key"), tokens)?.token_store(store);
    /// # Ok::<(), sonet_async::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: a token is empty, or the portal's address is wrong.
    ///
    /// See <https://apidocs.bitrix24.com/settings/oauth/auto-renewal.html>.
    pub fn app(app: App, tokens: Tokens) -> Result<Self, Error> {
        tokens.check()?;
        let portal = tokens.portal()?;
        let authorized = Authorized::with_tokens(app, tokens);
        Ok(Self::new(portal, Credential::App(Box::new(authorized))))
    }

    /// Calls as an application that a user has just authorized.
    ///
    /// The first call gets the tokens; the code in the callback lives for 30 seconds. Keep the tokens by
    /// [`Config::token_store`].
    ///
    /// The portal's address comes from the token server then, since a browser may say anything; the callback's is used
    /// where the token server names none that can be used.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use sonet_async::{App, Callback, Config};
    ///
    /// let address = "https://app.example.com/back?code=c0de&state=kept&domain=example.bitrix24.com";
    /// let callback = Callback::parse(address, "kept")?;
    /// let config = Config::authorized(App::new("local.1", "secret key"), callback);
    /// # Ok::<(), sonet_async::Error>(())
    /// ```
    ///
    /// See <https://apidocs.bitrix24.com/settings/oauth/index.html>.
    pub fn authorized(app: App, callback: Callback) -> Self {
        let portal = callback.portal.clone();
        let authorized = Authorized::with_code(app, callback);
        Self::new(portal, Credential::App(Box::new(authorized)))
    }

    /// Calls as an application that an event says to be installed.
    ///
    /// The first call asks the token server whether that is so, and gets the tokens; nothing is sent to the portal before.
    /// [`Installation`] says what that proves, and has an example.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: the portal's address is wrong. A call fails with [`Error::needs_authorization`] if the
    /// installation is forged.
    ///
    /// See <https://apidocs.bitrix24.com/api-reference/common/events/on-app-install.html>.
    pub fn installed(app: App, installation: Installation) -> Result<Self, Error> {
        let portal = installation.tokens.portal()?;
        let authorized = Authorized::with_installation(app, installation);
        Ok(Self::new(portal, Credential::App(Box::new(authorized))))
    }

    /// Keeps the tokens of an application. Default: in memory only, where the next start of the program does not find them.
    ///
    /// The pair that the client begins with is not saved: it comes from the store, or has to be saved there first.
    ///
    /// A pair in the store is taken for newer than the client's own as soon as that has expired. See [`TokenStore`].
    ///
    /// It has no effect on other clients: a webhook and a token of its own are never replaced.
    pub fn token_store(mut self, store: impl TokenStore) -> Self {
        if let Credential::App(app) = &mut self.credential {
            app.set_store(Arc::new(store));
        }
        self
    }
}
