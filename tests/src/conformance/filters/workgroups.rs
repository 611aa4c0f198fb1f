//! `socialnetwork.api.workgroup.list`

use sonet_core::Method;
use sonet_portal::Group;
use sonet_types::SubjectId;
use sonet_types::socialnetwork::api::workgroup::List;

use super::{Case, case, check, check_fields, on_main_site, pivot};
use crate::conformance::caller::Caller;
use crate::conformance::times::at;
use crate::conformance::world::{World, group_id, user_id};

fn cases(world: &World) -> Vec<Case<List>> {
    let pivot = pivot(world);
    let (id, owner, subject) = (pivot.id, pivot.owner_id, 2);
    let (created, updated, active) = (pivot.date_create, pivot.date_update, pivot.date_activity);
    let name = pivot.name.clone();
    vec![
        case("ID", List::ID.eq(group_id(id)), move |g| g.id == id),
        case("ID", List::ID.ne(group_id(id)), move |g| g.id != id),
        case("ID", List::ID.gt(group_id(id)), move |g| g.id > id),
        case("ID", List::ID.ge(group_id(id)), move |g| g.id >= id),
        case("ID", List::ID.lt(group_id(id)), move |g| g.id < id),
        case("ID", List::ID.le(group_id(id)), move |g| g.id <= id),
        case("DATE_CREATE", List::DATE_CREATE.gt(at(created)), move |g| {
            g.date_create > created
        }),
        case("DATE_UPDATE", List::DATE_UPDATE.lt(at(updated)), move |g| {
            g.date_update < updated
        }),
        case(
            "DATE_ACTIVITY",
            List::DATE_ACTIVITY.le(at(active)),
            move |g| g.date_activity <= active,
        ),
        case("NAME", List::NAME.eq(name.clone()), move |g| g.name == name),
        case("NAME", List::NAME.contains("Pro"), |g| {
            g.name.contains("Pro")
        }),
        case("NAME", List::NAME.not_contains("Berlin"), |g| {
            !g.name.contains("Berlin")
        }),
        case("NAME", List::NAME.like("%Pro"), |g| g.name.ends_with("Pro")),
        case("NAME", List::NAME.not_like("%Berlin"), |g| {
            !g.name.ends_with("Berlin")
        }),
        case("OWNER_ID", List::OWNER_ID.eq(user_id(owner)), move |g| {
            g.owner_id == owner
        }),
        case("ACTIVE", List::ACTIVE.eq(false), |g| !g.active),
        case("VISIBLE", List::VISIBLE.ne(true), |g| !g.visible),
        case("OPENED", List::OPENED.eq(true), |g| g.opened),
        case("CLOSED", List::CLOSED.eq(true), |g| g.closed),
        case("PROJECT", List::PROJECT.eq(true), Group::is_project),
        case(
            "SUBJECT_ID",
            List::SUBJECT_ID.eq(SubjectId::from(i64::try_from(subject).unwrap())),
            move |g| g.subject_id == subject,
        ),
    ]
}

fn every_operator_and_field_keeps_what_it_should<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let groups = on_main_site(world);
    let mut cases = cases(world);
    for Case {
        condition, holds, ..
    } in cases.drain(..)
    {
        let what = format!("{condition:?}");
        let call = List::new().is_admin(true).filter(condition);
        let page = client.call(&call).unwrap();
        let found = page.into_iter().map(|row| row.id).collect();
        check(&what, &groups, found, &*holds);
    }
}

/// The documentation says that the method's own filter by site takes the place of the caller's.
fn a_filter_by_site_gives_way_to_the_methods_own<C: Caller>(world: &World) {
    let site = case("SITE_ID", List::SITE_ID.eq("ex"), Group::is_extranet);
    let mut cases = cases(world);
    let call = List::new().is_admin(true).filter(List::SITE_ID.eq("ex"));
    cases.push(site);
    check_fields(<List as Method>::NAME, &cases);
    let page = world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(page.len(), on_main_site(world).len());
}

on_both_clients! {
    every_operator_and_field_keeps_what_it_should,
    a_filter_by_site_gives_way_to_the_methods_own,
}
