//! Many users in many groups.

use sonet_core::{Executed, Method as _, Rate};
use sonet_portal::{Fault, Role};
use sonet_types::sonet_group::user;
use sonet_types::{Bulk, GroupId, Refusal, UserId};

use super::caller::Caller;
use super::out::Out;
use super::recording_proxy::RecordingProxy;
use super::secrets::assert_tells_nothing;
use super::world::{World, group_id};

/// Groups of the main site, and two active employees who are in none of them.
fn groups_and_newcomers(world: &World) -> (Vec<GroupId>, [UserId; 2]) {
    let newcomers: Vec<UserId> = world.strangers(world.open_group());
    let newcomers = [newcomers[0], newcomers[1]];
    let groups: Vec<GroupId> = world.groups().iter().map(|g| group_id(g.id)).collect();
    world.server().with(|portal| {
        for group in &groups {
            for user in newcomers {
                let (group, user) = (group.get().unsigned_abs(), user.get().unsigned_abs());
                portal.remove_member(group, user);
            }
        }
    });
    let owned = |group: &GroupId| newcomers.contains(&world.owner(*group));
    let groups = groups.into_iter().filter(|group| !owned(group)).collect();
    (groups, newcomers)
}

fn users_are_added_to_many_groups_and_each_is_accounted_for<C: Caller>(_: &World) {
    let world = World::with(120, 20);
    let (mut groups, newcomers) = groups_and_newcomers(&world);
    let (member_of, nowhere) = (groups[3], world.no_group());
    world.relate(member_of, newcomers[0], Role::Member);
    groups.insert(5, nowhere);
    let proxy = RecordingProxy::before(&world);
    let client: C = proxy.client(&world, world.admin());
    let report = client.bulk(&Bulk::add(groups.clone(), newcomers)).unwrap();
    assert_eq!(proxy.requests().len(), groups.len().div_ceil(50));
    let reported: Vec<GroupId> = report.groups.iter().map(|report| report.group).collect();
    assert_eq!(reported, groups);
    for report in &report.groups {
        if report.group == nowhere {
            let error = report.outcome.as_ref().unwrap_err();
            assert!(error.is(Refusal::GroupNotFound), "{error:?}");
            assert!(!report.is_unknown());
            continue;
        }
        let changed = report.outcome.as_ref().unwrap();
        if report.group == member_of {
            assert_eq!(changed.changed, [newcomers[1]]);
            assert_eq!(changed.unchanged, [newcomers[0]]);
        } else {
            assert!(changed.unchanged.is_empty(), "{report:?}");
        }
        for user in newcomers {
            assert_eq!(world.role(report.group, user), Some(Role::Member));
        }
    }
    assert_eq!(report.unsettled().count(), 1);
    assert_eq!(report.changed().count(), 2 * (groups.len() - 1) - 1);

    groups.retain(|group| *group != nowhere);
    let report = client
        .bulk(&Bulk::remove(groups.clone(), [newcomers[0]]))
        .unwrap();
    assert_eq!(report.changed().count(), groups.len());
    assert_eq!(world.role(groups[0], newcomers[0]), None);
    assert_eq!(world.role(groups[0], newcomers[1]), Some(Role::Member));
}

fn users_are_invited_to_many_groups<C: Caller>(world: &World) {
    let (groups, newcomers) = groups_and_newcomers(world);
    let client: C = world.admin_client();
    let bulk = Bulk::invite(groups.clone(), newcomers, Some("Welcome!"));
    let report = client.bulk(&bulk).unwrap();
    assert_eq!(report.unsettled().count(), 0);
    assert_eq!(report.changed().count(), 2 * groups.len());
    let again = client.bulk(&bulk).unwrap();
    assert_eq!(again.changed().count(), 0, "they are invited already");
    assert_eq!(world.role(groups[0], newcomers[0]), Some(Role::Awaiting));
}

fn a_lost_answer_is_unknown_and_the_rest_goes_on<C: Caller>(_: &World) {
    let world = World::with(120, 20);
    let (groups, newcomers) = groups_and_newcomers(&world);
    let faults = world.server().faults();
    faults.on("batch").nth(2).after(Fault::Reset);
    let client: C = world.admin_client();
    let report = client.bulk(&Bulk::add(groups.clone(), newcomers)).unwrap();
    for (n, report) in report.groups.iter().enumerate() {
        assert_eq!(report.is_unknown(), (50..100).contains(&n), "{report:?}");
        if let Err(error) = &report.outcome {
            assert_eq!(error.executed(), Executed::Unknown);
            assert_tells_nothing(&world, error);
        }
    }
    let executed = u64::try_from(groups.len()).unwrap();
    assert_eq!(world.executed(user::Add::NAME), executed, "once each");
}

