//! A portal that has another address now.

use serde_json::{Value, json};
use sonet_core::{Config, Executed, Method as _, Rate, Raw};
use sonet_types::sonet_group::Create;

use super::caller::Caller;
use super::secrets::{assert_shows_nothing, assert_tells_nothing};
use super::world::World;

/// Moves the portal from `127.0.0.1` to `localhost`, and returns its new address.
fn move_away(world: &World) -> String {
    let new = world.server().url().replace("127.0.0.1", "localhost");
    world.rule(|rules| rules.moved_to = Some(new.clone()));
    new
}

fn config(world: &World) -> Config {
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    config.rate(Rate::UNLIMITED)
}

fn a_write_follows_the_portal_with_the_same_body_and_runs_once<C: Caller>(world: &World) {
    let client = C::new(config(world).allow_redirect_to("localhost").unwrap()).unwrap();
    let old = client.address();
    let new = move_away(world);
    let group = client.call(&Create::new("Rust").description("Ёж")).unwrap();
    assert_eq!(world.executed(Create::NAME), 1);
    assert_eq!(world.group(group).description, "Ёж");
    let log = world.server().log();
    let statuses: Vec<u16> = log.iter().map(|entry| entry.status).collect();
    assert_eq!(statuses, [302, 200]);
    assert_eq!(log[0].params, log[1].params);
    assert_eq!((&log[0].verb, &log[0].path), (&log[1].verb, &log[1].path));
    assert_eq!(
        log[1].params,
        json!({ "NAME": "Rust", "DESCRIPTION": "Ёж" })
    );

    assert_eq!(client.address().to_string(), new, "it is remembered");
    assert_ne!(client.address(), old);
    client.call(&Create::new("Again")).unwrap();
    assert_eq!(world.requests().len(), 3, "and asked for at once");
    let metrics = client.metrics();
    assert_eq!(
        (metrics.redirects, metrics.retries, metrics.succeeded),
        (1, 1, 2)
    );
    assert_shows_nothing(world, &client);
    assert_shows_nothing(world, &metrics);
}

fn calls_that_meet_the_move_together_all_follow<C: Caller>(world: &World) {
    let client = C::new(config(world).allow_redirect_to("localhost").unwrap()).unwrap();
    let new = move_away(world);
    let calls: Vec<Create> = (0..10).map(|n| Create::new(format!("Group {n}"))).collect();
    for outcome in client.call_together(&calls) {
        outcome.unwrap();
    }
    assert_eq!(world.executed(Create::NAME), 10);
    assert_eq!(client.address().to_string(), new);
}

fn a_client_follows_nowhere_unless_it_may<C: Caller>(world: &World) {
    let client = C::new(config(world)).unwrap();
    let old = client.address();
    move_away(world);
    let read = Raw::new("sonet_group.get", Value::Null).read_only();
    let outcomes = [
        client.call(&Create::new("Rust")).map(|_| ()),
        client.call(&read).map(|_| ()),
    ];
    for (n, outcome) in outcomes.into_iter().enumerate() {
        let error = outcome.unwrap_err();
        assert_eq!(error.moved_to(), Some("localhost"));
        assert_eq!(
            (error.executed(), error.attempts()),
            (Executed::No, 1),
            "{n}"
        );
        assert!(error.to_string().contains("allow_redirect_to"), "{error}");
        assert_tells_nothing(world, &error);
    }
    assert_eq!(world.requests().len(), 2);
    assert_eq!(world.executed_in_all(), 0);
    assert_eq!(client.address(), old);
}

on_both_clients_and_over_transports! {
    a_write_follows_the_portal_with_the_same_body_and_runs_once,
    calls_that_meet_the_move_together_all_follow,
    a_client_follows_nowhere_unless_it_may,
}
