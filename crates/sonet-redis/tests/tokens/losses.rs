//! What a server loses, or can't take.

use std::time::Duration;

use sonet_core::TokenStore as _;

use crate::support::RedisServer;
use crate::{COUNTERS_KEY, TOKENS_KEY, pair, store};

#[test]
fn tokens_that_are_evicted_are_missed() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let knowing = store(&server);
    knowing.save(&pair(0)).unwrap();
    server.ask::<()>(&["DEL", TOKENS_KEY]);
    let error = store(&server).load().unwrap_err().to_string();
    assert!(error.contains("noeviction"), "{error}");
    // Who has seen them puts them back.
    assert_eq!(knowing.load().unwrap(), Some(pair(0)));
    assert_eq!(store(&server).load().unwrap(), Some(pair(0)));
}

#[test]
fn only_who_has_seen_the_newest_pair_puts_it_back() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (behind, newest) = (store(&server), store(&server));
    behind.save(&pair(0)).unwrap();
    newest.replace(&pair(0), &pair(1)).unwrap();
    server.ask::<()>(&["DEL", TOKENS_KEY]);
    behind.load().unwrap_err();
    assert_eq!(newest.load().unwrap(), Some(pair(1)));
    assert_eq!(behind.load().unwrap(), Some(pair(1)));
}

#[test]
fn a_server_that_has_lost_everything_gets_the_newest_pair_at_last() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (behind, newest) = (store(&server), store(&server));
    behind.save(&pair(0)).unwrap();
    newest.replace(&pair(0), &pair(1)).unwrap();
    newest.replace(&pair(1), &pair(2)).unwrap();
    server.ask::<()>(&["FLUSHALL"]);
    assert_eq!(store(&server).load().unwrap(), None);
    assert_eq!(behind.load().unwrap(), Some(pair(0)));
    assert_eq!(newest.load().unwrap(), Some(pair(2)));
    assert_eq!(behind.load().unwrap(), Some(pair(2)));
    // A refresh that was under way saves what it got.
    server.ask::<()>(&["FLUSHALL"]);
    newest.replace(&pair(2), &pair(3)).unwrap();
    assert_eq!(behind.load().unwrap(), Some(pair(3)));
}

#[test]
fn an_older_pair_that_is_put_back_first_does_not_count_as_the_newest() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (behind, newest) = (store(&server), store(&server));
    behind.save(&pair(0)).unwrap();
    newest.replace(&pair(0), &pair(1)).unwrap();
    server.ask::<()>(&["FLUSHALL"]);
    assert_eq!(behind.load().unwrap(), Some(pair(0)));
    assert_eq!(newest.load().unwrap(), Some(pair(1)));
    assert_eq!(behind.load().unwrap(), Some(pair(1)));
    newest.replace(&pair(1), &pair(2)).unwrap();
    assert_eq!(behind.load().unwrap(), Some(pair(2)));
}

#[test]
fn a_server_that_falls_back_is_told_the_newest_pair_but_no_older_installation() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let newest = store(&server);
    newest.save(&pair(0)).unwrap();
    let keys = [TOKENS_KEY, COUNTERS_KEY];
    let fields = keys.map(|key| server.ask::<Vec<String>>(&["HGETALL", key]));
    let fall_back = || {
        for (key, fields) in keys.iter().zip(&fields) {
            server.ask::<()>(&["DEL", key]);
            let mut command = vec!["HSET", key];
            command.extend(fields.iter().map(String::as_str));
            server.ask::<()>(&command);
        }
    };
    newest.replace(&pair(0), &pair(1)).unwrap();
    fall_back();
    assert_eq!(store(&server).load().unwrap(), Some(pair(0)));
    assert_eq!(newest.load().unwrap(), Some(pair(1)));
    newest.replace(&pair(1), &pair(2)).unwrap();
    fall_back();
    newest.replace(&pair(2), &pair(3)).unwrap();
    assert_eq!(store(&server).load().unwrap(), Some(pair(3)));
    fall_back();
    store(&server).save(&pair(10)).unwrap();
    assert_eq!(newest.load().unwrap(), Some(pair(10)));
}

#[test]
fn a_server_out_of_memory_costs_no_pair() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let store = store(&server);
    store.save(&pair(0)).unwrap();
    store.lease(Duration::from_secs(90)).unwrap();
    server.run_out_of_memory();
    store.prepare().unwrap_err();
    store.replace(&pair(0), &pair(1)).unwrap();
    assert_eq!(store.load().unwrap(), Some(pair(1)));
    store.release().unwrap();
    store.lease(Duration::from_secs(90)).unwrap_err();
    server.have_memory();
    store.lease(Duration::from_secs(90)).unwrap();
    store.prepare().unwrap();
}
