//! The store over a real Postgres, where the machine has one.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod server;

use std::thread;
use std::time::Duration;

use sonet_async::sonet_group::Get;
use sonet_async::{Config, Lease, Superseded, TokenStore as _, Tokens};
use sonet_portal::Portal;

use super::authorize;
use super::pg_tokens::PgTokens;
use server::PgServer;

const TIME: Duration = Duration::from_secs(30);

fn pair(name: &str) -> Tokens {
    Tokens::new("example.bitrix24.com", name, format!("{name}-refresh")).unwrap()
}

#[test]
fn one_has_the_lease_at_a_time() {
    let Some(server) = PgServer::shared() else {
        return;
    };
    let connect = |name| PgTokens::connect(server.config(), name).unwrap();
    let (one, two, other) = (connect("one"), connect("one"), connect("other"));
    assert_eq!(one.load().unwrap(), None);
    assert_eq!(one.lease(TIME).unwrap(), Lease::Granted);
    assert!(matches!(two.lease(TIME).unwrap(), Lease::Held(rest) if rest <= TIME));
    assert_eq!(other.lease(TIME).unwrap(), Lease::Granted, "another pair");
    one.prepare().unwrap();
    one.save(&pair("first")).unwrap();
    // It is not the one that has the lease.
    two.release().unwrap();
    assert_ne!(two.lease(TIME).unwrap(), Lease::Granted);
    one.release().unwrap();
    assert_eq!(two.load().unwrap(), Some(pair("first")));
    assert_eq!(two.lease(TIME).unwrap(), Lease::Granted);
}

#[test]
fn who_sleeps_through_the_lease_overwrites_nothing() {
    let Some(server) = PgServer::shared() else {
        return;
    };
    let connect = || PgTokens::connect(server.config(), "slow").unwrap();
    let (slow, quick) = (connect(), connect());
    slow.save(&pair("first")).unwrap();
    let moment = Duration::from_millis(100);
    assert_eq!(slow.lease(moment).unwrap(), Lease::Granted);
    slow.prepare().unwrap();
    thread::sleep(2 * moment);
    assert_eq!(quick.lease(TIME).unwrap(), Lease::GrantedInDoubt);
    quick.replace(&pair("first"), &pair("new")).unwrap();
    let again = quick.replace(&pair("first"), &pair("new"));
    again.unwrap();
    let error = slow.replace(&pair("first"), &pair("old")).unwrap_err();
    assert!(error.is::<Superseded>(), "{error}");
    slow.release().unwrap();
    assert_eq!(quick.load().unwrap(), Some(pair("new")));
    quick.prepare().unwrap();
    assert!(matches!(slow.lease(TIME).unwrap(), Lease::Held(_)));
    quick.release().unwrap();
    assert_eq!(
        slow.lease(TIME).unwrap(),
        Lease::GrantedInDoubt,
        "nothing was saved since the token server was asked"
    );
    slow.save(&pair("saved")).unwrap();
    slow.release().unwrap();
    assert_eq!(
        quick.lease(TIME).unwrap(),
        Lease::Granted,
        "no doubt is left"
    );
}

#[test]
fn who_sleeps_through_the_lease_asks_for_no_tokens() {
    let Some(server) = PgServer::shared() else {
        return;
    };
    let connect = || PgTokens::connect(server.config(), "sleeper").unwrap();
    let (sleeper, other) = (connect(), connect());
    let moment = Duration::from_millis(100);
    assert_eq!(sleeper.lease(moment).unwrap(), Lease::Granted);
    thread::sleep(2 * moment);
    assert_eq!(other.lease(TIME).unwrap(), Lease::Granted);
    let error = sleeper.prepare().unwrap_err().to_string();
    assert!(error.contains("lease"), "{error}");
    other.prepare().unwrap();
    // Without a lease, as for a code that a user has brought, there is nothing to have lost.
    sleeper.prepare().unwrap();
}

#[test]
fn a_connection_that_breaks_is_made_again() {
    let Some(mut server) = PgServer::start() else {
        return;
    };
    let store = PgTokens::connect(server.config(), "one").unwrap();
    store.save(&pair("first")).unwrap();
    server.stop();
    store.load().unwrap_err();
    server.run();
    assert_eq!(store.load().unwrap(), Some(pair("first")));
}

/// Clients of both kinds meet an expired token at once, each with a store of its own.
#[test]
fn one_of_many_clients_refreshes() {
    let Some(server) = PgServer::shared() else {
        return;
    };
    let portal = Portal::builder().start().unwrap();
    let (app, tokens) = authorize(&portal).unwrap();
    let connect = || PgTokens::connect(server.config(), "app").unwrap();
    connect().save(&tokens).unwrap();
    for round in 1..=5 {
        let newest = connect().load().unwrap().unwrap();
        let config = || {
            let config = Config::app(app.clone(), newest.clone()).unwrap();
            config.token_store(connect())
        };
        portal.with(|portal| portal.expire_token(newest.access_token.expose()));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let client = sonet_blocking::Client::new(config()).unwrap();
                    let _ = client.call(&Get::new()).unwrap();
                });
                scope.spawn(|| {
                    let config = config();
                    let runtime = tokio::runtime::Builder::new_current_thread();
                    let runtime = { runtime }.enable_all().build().unwrap();
                    runtime.block_on(async {
                        let client = sonet_async::Client::new(config).unwrap();
                        let _ = client.call(&Get::new()).await.unwrap();
                    });
                });
            }
        });
        let counts = portal.with(|portal| (portal.tokens_refreshed(), portal.refreshes_refused()));
        assert_eq!(counts, (round, 0));
    }
}
