//! Refreshes that the token server refuses, or that fail on their way.

use std::time::Duration;

use sonet_core::{Config, Error, Executed};
use sonet_portal::{Fault, Installation};
use sonet_types::sonet_group::{Create, Get};

use crate::conformance::application::Application;
use crate::conformance::caller::Caller;
use crate::conformance::world::World;

fn a_refused_refresh_is_told_and_not_asked_for_again<C: Caller>(world: &World) {
    for (spoil, code) in [
        (
            (|app| app.installation = Installation::Missing) as fn(&mut sonet_portal::App),
            "invalid_client",
        ),
        (|app| app.paid = false, "PAYMENT_REQUIRED"),
        (|app| app.client_secret.push('x'), "invalid_client"),
    ] {
        let application = Application::of(world);
        let (_, before) = application.refreshes();
        let client = C::new(application.config(application.expired())).unwrap();
        application.change(spoil);
        for _ in 0..3 {
            let error = client.call(&Create::new("Mine")).unwrap_err();
            assert!(error.needs_authorization() && error.is_auth(), "{error}");
            assert_eq!(error.api().unwrap().code(), code);
            assert_eq!(error.executed(), Executed::No);
        }
        assert_eq!(application.refreshes().1, before + 1);
    }
    let application = Application::of(world);
    let tokens = application.expired();
    let _ = C::new(application.config(tokens.clone()))
        .unwrap()
        .call(&Get::new())
        .unwrap();
    let error = C::new(application.config(tokens))
        .unwrap()
        .call(&Get::new())
        .unwrap_err();
    assert!(error.needs_authorization(), "the refresh token was used");
    assert!(
        error
            .to_string()
            .contains("authorize the application again")
    );
}

const FAULTS: [Fault; 8] = [
    Fault::Reset,
    Fault::Truncate,
    Fault::Garbage,
    Fault::NotGzip,
    Fault::Page(502),
    Fault::Internal,
    Fault::QueryLimit,
    Fault::OperationTime,
];

fn a_refresh_that_did_not_happen_is_asked_for_again<C: Caller>(world: &World) {
    let application = Application::of(world);
    for (before, fault) in (0..).zip(FAULTS) {
        let client = C::new(application.config(application.expired())).unwrap();
        let faults = world.server().faults();
        faults.clear();
        faults.on("oauth/token").nth(1).before(fault.clone());
        let _ = client.call(&Get::new()).unwrap();
        assert_eq!(application.refreshes(), (before + 1, 0), "{fault}");
    }
}

fn a_lost_pair_is_told<C: Caller>(world: &World) {
    let application = Application::of(world);
    for (before, fault) in (0..).zip(FAULTS) {
        let client = C::new(application.config(application.expired())).unwrap();
        let faults = world.server().faults();
        faults.clear();
        faults.on("oauth/token").nth(1).after(fault.clone());
        let error = client.call(&Create::new("Mine")).unwrap_err();
        assert!(error.needs_authorization(), "{fault}: {error}");
        assert_eq!(error.executed(), Executed::No);
        assert_eq!(application.refreshes(), (before + 1, before + 1));
    }
    assert_eq!(world.executed("sonet_group.create"), 0);
}

fn a_token_server_that_fails_ends_the_call_and_not_the_client<C: Caller>(world: &World) {
    let application = Application::of(world);
    let client = C::new(application.config(application.expired())).unwrap();
    let faults = world.server().faults().on("oauth/token");
    faults.budget(3).before(Fault::Page(503));
    let error = client.call(&Create::new("Mine")).unwrap_err();
    assert!(!error.needs_authorization() && !error.is_auth(), "{error}");
    assert_eq!(error.executed(), Executed::No);
    client.call(&Create::new("Mine")).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
    assert_eq!(world.executed("sonet_group.create"), 1);
}

fn a_token_server_that_is_gone_is_told<C: Caller>(world: &World) {
    let application = Application::of(world);
    let gone = World::new();
    let app = application
        .app()
        .token_server(&gone.server().url())
        .unwrap();
    gone.server().shutdown();
    let config = Config::app(app, application.expired()).unwrap();
    let error = C::new(config).unwrap().call(&Get::new()).unwrap_err();
    assert!(error.is_connect() && !error.is_auth(), "{error}");
    assert!(error.to_string().contains("token server"), "{error}");
}

fn a_call_without_the_time_to_wait_leaves_the_refresh_to_the_others<C: Caller>(world: &World) {
    let application = Application::of(world);
    let config = application.config(application.expired());
    let client = C::new(config.call_timeout(Duration::from_millis(1_500))).unwrap();
    let faults = world.server().faults();
    // Some 400 bytes.
    let slow = Fault::Slow(Duration::from_millis(6));
    faults.on("oauth/token").after(slow);
    let error = client.call(&Create::new("Mine")).unwrap_err();
    assert!(
        error.is_deadline() && !error.needs_authorization(),
        "{error}"
    );
    assert_eq!(error.executed(), Executed::No);
    // On a busy machine, the refresh may outlast the next call as well.
    let is_too_soon = |error: &Error| error.is_deadline() && error.executed() == Executed::No;
    while let Err(error) = client.call(&Create::new("Mine")) {
        assert!(is_too_soon(&error), "{error}");
    }
    assert_eq!(application.refreshes(), (1, 0));
    assert_eq!(world.executed("sonet_group.create"), 1);
}

on_both_clients_and_over_transports! {
    a_refused_refresh_is_told_and_not_asked_for_again,
    a_refresh_that_did_not_happen_is_asked_for_again,
    a_lost_pair_is_told,
    a_token_server_that_fails_ends_the_call_and_not_the_client,
    a_token_server_that_is_gone_is_told,
    a_call_without_the_time_to_wait_leaves_the_refresh_to_the_others,
}
