//! `sonet_group.feature.access`

use sonet_core::Method as _;
use sonet_portal::Role;
use sonet_types::sonet_group::feature::{Access, Feature, Operation};

use super::caller::Caller;
use super::refusal::{Attempt, Unchecked};
use super::world::World;

/// A call with every parameter.
pub(super) fn with_everything(world: &World) -> Access {
    Access::new(world.open_group(), Feature::Tasks, Operation::EditTasks)
}

/// Every tool with the operations that it has.
fn documented() -> Vec<(Feature, Vec<Operation>)> {
    use Operation::{
        CreateTasks, DeleteTasks, EditTasks, FullComment, FullPost, ModerateComment, ModeratePost,
        PremoderateComment, PremoderatePost, Sort, View, ViewAll, ViewComment, ViewPost, Write,
        WriteComment, WritePost,
    };
    let posts = [ViewPost, PremoderatePost, WritePost, ModeratePost, FullPost];
    let comments = [
        ViewComment,
        PremoderateComment,
        WriteComment,
        ModerateComment,
        FullComment,
    ];
    let tasks = [View, ViewAll, Sort, CreateTasks, EditTasks, DeleteTasks];
    vec![
        (Feature::Photo, vec![View, Write]),
        (Feature::Calendar, vec![View, Write]),
        (Feature::Files, vec![View, Write]),
        (Feature::Tasks, tasks.to_vec()),
        (Feature::Blog, [posts, comments].concat()),
    ]
}

fn the_role_decides_and_no_is_an_answer<C: Caller>(world: &World) {
    let group = world.open_group();
    let call = with_everything(world);
    let member = world.member(group, Role::Member);
    assert!(!world.client::<C>(member).call(&call).unwrap());
    world.relate(group, member, Role::Moderator);
    assert!(world.client::<C>(member).call(&call).unwrap());
    assert!(
        !world
            .client::<C>(world.stranger(group))
            .call(&call)
            .unwrap()
    );
    assert_eq!(world.executed(Access::NAME), 3);
}

fn an_owner_may_do_every_documented_operation<C: Caller>(world: &World) {
    let group = world.open_group();
    let client: C = world.client(world.plain_owner(group));
    for (feature, operations) in documented() {
        for operation in operations {
            let call = Access::new(group, feature.clone(), operation.clone());
            let allowed = client.call(&call);
            assert!(allowed.unwrap(), "{feature} {operation}");
        }
    }
}

fn nothing_is_allowed_in_a_group_that_does_not_exist<C: Caller>(world: &World) {
    let call = Access::new(world.no_group(), Feature::Blog, Operation::ViewPost);
    assert!(!world.admin_client::<C>().call(&call).unwrap());
}

on_both_clients! {
    the_role_decides_and_no_is_an_answer,
    an_owner_may_do_every_documented_operation,
    nothing_is_allowed_in_a_group_that_does_not_exist,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Access>> {
    let call = Access::new(0, Feature::Photo, Operation::View);
    Attempt::by(world.admin(), Unchecked::of(&call))
}

fn an_unknown_tool_is_sent_and_refused(world: &World) -> Attempt<Access> {
    let call = Access::new(world.open_group(), "teleporter", Operation::View);
    Attempt::by(world.admin(), call)
}

fn an_operation_of_another_tool_is_refused(world: &World) -> Attempt<Access> {
    let call = Access::new(world.open_group(), Feature::Photo, Operation::ViewAll);
    Attempt::by(world.admin(), call)
}

fn an_unknown_operation_is_sent_and_refused(world: &World) -> Attempt<Access> {
    let call = Access::new(world.open_group(), Feature::Photo, "beam");
    Attempt::by(world.admin(), call)
}

refusals! { Access:
    WrongGroupId, "Wrong socialnetwork group ID" => zero_is_no_group,
    WrongFeature, "Wrong feature" => an_unknown_tool_is_sent_and_refused,
    WrongOperation, "Wrong operation" => an_operation_of_another_tool_is_refused,
    WrongOperation, "Wrong operation" => an_unknown_operation_is_sent_and_refused,
}
