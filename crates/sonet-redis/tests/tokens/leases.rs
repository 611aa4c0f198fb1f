//! Who may refresh.

use std::time::Duration;

use sonet_core::{Lease, TokenStore as _};

use crate::support::{Proxy, RedisServer, Way};
use crate::{COUNTERS_KEY, LEASE_KEY, pair, store, store_at};

const LONG: Duration = Duration::from_secs(90);

#[test]
fn one_has_the_lease_at_a_time_and_gives_back_its_own_only() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (one, other) = (store(&server), store(&server));
    assert_eq!(one.lease(LONG).unwrap(), Lease::Granted);
    let rest: u64 = server.ask(&["PTTL", LEASE_KEY]);
    assert!((90_001..=95_000).contains(&rest), "{rest}");
    for store in [&one, &other] {
        let held = store.lease(LONG).unwrap();
        assert!(
            matches!(held, Lease::Held(rest) if rest <= LONG),
            "{held:?}"
        );
    }
    other.release().unwrap();
    assert!(matches!(other.lease(LONG).unwrap(), Lease::Held(_)));
    one.release().unwrap();
    assert_eq!(other.lease(LONG).unwrap(), Lease::Granted);
    one.release().unwrap();
    assert!(matches!(one.lease(LONG).unwrap(), Lease::Held(_)));
}

#[test]
fn who_slept_through_its_lease_asks_for_no_tokens_and_frees_nothing() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (sleeper, other) = (store(&server), store(&server));
    let short = Duration::from_millis(500);
    assert_eq!(sleeper.lease(short).unwrap(), Lease::Granted);
    sleeper.prepare().unwrap();
    std::thread::sleep(2 * short);
    assert_eq!(other.lease(LONG).unwrap(), Lease::GrantedInDoubt);
    let error = sleeper.prepare().unwrap_err().to_string();
    assert!(error.contains("lease"), "{error}");
    sleeper.release().unwrap();
    other.prepare().unwrap();
    // Without a lease, as for a code that a user has brought, there is nothing to have lost.
    sleeper.prepare().unwrap();
}

#[test]
fn a_lease_after_which_nothing_was_saved_is_in_doubt_until_something_is() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let store = store(&server);
    store.save(&pair(0)).unwrap();
    let lease = || {
        let lease = store.lease(LONG).unwrap();
        store.prepare().unwrap();
        store.release().unwrap();
        lease
    };
    assert_eq!(lease(), Lease::Granted);
    assert_eq!(lease(), Lease::GrantedInDoubt);
    store.replace(&pair(0), &pair(1)).unwrap();
    assert_eq!(lease(), Lease::Granted);
}

#[test]
fn a_lease_whose_answer_got_lost_is_its_askers() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let proxy = Proxy::to(server.port());
    let store = store_at(&proxy.url());
    // From now on, the server knows the script.
    store.lease(LONG).unwrap();
    store.release().unwrap();
    proxy.set(Way::AnswersLost);
    store.lease(LONG).unwrap_err();
    proxy.set(Way::Open);
    assert_eq!(server.ask::<u64>(&["EXISTS", LEASE_KEY]), 1);
    assert_eq!(store.lease(LONG).unwrap(), Lease::Granted);
    store.release().unwrap();
    assert_eq!(server.ask::<u64>(&["EXISTS", LEASE_KEY]), 0);
}

#[test]
fn a_lease_that_could_not_be_given_back_is_its_holders_again() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let proxy = Proxy::to(server.port());
    let store = store_at(&proxy.url());
    assert_eq!(store.lease(LONG).unwrap(), Lease::Granted);
    proxy.set(Way::Closed);
    store.release().unwrap_err();
    proxy.set(Way::Open);
    assert_eq!(server.ask::<u64>(&["EXISTS", LEASE_KEY]), 1);
    assert_eq!(store.lease(LONG).unwrap(), Lease::Granted);
}

#[test]
fn the_number_of_a_lease_that_comes_again_frees_nothing() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (one, other) = (store(&server), store(&server));
    assert_eq!(one.lease(LONG).unwrap(), Lease::Granted);
    // The server loses everything, its numbers too.
    server.ask::<()>(&["DEL", LEASE_KEY, COUNTERS_KEY]);
    assert_eq!(other.lease(LONG).unwrap(), Lease::Granted);
    one.release().unwrap();
    assert_eq!(server.ask::<u64>(&["EXISTS", LEASE_KEY]), 1);
}
