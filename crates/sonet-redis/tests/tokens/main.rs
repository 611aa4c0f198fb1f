//! Tokens that clients, processes and machines share on a real server.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(missing_docs)]

mod campaign;
#[cfg(feature = "encryption")]
mod encryption;
mod leases;
mod losses;
mod pairs;
#[path = "../support/mod.rs"]
mod support;

use sonet_core::Tokens;
use sonet_redis::{Redis, RedisTokens};
use support::RedisServer;

const PORTAL: &str = "example.bitrix24.com";
const APPLICATION: &str = "local.1";

/// The keys of [`store`].
const TOKENS_KEY: &str = "sonet:{example.bitrix24.com}:local.1:tokens";
const LEASE_KEY: &str = "sonet:{example.bitrix24.com}:local.1:lease";
const COUNTERS_KEY: &str = "sonet:{example.bitrix24.com}:local.1:counters";

/// What a process has of the tokens on a server.
fn store(server: &RedisServer) -> RedisTokens {
    store_at(&server.url())
}

fn store_at(url: &str) -> RedisTokens {
    RedisTokens::new(Redis::open(url).unwrap(), PORTAL, APPLICATION).unwrap()
}

fn pair(number: u32) -> Tokens {
    let access = format!("access-{number}");
    Tokens::new(PORTAL, access, format!("refresh-{number}")).unwrap()
}
