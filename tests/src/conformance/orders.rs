//! Orders: every field of both list methods, up and down.

use std::collections::BTreeSet;

use sonet_core::Method;
use sonet_core::filter::Sorting;
use sonet_portal::Group;
use sonet_types::GroupId;
use sonet_types::socialnetwork::api::workgroup::List;
use sonet_types::sonet_group::Get;

use super::caller::Caller;
use super::recording_proxy::RecordingProxy;
use super::refusal::assert_not_sent;
use super::spec;
use super::world::World;

/// What a group is sorted by, as a text that sorts alike.
type Key = fn(&Group) -> String;

/// A field, both directions, and what to compare.
struct Case<M> {
    field: &'static str,
    up: Sorting<M>,
    down: Sorting<M>,
    key: Key,
}

macro_rules! cases {
    ($method:ident: $($field:ident => $key:expr,)+) => {
        vec![$(Case {
            field: $method::$field.name(),
            up: $method::$field.asc(),
            down: $method::$field.desc(),
            key: $key,
        },)+]
    };
}

fn padded(number: u64) -> String {
    format!("{number:020}")
}

fn date(seconds: i64) -> String {
    padded(u64::try_from(seconds).unwrap())
}

fn flag(flag: bool) -> String {
    (if flag { "Y" } else { "N" }).to_owned()
}

fn of_get() -> Vec<Case<Get>> {
    cases! { Get:
        ID => |group| padded(group.id),
        NAME => |group| group.name.to_lowercase(),
        OWNER_ID => |group| padded(group.owner_id),
        ACTIVE => |group| flag(group.active),
        VISIBLE => |group| flag(group.visible),
        OPENED => |group| flag(group.opened),
        CLOSED => |group| flag(group.closed),
        DATE_CREATE => |group| date(group.date_create),
        DATE_UPDATE => |group| date(group.date_update),
        DATE_ACTIVITY => |group| date(group.date_activity),
        IS_EXTRANET => |group| flag(group.is_extranet()),
    }
}

fn of_list() -> Vec<Case<List>> {
    cases! { List:
        ID => |group| padded(group.id),
        NAME => |group| group.name.to_lowercase(),
        OWNER_ID => |group| padded(group.owner_id),
        ACTIVE => |group| flag(group.active),
        VISIBLE => |group| flag(group.visible),
        OPENED => |group| flag(group.opened),
        CLOSED => |group| flag(group.closed),
        PROJECT => |group| flag(group.is_project()),
        SUBJECT_ID => |group| padded(group.subject_id),
        SITE_ID => |group| group.sites[0].clone(),
        DATE_CREATE => |group| date(group.date_create),
        DATE_UPDATE => |group| date(group.date_update),
        DATE_ACTIVITY => |group| date(group.date_activity),
    }
}

/// Checks that rows come by a key, and that they differ in it.
fn check(world: &World, what: &str, ids: &[GroupId], key: Key, descending: bool) {
    let keys: Vec<String> = ids.iter().map(|id| key(&world.group(*id))).collect();
    let sorted = keys.is_sorted_by(|a, b| if descending { a >= b } else { a <= b });
    assert!(sorted, "{what}: {keys:?}");
    // All groups of the main site begin with it, so one order has nothing to sort.
    let different = keys.iter().collect::<BTreeSet<_>>().len() > 1;
    assert!(
        different || what.starts_with("SITE_ID"),
        "{what} shows nothing"
    );
}

fn check_fields<M: Method>(cases: &[Case<M>]) {
    let tried: BTreeSet<&str> = cases.iter().map(|case| case.field).collect();
    let method = spec::method(M::NAME);
    let documented = method.order_fields.iter().map(|field| field.value.as_str());
    assert_eq!(tried, documented.collect());
}

fn sonet_group_get_sorts_by_every_field<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let cases = of_get();
    check_fields(&cases);
    for case in cases {
        for (sorting, descending) in [(case.up, false), (case.down, true)] {
            let what = format!("{sorting:?}");
            let call = Get::new().is_admin(true).order(sorting);
            let rows = client.call(&call).unwrap();
            let ids: Vec<GroupId> = rows.iter().map(|row| row.id).collect();
            assert_eq!(ids.len(), world.groups().len());
            check(world, &what, &ids, case.key, descending);
        }
    }
}

fn workgroup_list_sorts_by_every_field<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let cases = of_list();
    check_fields(&cases);
    for case in cases {
        for (sorting, descending) in [(case.up, false), (case.down, true)] {
            let what = format!("{sorting:?}");
            let call = List::new().is_admin(true).order(sorting);
            let page = client.call(&call).unwrap();
            let ids: Vec<GroupId> = page.iter().map(|row| row.id).collect();
            assert!(ids.len() > 30);
            check(world, &what, &ids, case.key, descending);
        }
    }
}

fn several_fields_keep_their_order_on_the_wire<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    let call = Get::new()
        .is_admin(true)
        .order(Get::OWNER_ID.desc())
        .order(Get::CLOSED.asc())
        .order(Get::NAME.desc())
        .order(Get::ID.asc());
    let rows = client.call(&call).unwrap();
    let key = |id| {
        let group = world.group(id);
        let name = group.name.to_lowercase();
        (group.owner_id, group.closed, name, group.id)
    };
    let keys: Vec<_> = rows.iter().map(|row| key(row.id)).collect();
    assert!(keys.is_sorted_by(|a, b| { (b.0, a.1, &b.2, a.3) <= (a.0, b.1, &a.2, b.3) }));
    let sent = proxy.requests();
    let order = r#""ORDER":{"OWNER_ID":"DESC","CLOSED":"ASC","NAME":"DESC","ID":"ASC"}"#;
    assert!(sent[0].text().contains(order), "{}", sent[0].text());

    let call = List::new()
        .order(List::PROJECT.desc())
        .order(List::DATE_CREATE.asc())
        .order(List::ACTIVE.asc());
    let _ = client.call(&call).unwrap();
    let sent = proxy.requests();
    let order = r#""order":{"PROJECT":"DESC","DATE_CREATE":"ASC","ACTIVE":"ASC"}"#;
    assert!(sent[1].text().contains(order), "{}", sent[1].text());
}

fn a_field_that_is_named_twice_is_not_sent<C: Caller>(world: &World) {
    let call = List::new().order(List::ID.asc()).order(List::ID.desc());
    assert_not_sent::<C, _>(world, world.admin(), &call, "order");
}

on_both_clients! {
    sonet_group_get_sorts_by_every_field,
    workgroup_list_sorts_by_every_field,
    several_fields_keep_their_order_on_the_wire,
    a_field_that_is_named_twice_is_not_sent,
}
