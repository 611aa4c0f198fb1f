//! A client's settings, with what the processes share.

use std::time::Duration;

use sonet_async::{App, Config, Limits, Tokens};

use sonet_redis::{Redis, RedisLimits, RedisTokens};

use crate::orders::{Credential, Orders, Servers};

pub(super) fn config(orders: &Orders) -> Config {
    let config = match &orders.credential {
        Credential::Webhook(address) => Config::webhook(address).unwrap(),
        Credential::App {
            portal,
            client_id,
            client_secret,
            access_token,
            refresh_token,
        } => {
            let app = App::new(client_id, client_secret.as_str());
            let app = app.token_server(portal).unwrap();
            let tokens = Tokens::new(portal, access_token.as_str(), refresh_token.as_str());
            let config = Config::app(app, tokens.unwrap()).unwrap();
            match redis(&orders.servers) {
                Some(redis) => {
                    config.token_store(RedisTokens::new(redis, portal, client_id).unwrap())
                }
                None => config,
            }
        }
    };
    // A simulated portal speaks http, under an address of its own in some tests.
    let host = config.address().host().to_owned();
    let config = config.allow_http(&host).unwrap();
    let limit = orders.operating_limit.map(Duration::from_secs);
    config.operating_limit(limit).limits(limits(orders))
}

fn redis(servers: &Servers) -> Option<Redis> {
    match servers {
        Servers::None => None,
        Servers::One(url) => Some(Redis::open(url).unwrap()),
        Servers::Sentinels { urls, name } => Some(Redis::sentinel(urls, name).unwrap()),
        #[cfg(feature = "cluster")]
        Servers::Cluster(urls) => Some(Redis::cluster(urls).unwrap()),
        #[cfg(not(feature = "cluster"))]
        Servers::Cluster(_) => panic!("it needs the feature `cluster`"),
    }
}

fn limits(orders: &Orders) -> Limits {
    let rate = orders.pace.rate();
    let Some(redis) = redis(&orders.servers) else {
        return Limits::new(rate);
    };
    let mut limits = RedisLimits::new(redis);
    if let Some(scope) = &orders.scope {
        limits = limits.scope(scope);
    }
    if let Some(share) = orders.fallback {
        limits = limits.fallback(share);
    }
    Limits::stored(rate, limits)
}
