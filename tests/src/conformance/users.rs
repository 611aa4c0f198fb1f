//! The methods of users, held against the portal's own state.

use sonet_core::PageStart;
use sonet_types::user::{Current, Fields, Get, PhotoSize, Search, SortOrder, UserType};

use super::caller::{Caller, Walk};
use super::world::{World, number};

pub(super) fn current(_: &World) -> Current {
    Current::new()
}

pub(super) fn fields(_: &World) -> Fields {
    Fields::new()
}

pub(super) fn get(_: &World) -> Get {
    Get::new()
        .sort("LAST_NAME")
        .order(SortOrder::Desc)
        .filter(Get::ACTIVE.eq(true))
        .admin_mode(true)
        .select_open("NAME")
        .image_resize(PhotoSize::Small)
        .start(PageStart::at_row(0))
}

pub(super) fn search(_: &World) -> Search {
    Search::new()
        .filter(Search::FIND.eq("a"))
        .sort("LAST_NAME")
        .order(SortOrder::Asc)
        .admin_mode(true)
        .select_open("NAME")
        .start(PageStart::at_row(0))
}

fn the_caller_is_who_the_portal_says<C: Caller>(world: &World) {
    for user in [world.admin(), world.employee()] {
        let found = world.client::<C>(user).call(&Current::new()).unwrap();
        let kept = world.user(user);
        assert_eq!(found.id, user);
        assert_eq!(found.active, Some(kept.active));
        assert_eq!(found.email.as_deref(), Some(kept.profile.email.as_str()));
    }
}

fn a_user_is_found_by_the_address<C: Caller>(world: &World) {
    let (client, user) = (world.admin_client::<C>(), world.employee());
    let email = world.user(user).profile.email;
    let found = client
        .call(&Get::new().filter(Get::EMAIL.eq(email.as_str())))
        .unwrap();
    let ids: Vec<_> = found.iter().map(|user| user.id).collect();
    assert_eq!(ids, [user]);
    let kind = found.iter().next().and_then(|user| user.user_type.clone());
    assert_eq!(kind, Some(UserType::Employee));
}

fn a_user_is_found_by_the_name<C: Caller>(world: &World) {
    let (client, user) = (world.admin_client::<C>(), world.employee());
    let by_address = Get::new().filter(Get::EMAIL.eq(world.user(user).profile.email.as_str()));
    let known = client.call(&by_address).unwrap();
    let name = known
        .iter()
        .next()
        .and_then(|user| user.last_name.clone())
        .unwrap();
    let search = Search::new().filter(Search::LAST_NAME.eq(name.as_str()));
    let found = client.call(&search).unwrap();
    assert!(found.iter().any(|found| found.id == user));
    assert!(
        found
            .iter()
            .all(|found| found.last_name.as_deref() == Some(name.as_str()))
    );
    let anywhere = client
        .call(&Search::new().filter(Search::FIND.eq(name.as_str())))
        .unwrap();
    assert!(anywhere.iter().any(|found| found.id == user));
}

fn all_users_come_once<C: Caller>(_: &World) {
    let world = World::with(3, 130);
    let client = world.admin_client::<C>();
    let active = Get::new().filter(Get::ACTIVE.eq(true));
    let walked = client.walk(&active, Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let found: Vec<u64> = walked.rows.iter().map(|user| number(user.id)).collect();
    assert!(found.is_sorted() && found.len() > 100, "{}", found.len());
    let kept = world.users().into_iter();
    let kept: Vec<u64> = kept
        .filter(|user| user.active && user.kind != sonet_portal::UserKind::Other)
        .map(|user| user.id)
        .collect();
    assert_eq!(found, kept);
}

fn fields_have_titles<C: Caller>(world: &World) {
    let fields = world.admin_client::<C>().call(&Fields::new()).unwrap();
    for name in ["ID", "NAME", "EMAIL", "UF_DEPARTMENT"] {
        assert!(
            fields.get(name).is_some_and(|title| !title.is_empty()),
            "{name}"
        );
    }
}

on_both_clients! {
    the_caller_is_who_the_portal_says,
    a_user_is_found_by_the_address,
    a_user_is_found_by_the_name,
    all_users_come_once,
    fields_have_titles,
}
