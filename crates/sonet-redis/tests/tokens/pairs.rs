//! Which pair replaces which.

use std::thread;
use std::time::Duration;

use sonet_core::{Superseded, TokenStore as _};

use crate::support::{Proxy, RedisServer, Way};
use crate::{COUNTERS_KEY, TOKENS_KEY, pair, store, store_at};

#[test]
fn a_pair_replaces_the_one_that_it_was_got_with() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (one, other) = (store(&server), store(&server));
    assert_eq!(one.load().unwrap(), None);
    one.save(&pair(0)).unwrap();
    assert_eq!(other.load().unwrap(), Some(pair(0)));
    other.replace(&pair(0), &pair(1)).unwrap();
    other.replace(&pair(0), &pair(1)).unwrap();
    assert_eq!(one.load().unwrap(), Some(pair(1)));
    assert_eq!(server.ask::<u64>(&["HGET", TOKENS_KEY, "generation"]), 2);
}

#[test]
fn a_pair_of_a_process_that_slept_replaces_no_newer_one() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (sleeper, other) = (store(&server), store(&server));
    sleeper.save(&pair(0)).unwrap();
    other.save(&pair(10)).unwrap();
    let error = sleeper.replace(&pair(0), &pair(1)).unwrap_err();
    assert!(error.is::<Superseded>(), "{error}");
    assert_eq!(sleeper.load().unwrap(), Some(pair(10)));
}

#[test]
fn the_first_refresh_saves_a_pair_that_was_never_there() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    store(&server).replace(&pair(0), &pair(1)).unwrap();
    assert_eq!(store(&server).load().unwrap(), Some(pair(1)));
}

#[test]
fn a_new_installation_replaces_whatever_is_there() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let store = store(&server);
    store.save(&pair(0)).unwrap();
    store.save(&pair(10)).unwrap();
    assert_eq!(store.load().unwrap(), Some(pair(10)));
    server.ask::<()>(&["HSET", TOKENS_KEY, "pair", r#"{"access_token":["canary"]}"#]);
    let error = store.load().unwrap_err().to_string();
    assert!(error.contains(TOKENS_KEY), "{error}");
    assert!(
        error.contains("damaged") && !error.contains("canary"),
        "{error}"
    );
    store.replace(&pair(10), &pair(11)).unwrap_err();
    store.save(&pair(20)).unwrap();
    assert_eq!(store.load().unwrap(), Some(pair(20)));
}

#[test]
fn an_answer_that_gets_lost_saves_nothing_twice() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let proxy = Proxy::to(server.port());
    let (slow, other) = (store_at(&proxy.url()), store(&server));
    // From now on, the server knows the scripts.
    slow.save(&pair(0)).unwrap();
    let lost = (1..20).map(|round| 100 * round).find(|first| {
        proxy.set(Way::Slow(Duration::from_millis(100)));
        let is_lost = thread::scope(|scope| {
            let save = scope.spawn(|| slow.save(&pair(*first)).is_err());
            // What is there has been read, and the pair is on its way.
            thread::sleep(Duration::from_millis(250));
            proxy.set(Way::AnswersLost);
            save.join().unwrap()
        });
        proxy.set(Way::Open);
        is_lost && other.load().unwrap() == Some(pair(*first))
    });
    let first = lost.expect("no answer was lost in time");
    slow.save(&pair(first)).unwrap();
    slow.save(&pair(first)).unwrap();
    assert_eq!(other.load().unwrap(), Some(pair(first)));
    other.replace(&pair(first), &pair(first + 1)).unwrap();
    other.replace(&pair(first + 1), &pair(first + 2)).unwrap();
    let late = slow.save(&pair(first)).unwrap_err();
    assert!(late.is::<Superseded>(), "{late}");
    let late = slow.replace(&pair(first), &pair(first + 1)).unwrap_err();
    assert!(late.is::<Superseded>(), "{late}");
    assert_eq!(slow.load().unwrap(), Some(pair(first + 2)));
}

#[test]
fn of_many_that_save_at_once_one_is_first() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let first = store(&server);
    first.save(&pair(0)).unwrap();
    let threads: Vec<_> = (1..=8)
        .map(|number| {
            let own = store(&server);
            thread::spawn(move || own.replace(&pair(0), &pair(number)).is_ok())
        })
        .collect();
    let saved = threads.into_iter().map(|thread| thread.join().unwrap());
    assert_eq!(saved.filter(|saved| *saved).count(), 1);
    assert_eq!(server.ask::<u64>(&["HGET", COUNTERS_KEY, "generation"]), 2);
    assert_ne!(first.load().unwrap(), Some(pair(0)));
}

#[test]
fn keys_end_by_themselves() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let store = store(&server);
    store.save(&pair(0)).unwrap();
    let rest = |key| server.ask::<i64>(&["TTL", key]);
    let days = |days: i64| days * 24 * 60 * 60;
    assert!((days(179)..=days(180)).contains(&rest(TOKENS_KEY)));
    assert!((days(359)..=days(360)).contains(&rest(COUNTERS_KEY)));
    server.ask::<()>(&["EXPIRE", TOKENS_KEY, "100"]);
    store.replace(&pair(0), &pair(1)).unwrap();
    assert!(rest(TOKENS_KEY) >= days(179));
}

#[test]
fn nothing_secret_is_shown() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let store = store(&server);
    store.save(&pair(0)).unwrap();
    let shown = format!("{store:?}");
    assert!(
        shown.contains(TOKENS_KEY) && !shown.contains("access-0"),
        "{shown}"
    );
}
