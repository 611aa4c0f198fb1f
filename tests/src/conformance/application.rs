//! An application that users of a portal let in.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::SystemTime;

use sonet_core::{App, Callback, Config, MemoryStore, Rate, TokenStore as _, Tokens};
use sonet_types::UserId;

use super::world::{World, number};

/// An installed application, whose token server is the portal's own.
pub(super) struct Application<'w> {
    world: &'w World,
    app: sonet_portal::App,
}

impl<'w> Application<'w> {
    pub(super) fn of(world: &'w World) -> Self {
        let back = Some("https://app.example/back");
        let scopes = ["sonet_group", "socialnetwork"];
        let app = world.server().with(|portal| portal.add_app(back, &scopes));
        Self { world, app }
    }

    pub(super) fn client_secret(&self) -> &str {
        &self.app.client_secret
    }

    pub(super) fn app(&self) -> App {
        App::new(&self.app.client_id, self.client_secret())
            .token_server(&self.world.server().url())
            .unwrap()
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut sonet_portal::App)) {
        let client_id = &self.app.client_id;
        self.world
            .server()
            .with(|portal| change(portal.app_mut(client_id).unwrap()));
    }

    /// A pair of tokens of a user.
    pub(super) fn tokens(&self, user: UserId) -> Tokens {
        let (client_id, now) = (&self.app.client_id, SystemTime::now());
        let pair = self
            .world
            .server()
            .with(|portal| portal.issue_tokens(client_id, number(user), now))
            .unwrap();
        Tokens::new(
            &self.world.server().url(),
            pair.access_token,
            pair.refresh_token,
        )
        .unwrap()
    }

    /// The administrator's pair, whose access token has expired.
    pub(super) fn expired(&self) -> Tokens {
        let tokens = self.tokens(self.world.admin());
        self.expire(&tokens);
        tokens
    }

    pub(super) fn expire(&self, tokens: &Tokens) {
        let token = tokens.access_token.expose();
        assert!(
            self.world
                .server()
                .with(|portal| portal.expire_token(token))
        );
    }

    /// A client's settings with a pair of tokens.
    pub(super) fn config(&self, tokens: Tokens) -> Config {
        let config = Config::app(self.app(), tokens).unwrap();
        config.rate(Rate::UNLIMITED)
    }

    /// The same with a store in memory.
    pub(super) fn stored(&self, tokens: Tokens) -> (Config, Arc<MemoryStore>) {
        let store = Arc::new(MemoryStore::new());
        store.save(&tokens).unwrap();
        let config = self.config(tokens).token_store(Arc::clone(&store));
        (config, store)
    }

    /// Lets a user's browser go through the page; the address that it comes back to.
    pub(super) fn let_in(&self, user: UserId, state: &str) -> String {
        let server = self.world.server();
        server.with(|portal| portal.rules_mut().browser_user = number(user));
        let page = self
            .app()
            .authorization_address(&server.url(), state)
            .unwrap();
        let path = page.strip_prefix(&server.url()).unwrap();
        let mut browser = TcpStream::connect(server.address()).unwrap();
        let host = server.address();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        browser.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        browser.read_to_string(&mut answer).unwrap();
        let header = answer.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("location").then_some(value)
        });
        header.unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// A client's settings after a user has let the application in.
    pub(super) fn authorized(&self, user: UserId) -> (Config, Arc<MemoryStore>) {
        let callback = Callback::parse(&self.let_in(user, "a&b"), "a&b").unwrap();
        let store = Arc::new(MemoryStore::new());
        let config = Config::authorized(self.app(), callback)
            .rate(Rate::UNLIMITED)
            .token_store(Arc::clone(&store));
        (config, store)
    }

    /// How many refreshes the token server granted, and how many it refused.
    pub(super) fn refreshes(&self) -> (u64, u64) {
        let count = |portal: &mut sonet_portal::Portal| {
            (portal.tokens_refreshed(), portal.refreshes_refused())
        };
        self.world.server().with(count)
    }
}
