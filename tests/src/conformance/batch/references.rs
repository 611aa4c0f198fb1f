//! Methods that refer to the results of earlier ones.

use sonet_core::{Batch, Executed, Method as _};
use sonet_portal::Role;
use sonet_types::sonet_group::{Create, Get, user};
use sonet_types::{Refusal, UserId};

use crate::conformance::caller::Caller;
use crate::conformance::recording_proxy::RecordingProxy;
use crate::conformance::world::World;

fn a_new_group_is_referred_to<C: Caller>(world: &World) {
    let newcomers = world.strangers(world.open_group());
    let client: C = world.admin_client();
    let mut batch = Batch::new().halt();
    let created = batch.add(&Create::new("Rust & friends").opened(true));
    let invited = batch.add_with(created.value(), |group| {
        user::Invite::new(group, newcomers.clone())
    });
    let members = batch.add_with(created.value(), user::Get::new);
    let promoted = batch.add_with(
        (
            created.value(),
            members.index(0).field("USER_ID").id::<UserId>(),
        ),
        |(group, owner)| user::Update::new(group, [owner], user::SettableRole::Moderator),
    );
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    let group = run.outcome(created).unwrap();
    assert_eq!(world.group(group).name, "Rust & friends");
    let mut invited = run.outcome(invited).unwrap();
    invited.sort();
    assert_eq!(invited, newcomers);
    assert_eq!(run.outcome(members).unwrap()[0].user_id, world.admin());
    assert!(
        run.outcome(promoted).unwrap().is_empty(),
        "an owner stays one"
    );
}

fn after_a_failed_creation_nothing_refers_to_it<C: Caller>(world: &World) {
    let newcomer = world.stranger(world.open_group());
    let client: C = world.client(world.employee_without_create_right());
    let mut batch = Batch::new().halt();
    let created = batch.add(&Create::new("Rust"));
    let invited = batch.add_with(created.value(), |group| {
        user::Invite::new(group, [newcomer])
    });
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    assert!(run.outcome(created).unwrap_err().is(Refusal::NoPermission));
    assert!(run.outcome(invited).unwrap_err().is_not_run());
    assert_eq!(world.executed(user::Invite::NAME), 0);
}

fn rows_that_a_reference_does_not_find_are_told<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let mut batch = Batch::new().halt();
    let none = batch.add(&Get::new().is_admin(true).filter(Get::NAME.eq("nothing")));
    let named = batch.add_with(none.index(0).field("NAME").text(), Create::new);
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    assert!(run.outcome(none).unwrap().is_empty());
    let error = run.outcome(named).unwrap_err();
    assert!(error.is_unresolved(), "{error:?}");
    assert_eq!(error.executed(), Executed::Yes);
    let name = "$result[c0][0][NAME]";
    let created = world.groups().iter().any(|group| group.name == name);
    assert!(created, "which is what the server does");
}

fn references_are_kept_together_where_a_batch_is_split<C: Caller>(world: &World) {
    let newcomer = world.stranger(world.open_group());
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    let mut batch = Batch::new().halt().split();
    let mut handles = Vec::new();
    for n in 0..40 {
        let created = batch.add(&Create::new(format!("Group {n}")));
        let invited = batch.add_with(created.value(), |group| {
            user::Invite::new(group, [newcomer])
        });
        let members = batch.add_with(created.value(), user::Get::new);
        handles.push((created, invited, members));
    }
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    assert_eq!(proxy.requests().len(), 3, "48, 48 and 24 commands");
    for (n, (created, invited, members)) in handles.into_iter().enumerate() {
        let group = run.outcome(created).unwrap();
        assert_eq!(world.group(group).name, format!("Group {n}"));
        assert_eq!(run.outcome(invited).unwrap(), [newcomer]);
        assert_eq!(run.outcome(members).unwrap()[0].user_id, world.admin());
        assert_eq!(world.role(group, newcomer), Some(Role::Awaiting));
    }
}

on_both_clients! {
    a_new_group_is_referred_to,
    after_a_failed_creation_nothing_refers_to_it,
    rows_that_a_reference_does_not_find_are_told,
    references_are_kept_together_where_a_batch_is_split,
}
