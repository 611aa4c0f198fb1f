//! Where servers differ, a client does the same: the portal's rules that no other scenario is about.

use serde_json::json;
use sonet_core::{Batch, Raw};
use sonet_portal::{AuthErrors, BatchReferences};
use sonet_types::Refusal;
use sonet_types::sonet_group::{Create, Get, Update, user};

use super::caller::{Caller, Walk};
use super::world::World;

fn what_is_not_known_is_not_authorized<C: Caller>(world: &World) {
    let url = world.server().url();
    let clients = [
        C::webhook(&format!("{url}/rest/1/wrong1secret/")).unwrap(),
        C::token(&url, "wrong1token").unwrap(),
    ];
    for (rule, codes) in [
        (AuthErrors::Live, ["INVALID_CREDENTIALS", "invalid_token"]),
        (AuthErrors::Documented, ["NO_AUTH_FOUND"; 2]),
    ] {
        world.rule(|rules| rules.auth_errors = rule);
        for (client, code) in clients.iter().zip(codes) {
            let error = client.call(&Get::new()).unwrap_err();
            assert!(error.is_auth() && !error.needs_authorization(), "{error}");
            assert_eq!(error.api().unwrap().code(), code);
            assert_eq!(error.attempts(), 1);
        }
    }
}

fn a_list_is_complete_whether_it_is_counted_or_not<C: Caller>(_: &World) {
    let world = World::with(120, 20);
    let client: C = world.admin_client();
    for (always_counts, zero_total) in [(false, false), (true, false), (false, true)] {
        world.rule(|rules| {
            rules.always_counts = always_counts;
            rules.zero_total = zero_total;
        });
        let walked = client.walk(&Get::new().is_admin(true), Walk::default());
        assert!(walked.error.is_none(), "{:?}", walked.error);
        assert_eq!(walked.rows.len(), 120);
    }
}

fn names_come_back_however_they_are_stored<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let name = "🚀 Team ✓";
    for (coded, stored) in [(false, name), (true, ":f09f9a80: Team ✓")] {
        world.rule(|rules| rules.coded_emoji = coded);
        let group = client.call(&Create::new(name)).unwrap();
        client.call(&Update::new(group).description(name)).unwrap();
        assert_eq!(world.group(group).name, stored);
        let rows = client.call(&Get::new().filter(Get::ID.eq(group))).unwrap();
        assert_eq!(rows.rows()[0].name.as_deref(), Some(name));
        assert_eq!(rows.rows()[0].description.as_deref(), Some(name));
    }
}

fn references_lead_to_the_same_on_every_server<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let name = "price $100, $total, a $ result[c0]";
    for rule in [BatchReferences::Documented, BatchReferences::Loose] {
        world.rule(|rules| rules.batch_references = rule);
        let mut batch = Batch::new().halt();
        let group = batch.add(&Create::new(name));
        let newcomer = world.employee();
        let invited = batch.add_with(group.value(), |group| user::Invite::new(group, [newcomer]));
        let mut run = batch.build().unwrap();
        client.run(&mut run).unwrap();
        assert_eq!(run.outcome(invited).unwrap(), [newcomer]);
        assert_eq!(world.group(run.outcome(group).unwrap()).name, name);
    }
}

fn what_a_server_would_replace_never_reaches_it<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    world.rule(|rules| rules.batch_references = BatchReferences::Loose);
    for name in [
        "see $resulting[c0][0][NAME] ok",
        "$RESULT[c0]",
        "$total[c0]",
        "$results[c0]",
    ] {
        let mut batch = Batch::new();
        let _first = batch.add(&Get::new());
        let _second = batch.add(&Create::new(name));
        let error = batch.build().unwrap_err();
        assert!(error.is_invalid(), "{error}");
        // Alone, it is a name as any other.
        let group = client.call(&Create::new(name)).unwrap();
        assert_eq!(world.group(group).name, name);
    }
}

fn an_administrator_may_not_find_a_secret_group<C: Caller>(world: &World) {
    let secret = world.secret_group();
    let client: C = world.admin_client();
    let newcomer = world.stranger(secret);
    let invite = user::Invite::new(secret, [newcomer]);
    world.rule(|rules| rules.admin_needs_membership = true);
    assert!(client.call(&invite).unwrap_err().is(Refusal::GroupNotFound));
    let error = client.call(&user::Request::new(secret)).unwrap_err();
    assert!(error.is(Refusal::GroupNotFound));
    world.rule(|rules| rules.admin_needs_membership = false);
    assert_eq!(client.call(&invite).unwrap(), [newcomer]);
}

fn headers_for_scripts_and_lenient_bodies_make_no_difference<C: Caller>(world: &World) {
    for (cors, lenient) in [(true, true), (true, false), (false, true), (false, false)] {
        world.rule(|rules| {
            rules.cors = cors;
            rules.lenient_bodies = lenient;
        });
        let client: C = world.admin_client();
        let group = client.call(&Create::new("Rust")).unwrap();
        assert_eq!(world.group(group).name, "Rust");
        let unknown = Raw::new("profile.nothing", json!({}));
        let error = client.call(&unknown).unwrap_err();
        assert_eq!(error.api().unwrap().code(), "ERROR_METHOD_NOT_FOUND");
    }
}

on_both_clients! {
    what_is_not_known_is_not_authorized,
    a_list_is_complete_whether_it_is_counted_or_not,
    names_come_back_however_they_are_stored,
    references_lead_to_the_same_on_every_server,
    what_a_server_would_replace_never_reaches_it,
    an_administrator_may_not_find_a_secret_group,
    headers_for_scripts_and_lenient_bodies_make_no_difference,
}
