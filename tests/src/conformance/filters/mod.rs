//! Filters: every operator and every field of both list methods, against the portal's own list.

mod groups;
mod operators;
mod workgroups;

use std::collections::BTreeSet;

use sonet_core::filter::Condition;
use sonet_portal::Group;
use sonet_types::GroupId;

use super::spec;
use super::world::{World, group_id};

/// What a condition means for a group.
type Holds = Box<dyn Fn(&Group) -> bool>;

/// A condition, and what it means for a group.
struct Case<M> {
    field: &'static str,
    condition: Condition<M>,
    holds: Holds,
}

fn case<M>(
    field: &'static str,
    condition: Condition<M>,
    holds: impl Fn(&Group) -> bool + 'static,
) -> Case<M> {
    Case {
        field,
        condition,
        holds: Box::new(holds),
    }
}

/// Compares what a condition found with a filter over the portal's list. A condition that keeps everything or nothing
/// shows nothing, so it is a mistake of the case.
fn check(what: &str, groups: &[Group], found: Vec<GroupId>, holds: &dyn Fn(&Group) -> bool) {
    let fitting = groups.iter().filter(|group| holds(group));
    let expected: BTreeSet<GroupId> = fitting.map(|group| group_id(group.id)).collect();
    assert!(!expected.is_empty(), "{what} keeps nothing");
    assert!(expected.len() < groups.len(), "{what} keeps everything");
    let count = found.len();
    let found: BTreeSet<GroupId> = found.into_iter().collect();
    assert_eq!(found.len(), count, "{what}: a row came twice");
    assert_eq!(found, expected, "{what}");
}

/// A group in the middle to compare with.
fn pivot(world: &World) -> Group {
    let mut groups = world.groups();
    groups.sort_by_key(|group| group.date_create);
    groups.swap_remove(20)
}

fn check_fields<M>(method: &str, cases: &[Case<M>]) {
    let tried: BTreeSet<&str> = cases.iter().map(|case| case.field).collect();
    let method = spec::method(method);
    let documented = method.filter_fields.iter().map(|f| f.name.value.as_str());
    assert_eq!(tried, documented.collect(), "fields without a case");
}

/// The groups that `workgroup.list` lists unless it is asked for another site.
fn on_main_site(world: &World) -> Vec<Group> {
    let on_main = |group: &Group| group.sites.iter().any(|site| site == "s1");
    world.groups().into_iter().filter(on_main).collect()
}
