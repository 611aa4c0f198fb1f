//! A portal and a server, as a witness sees them who takes part in nothing.

use std::time::{Duration, SystemTime};

use sonet_core::{TokenStore as _, Tokens};
use sonet_portal::{App, Fault, Portal, Server};
use sonet_redis::{Redis, RedisTokens};

use super::worker::Orders;
use crate::support::RedisServer;

pub(super) struct Witness {
    redis: RedisServer,
    portal: Server,
    app: App,
}

impl Witness {
    /// A portal, and an application that a user has authorized. `None` where there is no server.
    pub(super) fn new() -> Option<Self> {
        let redis = RedisServer::start()?;
        let portal = Portal::builder().start().unwrap();
        let app = portal.with(|portal| portal.add_app(None, &["sonet_group", "socialnetwork"]));
        let witness = Self { redis, portal, app };
        witness.authorize();
        Some(witness)
    }

    pub(super) fn orders(&self, is_async: bool) -> Orders {
        Orders {
            is_async,
            redis: self.redis.url(),
            portal: self.portal.url(),
            client_id: self.app.client_id.clone(),
            client_secret: self.app.client_secret.clone(),
            lease: 90_000,
            slowness: [0; 3],
        }
    }

    /// A user authorizes the application.
    pub(super) fn authorize(&self) -> Tokens {
        let pair = self.portal.with(|portal| {
            let admin = portal.users().find(|user| user.admin).unwrap().id;
            portal.issue_tokens(&self.app.client_id, admin, SystemTime::now())
        });
        let pair = pair.unwrap();
        let tokens = Tokens::new(&self.portal.url(), pair.access_token, pair.refresh_token);
        let tokens = tokens.unwrap();
        self.store().save(&tokens).unwrap();
        tokens
    }

    fn store(&self) -> RedisTokens {
        let redis = Redis::open(&self.redis.url()).unwrap();
        RedisTokens::new(redis, &self.portal.url(), &self.app.client_id).unwrap()
    }

    /// The pair that is in the server.
    pub(super) fn tokens(&self) -> Tokens {
        self.store().load().unwrap().expect("tokens are there")
    }

    /// Lets the access token expire.
    pub(super) fn expire(&self) -> Tokens {
        let tokens = self.tokens();
        let access = tokens.access_token.expose();
        assert!(self.portal.with(|portal| portal.expire_token(access)));
        tokens
    }

    /// The lease that somebody has.
    pub(super) fn lease(&self) -> Option<(String, String)> {
        let keys: Vec<String> = self.redis.ask(&["KEYS", "*:lease"]);
        let key = keys.into_iter().next()?;
        let lease: Option<String> = self.redis.ask(&["GET", &key]);
        Some((key, lease?))
    }

    /// Lets the time of a lease be over, if it is still there.
    pub(super) fn end_lease(&self, lease: Option<&(String, String)>) {
        if let Some((key, _)) = lease.filter(|_| self.lease().as_ref() == lease) {
            self.redis.ask::<()>(&["DEL", key]);
        }
    }

    /// How often the token server has given a pair, and refused to, for a refresh token.
    pub(super) fn refreshes(&self) -> (u64, u64) {
        self.portal
            .with(|portal| (portal.tokens_refreshed(), portal.refreshes_refused()))
    }

    /// Lets the token server's answers take their time, a moment for each byte.
    pub(super) fn slow_down(&self, moment: Duration) {
        let faults = self.portal.faults();
        faults.clear();
        faults.on("oauth/token").after(Fault::Slow(moment));
    }
}
