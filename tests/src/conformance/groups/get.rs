//! `sonet_group.get`

use sonet_core::Method;
use sonet_core::PageStart;
use sonet_portal::{Group, Role};
use sonet_types::sonet_group::{self, Get};
use sonet_types::{GroupId, SubjectId, UserId};

use crate::conformance::caller::Caller;
use crate::conformance::times::at;
use crate::conformance::world::{World, group_id, user_id};

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Get {
    let group = world.secret_group();
    Get::new()
        .order(Get::NAME.asc())
        .filter(Get::NAME.eq(world.group(group).name))
        .group_id(group)
        .is_admin(true)
        .start(PageStart::at_row(0))
}

fn every_parameter_arrives<C: Caller>(world: &World) {
    let group = world.secret_group();
    let client: C = world.admin_client();
    let page = client.call(&with_everything(world)).unwrap();
    assert_eq!((page.total(), page.next()), (Some(1), None));
    assert_eq!(ids(page.rows()), [group]);

    let without = with_everything(world).is_admin(false);
    assert!(
        client.call(&without).unwrap().is_empty(),
        "`IS_ADMIN` was what found it"
    );
    let mismatch = Get::new()
        .filter(Get::NAME.eq("No group has this name"))
        .group_id(group)
        .is_admin(true);
    assert!(client.call(&mismatch).unwrap().is_empty());
}

fn every_field_is_what_the_portal_has<C: Caller>(world: &World) {
    let call = Get::new().is_admin(true);
    let page = world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(page.len(), 40);
    for row in &page {
        check_row(world, row);
    }
    let any = |test: fn(&sonet_group::Group) -> bool| page.iter().any(test);
    assert!(any(|row| row.description.is_some()) && any(|row| row.description.is_none()));
    assert!(any(|row| row.keywords.is_some()) && any(|row| row.keywords.is_none()));
    assert!(any(|row| row.image.is_some()) && any(|row| row.image.is_none()));
    assert!(any(|row| row.project == Some(true)) && any(|row| row.project == Some(false)));
    assert!(any(|row| row.is_extranet == Some(true)));
}

fn check_row(world: &World, row: &sonet_group::Group) {
    let group = world.group(row.id);
    assert_eq!(row.site_id.as_ref(), Some(&group.sites[0]));
    assert_eq!(row.name.as_ref(), Some(&group.name));
    assert_eq!(row.description, text(&group.description));
    assert_eq!(row.date_create, Some(at(group.date_create)));
    assert_eq!(row.date_update, Some(at(group.date_update)));
    assert_eq!(row.date_activity, Some(at(group.date_activity)));
    assert_eq!(row.date_create.unwrap().offset().local_minus_utc(), 7200);
    assert_eq!(
        (row.active, row.visible, row.opened, row.closed),
        (
            Some(group.active),
            Some(group.visible),
            Some(group.opened),
            Some(group.closed)
        )
    );
    let subject = i64::try_from(group.subject_id).unwrap();
    assert_eq!(row.subject_id, Some(SubjectId::from(subject)));
    assert_eq!(row.owner_id, Some(user_id(group.owner_id)));
    assert_eq!(row.keywords, text(&group.keywords));
    let members = world.users_with(row.id, |role, _| role.is_member());
    assert_eq!(
        usize::try_from(row.number_of_members.unwrap()),
        Ok(members.len())
    );
    assert!(
        row.subject_name
            .as_ref()
            .is_some_and(|name| !name.is_empty())
    );
    match (&row.image, &group.image) {
        (Some(address), Some(image)) => assert!(address.ends_with(&image.name), "{address}"),
        (None, None) => {}
        (row, group) => panic!("{row:?} for {group:?}"),
    }
    assert_eq!(row.is_extranet, Some(group.is_extranet()));
    assert_eq!(row.project, Some(group.is_project()));
}

fn the_newest_group_comes_first<C: Caller>(world: &World) {
    let call = Get::new().is_admin(true);
    let rows = world.admin_client::<C>().call(&call).unwrap();
    let mut expected: Vec<_> = world.groups().iter().map(|g| group_id(g.id)).collect();
    expected.reverse();
    assert_eq!(ids(rows.rows()), expected);
}

fn every_user_sees_the_groups_that_are_meant_for_them<C: Caller>(world: &World) {
    let mut seen = Vec::new();
    for user in [world.admin(), world.employee(), world.extranet_user()] {
        let rows = world.client::<C>(user).call(&Get::new()).unwrap();
        let mut found = ids(rows.rows());
        found.sort();
        assert_eq!(found, visible(world, user, |_| true), "user {user}");
        seen.push(found);
    }
    assert!(seen[0] != seen[1] && seen[1] != seen[2], "{seen:?}");
}

fn asking_as_an_administrator_helps_no_employee<C: Caller>(world: &World) {
    let user = world.employee();
    let client: C = world.client(user);
    let plain = client.call(&Get::new()).unwrap();
    let asking = client.call(&Get::new().is_admin(true)).unwrap();
    assert_eq!(asking, plain);
    assert!(plain.len() < 40);
    assert_eq!(world.executed(<Get as Method>::NAME), 2);
}

fn a_group_that_is_not_seen_is_no_error<C: Caller>(world: &World) {
    let secret = world.secret_group();
    let client: C = world.client(world.stranger(secret));
    for group in [secret, world.no_group()] {
        let page = client.call(&Get::new().group_id(group)).unwrap();
        assert_eq!((page.len(), page.total(), page.next()), (0, Some(0), None));
    }
}

on_both_clients! {
    every_parameter_arrives,
    every_field_is_what_the_portal_has,
    the_newest_group_comes_first,
    every_user_sees_the_groups_that_are_meant_for_them,
    asking_as_an_administrator_helps_no_employee,
    a_group_that_is_not_seen_is_no_error,
}

fn ids(rows: &[sonet_group::Group]) -> Vec<GroupId> {
    rows.iter().map(|row| row.id).collect()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// The groups that a user may see, by the documentation's rule: all in the list for employees, those of the extranet for
/// external users, and in any case those that the user is a member of.
pub(in crate::conformance) fn visible(
    world: &World,
    user: UserId,
    wanted: fn(&Group) -> bool,
) -> Vec<GroupId> {
    let external = world.user(user).is_extranet();
    let groups = world.groups();
    let sees = groups.iter().filter(|group| {
        let member = world.role(group_id(group.id), user);
        member.is_some_and(Role::is_member) || (group.visible && (!external || group.is_extranet()))
    });
    sees.filter(|group| wanted(group))
        .map(|group| group_id(group.id))
        .collect()
}
