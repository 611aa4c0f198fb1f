//! Lists, walked from their beginning to their end.

mod changes;
mod concurrency;
mod interruptions;
mod pages;
mod totals;

use sonet_types::GroupId;

use crate::conformance::world::{World, group_id};

/// A portal with this many groups, all of them on the main site.
fn portal_of(groups: u64) -> World {
    let world = World::with(groups, 20);
    world.server().with(|portal| {
        let ids: Vec<u64> = portal.groups().map(|group| group.id).collect();
        for id in ids {
            portal.group_mut(id).unwrap().sites = vec!["s1".to_owned()];
        }
    });
    world
}

fn numbers(world: &World) -> Vec<GroupId> {
    world.groups().iter().map(|g| group_id(g.id)).collect()
}
