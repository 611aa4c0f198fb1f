//! Lookups that are not needed, not possible, or fail.

use sonet_core::{Config, Method, NoRetry, Rate, Reconciled};
use sonet_portal::Fault;
use sonet_types::Refusal;
use sonet_types::sonet_group::user::Invite;
use sonet_types::sonet_group::{Create, Get};

use super::{lose, not_done};
use crate::conformance::caller::Caller;
use crate::conformance::recording_proxy::RecordingProxy;
use crate::conformance::world::World;

fn what_did_not_run_needs_no_request<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.employee_without_create_right());
    let call = Create::new("Rust");
    let error = client.call(&call).unwrap_err();
    assert!(error.is(Refusal::NoPermission));
    assert_eq!(client.reconcile(&call, &error).unwrap(), not_done(true));
    let unsent = Create::new("");
    let error = client.call(&unsent).unwrap_err();
    assert_eq!(client.reconcile(&unsent, &error).unwrap(), not_done(true));
    assert_eq!(proxy.requests().len(), 1);
}

fn another_calls_error_is_a_mistake<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let error = lose(
        &client,
        world,
        &Invite::new(world.open_group(), [world.employee()]),
    );
    let mistake = client.reconcile(&Create::new("Rust"), &error).unwrap_err();
    assert!(mistake.is_invalid());
    assert_eq!(mistake.method(), Some(Create::NAME));
    let said = "sonet_group.create: error: it is an error of `sonet_group.user.invite`; pass the error of the call that failed";
    assert_eq!(mistake.to_string(), said);
    let setup = Config::webhook("not an address").unwrap_err();
    let mistake = client.reconcile(&Create::new("Rust"), &setup).unwrap_err();
    assert!(mistake.is_invalid());
}

fn a_lookup_that_fails_says_so<C: Caller>(world: &World) {
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config.rate(Rate::UNLIMITED).retry(NoRetry)).unwrap();
    let call = Create::new("Rust");
    let error = lose(&client, world, &call);
    world
        .server()
        .faults()
        .on(<Get as Method>::NAME)
        .nth(1)
        .before(Fault::Page(502));
    let failed = client.reconcile(&call, &error).unwrap_err();
    assert_eq!(failed.method(), Some(<Get as Method>::NAME));
    let found = client.reconcile(&call, &error).unwrap();
    assert!(
        matches!(found, Reconciled::Done(_)),
        "it can be tried again"
    );
}

on_both_clients! {
    what_did_not_run_needs_no_request,
    another_calls_error_is_a_mistake,
    a_lookup_that_fails_says_so,
}
