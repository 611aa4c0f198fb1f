//! Tokens that nobody reads without their key.

use sonet_core::TokenStore as _;
use sonet_redis::{Redis, RedisTokens, TokenKey};

use crate::support::RedisServer;
use crate::{PORTAL, TOKENS_KEY, pair, store};

fn key(byte: u8) -> TokenKey {
    TokenKey::new([byte; 32])
}

#[test]
fn what_lies_in_the_server_shows_no_token() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let own = store(&server).encrypted(key(1));
    own.save(&pair(0)).unwrap();
    let kept: Vec<u8> = server.ask(&["HGET", TOKENS_KEY, "pair"]);
    let kept = String::from_utf8_lossy(&kept);
    assert!(
        !kept.contains("access") && !kept.contains("refresh"),
        "{kept}"
    );
    own.replace(&pair(0), &pair(1)).unwrap();
    let other = store(&server).encrypted(key(1));
    assert_eq!(other.load().unwrap(), Some(pair(1)));
}

#[test]
fn a_wrong_key_is_told_and_overwrites_nothing() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    store(&server).encrypted(key(1)).save(&pair(0)).unwrap();
    for (wrong, says) in [
        (store(&server), "RedisTokens::encrypted"),
        (store(&server).encrypted(key(2)), "RedisTokens::also_reads"),
    ] {
        let error = wrong.load().unwrap_err().to_string();
        assert!(
            error.contains(says) && error.contains(TOKENS_KEY),
            "{error}"
        );
        wrong.replace(&pair(0), &pair(1)).unwrap_err();
    }
    let right = store(&server).encrypted(key(1));
    assert_eq!(right.load().unwrap(), Some(pair(0)));
}

#[test]
fn a_key_is_replaced_by_another() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    store(&server).save(&pair(0)).unwrap();
    let strict = store(&server).encrypted(key(1)).load().unwrap_err();
    assert!(
        strict.to_string().contains("also_reads_unencrypted"),
        "{strict}"
    );
    let first = store(&server).encrypted(key(1)).also_reads_unencrypted();
    first.replace(&pair(0), &pair(1)).unwrap();
    let second = store(&server).encrypted(key(2)).also_reads(key(1));
    assert_eq!(second.load().unwrap(), Some(pair(1)));
    second.replace(&pair(1), &pair(2)).unwrap();
    let last = store(&server).encrypted(key(2));
    assert_eq!(last.load().unwrap(), Some(pair(2)));
    first.load().unwrap_err();
}

#[test]
fn tokens_are_of_their_application_only() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    store(&server).encrypted(key(1)).save(&pair(0)).unwrap();
    let redis = Redis::open(&server.url()).unwrap();
    let other = RedisTokens::new(redis, PORTAL, "local.2").unwrap();
    let other = other.encrypted(key(1));
    assert_eq!(other.load().unwrap(), None);
    let other_key = TOKENS_KEY.replace("local.1", "local.2");
    server.ask::<()>(&["COPY", TOKENS_KEY, &other_key]);
    other.load().unwrap_err();
}
