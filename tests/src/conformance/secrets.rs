//! No secret gets out: not by `Debug`, not by `Display`, not by what an error came from.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use serde_json::json;
use sonet_core::{
    Attempt, Config, Error, Executed, LimitStore, Limits, Rate, Raw, RetryPolicy, StoreError,
    Verdict,
};
use sonet_portal::Fault;
use sonet_types::UserId;
use sonet_types::sonet_group::{Create, Get};

use super::caller::Caller;
use super::canned::Canned;
use super::world::{World, user_id};

/// Checks that a value shows none of the portal's secrets.
pub(super) fn assert_shows_nothing(world: &World, value: &impl Debug) {
    check(world, &format!("{value:?}\n{value:#?}"));
}

/// Checks that an error tells none of the portal's secrets.
pub(super) fn assert_tells_nothing(world: &World, error: &Error) {
    check(world, &told(error));
}

/// Checks that a text has none of the portal's secrets.
pub(super) fn check(world: &World, shown: &str) {
    for user in world.users() {
        for secret in secrets(world, user_id(user.id)) {
            assert!(
                !shown.contains(&secret),
                "a secret of user {} got out",
                user.id
            );
        }
    }
}

/// All that an error tells.
pub(super) fn told(error: &Error) -> String {
    let (api, excerpt, path) = (error.api(), error.excerpt(), error.path());
    let mut told = vec![
        format!("{error}\n{error:#}\n{error:?}\n{error:#?}"),
        format!("{api:?}\n{api:#?}\n{excerpt:?}\n{path:?}"),
        format!("{:?}\n{:?}", error.headers(), error.request_id()),
    ];
    told.extend(api.map(ToString::to_string));
    let mut source = error.source();
    while let Some(error) = source {
        told.push(format!("{error}\n{error:?}"));
        source = error.source();
    }
    told.join("\n")
}

fn secrets(world: &World, user: UserId) -> [String; 2] {
    let webhook = world.webhook(user);
    let secret = webhook.trim_end_matches('/').rsplit('/').next().unwrap();
    assert!(secret.len() > 10, "this is no secret");
    [secret.to_owned(), world.token(user)]
}

fn a_config_and_a_client_show_nothing<C: Caller>(world: &World) {
    let (webhook, token) = (world.webhook(world.admin()), world.token(world.admin()));
    let portal = world.server().url();
    assert_shows_nothing(world, &Config::webhook(&webhook).unwrap());
    assert_shows_nothing(world, &Config::token(&portal, token.as_str()).unwrap());
    for client in [
        C::webhook(&webhook).unwrap(),
        C::token(&portal, &token).unwrap(),
    ] {
        assert_shows_nothing(world, &client);
        assert!(format!("{client:?}").contains("127.0.0.1"), "{client:?}");
    }
}

fn a_portal_that_is_gone_is_told_without_its_secret<C: Caller>(world: &World) {
    let with_webhook: C = world.admin_client();
    let token = world.token(world.admin());
    let with_token = C::token(&world.server().url(), &token).unwrap();
    world.server().shutdown();
    for client in [with_webhook, with_token] {
        let error = client.call(&Create::new("Rust")).unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert_eq!(error.executed(), Executed::No);
        assert_tells_nothing(world, &error);
    }
}

/// What servers before a portal like to do: they tell the whole request.
pub(super) fn parrot(request: &str) -> String {
    format!("<h1>Bad Gateway</h1><pre>{request}</pre>")
}

/// The same so far into the text that a cut after 240 bytes would go through the secret.
fn parrot_after_a_banner(request: &str) -> String {
    format!("{}{request}", "-".repeat(220))
}

/// What a portal might do: it tells the address where a name should be.
fn parrot_in_json(request: &str) -> String {
    json!({ "result": [{ "ID": request }] }).to_string()
}

pub(super) fn parrot_in_an_error(request: &str) -> String {
    json!({ "error": "", "error_description": format!("Wrong request: {request}") }).to_string()
}

fn an_answer_that_repeats_the_request_is_quoted_without_its_secret<C: Caller>(_: &World) {
    let (secret, token) = ("canary7webhook", "canary7token");
    for (status, script, read) in [
        (502, parrot as fn(&str) -> String, false),
        (200, parrot, false),
        (502, parrot_after_a_banner, false),
        (200, parrot_in_json, true),
        (400, parrot_in_an_error, false),
    ] {
        let server = Canned::answering(status, script);
        for client in [
            C::webhook(&server.webhook(secret)).unwrap(),
            C::token(&server.url(), token).unwrap(),
        ] {
            let error = client.call(&Get::new()).unwrap_err();
            let told = told(&error);
            assert!(!told.contains("canary7"), "{told}");
            assert_eq!(error.executed() == Executed::Yes, read, "{error:?}");
        }
    }
}

fn a_refused_call_by_name_shows_nothing<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    for call in [
        Raw::new("no.such.method", json!({})),
        Raw::new("sonet_group.get", json!([])),
        Raw::new("", json!({})),
    ] {
        assert_tells_nothing(world, &client.call(&call).unwrap_err());
    }
}

/// Tells all that it is given in its panic.
#[derive(Debug)]
struct Panics;

impl RetryPolicy for Panics {
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
        panic!("{attempt:?} {attempt:#?} {}", attempt.error);
    }
}

fn a_policy_that_panics_has_nothing_to_tell<C: Caller>(world: &World) {
    let limits = Limits::new(Rate::STANDARD);
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config.limits(limits).retry(Panics)).unwrap();
    let faults = world.server().faults();
    faults.on("*").nth(1).before(Fault::QueryLimit);
    let call = AssertUnwindSafe(|| client.call(&Create::new("Rust")));
    let panic = catch_unwind(call).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.contains("QUERY_LIMIT_EXCEEDED"), "{text}");
    check(world, text);
    let metrics = client.metrics();
    assert_eq!(
        (metrics.in_flight, metrics.waiting),
        (0, 0),
        "it holds up nobody"
    );
    client.call(&Create::new("Rust")).unwrap();
}

/// A store that tells all that it knows when it fails.
#[derive(Debug)]
struct Chatty;

impl LimitStore for Chatty {
    fn reserve(&self, portal: &str, _: Rate) -> Result<Duration, StoreError> {
        Err(format!("no place at {portal} for canary7webhook, canary7token").into())
    }

    fn refused(&self, _: &str, _: Rate) -> Result<(), StoreError> {
        Ok(())
    }
}

fn a_store_that_fails_tells_no_secret<C: Caller>(world: &World) {
    let portal = world.server().url();
    let webhook = format!("{portal}/rest/1/canary7webhook/");
    for (config, secret) in [
        (Config::webhook(&webhook), "canary7webhook"),
        (Config::token(&portal, "canary7token"), "canary7token"),
    ] {
        let limits = Limits::stored(Rate::STANDARD, Chatty);
        let client = C::new(config.unwrap().limits(limits)).unwrap();
        let error = client.call(&Create::new("Rust")).unwrap_err();
        assert!(error.is_store() && error.to_string().contains("no place"));
        assert_eq!((error.executed(), error.attempts()), (Executed::No, 0));
        assert!(!told(&error).contains(secret), "{error:?}");
    }
    assert_eq!(world.requests().len(), 0);
}

on_both_clients! {
    a_config_and_a_client_show_nothing,
    a_portal_that_is_gone_is_told_without_its_secret,
    an_answer_that_repeats_the_request_is_quoted_without_its_secret,
    a_refused_call_by_name_shows_nothing,
    a_policy_that_panics_has_nothing_to_tell,
    a_store_that_fails_tells_no_secret,
}