fn several_requests_at_once_change_each_group_once<C: Caller>(_: &World) {
    let world = World::with(170, 20);
    let (mut groups, newcomers) = groups_and_newcomers(&world);
    groups.insert(5, world.no_group());
    let out = Out::default();
    let client = C::new(out.config(&world).rate(Rate::UNLIMITED)).unwrap();
    let bulk = Bulk::add(groups.clone(), newcomers).concurrency(4);
    let report = client.bulk(&bulk).unwrap();
    let reported: Vec<GroupId> = report.groups.iter().map(|report| report.group).collect();
    assert_eq!(reported, groups);
    let most = out.most();
    assert!((2..=4).contains(&most), "{most} out at once");
    let unsettled: Vec<_> = report.unsettled().map(|report| report.group).collect();
    assert_eq!(unsettled, [world.no_group()]);
    assert_eq!(report.changed().count(), 2 * (groups.len() - 1));
    for (group, user) in report.changed() {
        assert_eq!(world.role(group, user), Some(Role::Member));
    }
    let requests = groups.len().div_ceil(50) as u64;
    assert_eq!(
        client.requests(),
        requests,
        "as many as one after the other"
    );
}

fn a_lost_answer_of_several_is_unknown_and_the_rest_goes_on<C: Caller>(_: &World) {
    let world = World::with(170, 20);
    let (groups, newcomers) = groups_and_newcomers(&world);
    let faults = world.server().faults();
    faults.on("batch").nth(1).after(Fault::Reset);
    let client: C = world.admin_client();
    let bulk = Bulk::add(groups.clone(), newcomers).concurrency(4);
    let report = client.bulk(&bulk).unwrap();
    let unknown = report.groups.iter().filter(|report| report.is_unknown());
    let places: Vec<_> = unknown.map(|report| report.group).collect();
    assert_eq!(places.len(), 50);
    let begin = groups.iter().position(|group| *group == places[0]).unwrap();
    assert_eq!(
        (places, begin % 50),
        (groups[begin..begin + 50].to_vec(), 0)
    );
    assert_eq!(report.unsettled().count(), 50);
    let executed = u64::try_from(groups.len()).unwrap();
    assert_eq!(world.executed(user::Add::NAME), executed, "once each");
}

fn without_a_connection_several_at_once_are_not_tried_again<C: Caller>(_: &World) {
    let world = World::with(170, 20);
    let (groups, newcomers) = groups_and_newcomers(&world);
    let client: C = world.admin_client();
    world.server().shutdown();
    let bulk = Bulk::add(groups.clone(), newcomers).concurrency(4);
    let report = client.bulk(&bulk).unwrap();
    assert_eq!(report.unsettled().count(), groups.len());
    for (n, report) in report.groups.iter().enumerate() {
        let error = report.outcome.as_ref().unwrap_err();
        assert_eq!(error.executed(), Executed::No);
        // Of the two that leave first, the second may find out that the first has failed.
        assert_eq!(error.is_connect(), !error.is_not_run());
        assert!(error.is_not_run() || n < 100, "{n}");
        assert!(error.is_connect() || n >= 50, "{n}");
    }
}

fn without_a_connection_the_rest_is_not_tried<C: Caller>(_: &World) {
    let world = World::with(120, 20);
    let (groups, newcomers) = groups_and_newcomers(&world);
    let client: C = world.admin_client();
    world.server().shutdown();
    let report = client.bulk(&Bulk::add(groups.clone(), newcomers)).unwrap();
    assert_eq!(report.unsettled().count(), groups.len());
    for (n, report) in report.groups.iter().enumerate() {
        let error = report.outcome.as_ref().unwrap_err();
        assert_eq!(error.executed(), Executed::No);
        assert_eq!((error.is_connect(), error.is_not_run()), (n < 50, n >= 50));
    }
}

on_both_clients! {
    users_are_added_to_many_groups_and_each_is_accounted_for,
    users_are_invited_to_many_groups,
    a_lost_answer_is_unknown_and_the_rest_goes_on,
    without_a_connection_the_rest_is_not_tried,
    several_requests_at_once_change_each_group_once,
    a_lost_answer_of_several_is_unknown_and_the_rest_goes_on,
    without_a_connection_several_at_once_are_not_tried_again,
}
