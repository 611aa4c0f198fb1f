//! `sonet_group.get`

use chrono::{DateTime, FixedOffset};
use sonet_core::Method;
use sonet_types::sonet_group::Get;

use super::{Case, case, check, check_fields, pivot};
use crate::conformance::caller::Caller;
use crate::conformance::times::at;
use crate::conformance::world::{World, group_id, user_id};

fn cases(world: &World) -> Vec<Case<Get>> {
    let pivot = pivot(world);
    let (id, owner) = (pivot.id, pivot.owner_id);
    let (created, updated, active) = (pivot.date_create, pivot.date_update, pivot.date_activity);
    let name = pivot.name.clone();
    let later = created + 10 * 24 * 3_600;
    vec![
        case("ID", Get::ID.eq(group_id(id)), move |g| g.id == id),
        case("ID", Get::ID.ne(group_id(id)), move |g| g.id != id),
        case("ID", Get::ID.gt(group_id(id)), move |g| g.id > id),
        case("ID", Get::ID.ge(group_id(id)), move |g| g.id >= id),
        case("ID", Get::ID.lt(group_id(id)), move |g| g.id < id),
        case("ID", Get::ID.le(group_id(id)), move |g| g.id <= id),
        case(
            "ID",
            Get::ID.between(group_id(id - 9), group_id(id + 9)),
            move |g| (id - 9..=id + 9).contains(&g.id),
        ),
        case(
            "DATE_CREATE",
            Get::DATE_CREATE.gt(in_california(created)),
            move |g| g.date_create > created,
        ),
        case(
            "DATE_CREATE",
            Get::DATE_CREATE.not_between(at(created), at(later)),
            move |g| !(created..=later).contains(&g.date_create),
        ),
        case("DATE_CREATE", Get::DATE_CREATE.lt(at(created)), move |g| {
            g.date_create < created
        }),
        case("DATE_UPDATE", Get::DATE_UPDATE.ge(at(updated)), move |g| {
            g.date_update >= updated
        }),
        case(
            "DATE_ACTIVITY",
            Get::DATE_ACTIVITY.le(at(active)),
            move |g| g.date_activity <= active,
        ),
        case("NAME", Get::NAME.eq(name.clone()), move |g| g.name == name),
        case("NAME", Get::NAME.contains("Pro"), |g| {
            g.name.contains("Pro")
        }),
        case("NAME", Get::NAME.not_contains("Berlin"), |g| {
            !g.name.contains("Berlin")
        }),
        case("NAME", Get::NAME.search("2025"), |g| {
            g.name.contains("2025")
        }),
        case("OWNER_ID", Get::OWNER_ID.eq(user_id(owner)), move |g| {
            g.owner_id == owner
        }),
        case("ACTIVE", Get::ACTIVE.eq(false), |g| !g.active),
        case("VISIBLE", Get::VISIBLE.ne(true), |g| !g.visible),
        case("OPENED", Get::OPENED.eq(true), |g| g.opened),
        case("CLOSED", Get::CLOSED.eq(true), |g| g.closed),
        case(
            "IS_EXTRANET",
            Get::IS_EXTRANET.eq(true),
            sonet_portal::Group::is_extranet,
        ),
    ]
}

/// A moment in a zone that is far from the portal's.
fn in_california(seconds: i64) -> DateTime<FixedOffset> {
    at(seconds).with_timezone(&FixedOffset::west_opt(8 * 60 * 60).unwrap())
}

fn every_operator_and_field_keeps_what_it_should<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let groups = world.groups();
    let cases = cases(world);
    check_fields(<Get as Method>::NAME, &cases);
    for Case {
        condition, holds, ..
    } in cases
    {
        let what = format!("{condition:?}");
        let call = Get::new().is_admin(true).filter(condition);
        let rows = client.call(&call).unwrap();
        let found = rows.into_iter().map(|row| row.id).collect();
        check(&what, &groups, found, &*holds);
    }
}

fn all_conditions_must_hold<C: Caller>(world: &World) {
    let pivot = pivot(world);
    let (id, owner) = (pivot.id, pivot.owner_id);
    let call = Get::new()
        .is_admin(true)
        .filter(Get::ID.ge(group_id(id)))
        .filter(Get::OWNER_ID.eq(user_id(owner)))
        .filter(Get::CLOSED.ne(true));
    let rows = world.admin_client::<C>().call(&call).unwrap();
    let found = rows.into_iter().map(|row| row.id).collect();
    check("three conditions", &world.groups(), found, &move |group| {
        group.id >= id && group.owner_id == owner && !group.closed
    });
}

fn two_conditions_of_one_kind_are_not_sent<C: Caller>(world: &World) {
    let call = Get::new()
        .filter(Get::NAME.contains("a"))
        .filter(Get::NAME.contains("b"));
    let admin = world.admin();
    crate::conformance::refusal::assert_not_sent::<C, _>(world, admin, &call, "FILTER");
}

on_both_clients! {
    every_operator_and_field_keeps_what_it_should,
    all_conditions_must_hold,
    two_conditions_of_one_kind_are_not_sent,
}
