//! Lists of more rows than a page has, paged through by hand.

use sonet_core::Method;
use sonet_types::GroupId;
use sonet_types::socialnetwork::api::workgroup::List;
use sonet_types::sonet_group::Get;

use super::caller::Caller;
use super::world::{World, group_id};

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

fn every_group_comes_once_from_sonet_group_get<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    let (mut found, mut sizes, mut start) = (Vec::new(), Vec::new(), 0);
    loop {
        let call = Get::new().is_admin(true).order(Get::ID.asc()).start(start);
        let page = client.page(&call).unwrap();
        assert_eq!(page.total, Some(120));
        sizes.push(page.items.len());
        found.extend(page.items.iter().map(|group| group.id));
        match page.next {
            Some(next) => start = next,
            None => break,
        }
    }
    assert_eq!(found, numbers(&world));
    assert_eq!(sizes, [50, 50, 20]);
    assert_eq!(world.executed(<Get as Method>::NAME), 3);
}

fn every_group_comes_once_from_workgroup_list<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    let (mut found, mut sizes, mut start) = (Vec::new(), Vec::new(), 0);
    loop {
        let call = List::new()
            .is_admin(true)
            .order(List::ID.asc())
            .start(start);
        let page = client.page(&call).unwrap();
        assert_eq!(page.total, Some(120));
        sizes.push(page.items.len());
        found.extend(page.items.iter().map(|group| group.id));
        match page.next {
            Some(next) => start = next,
            None => break,
        }
    }
    assert_eq!(found, numbers(&world));
    assert_eq!(sizes, [50, 50, 20]);
}

fn a_full_last_page_has_no_next<C: Caller>(_: &World) {
    let world = portal_of(100);
    let client: C = world.admin_client();
    let page = client.page(&Get::new().is_admin(true).start(50)).unwrap();
    assert_eq!((page.items.len(), page.next), (50, None));
    let page = client.page(&List::new().is_admin(true).start(50)).unwrap();
    assert_eq!((page.items.len(), page.next), (50, None));
}

fn an_offset_behind_the_end_is_an_empty_page<C: Caller>(_: &World) {
    let world = portal_of(3);
    let client: C = world.admin_client();
    let page = client.page(&Get::new().is_admin(true).start(50)).unwrap();
    assert_eq!(
        (page.items.len(), page.total, page.next),
        (0, Some(3), None)
    );
    let page = client.page(&List::new().is_admin(true).start(50)).unwrap();
    assert_eq!(
        (page.items.len(), page.total, page.next),
        (0, Some(3), None)
    );
}

fn without_counting_one_walks_by_identifier<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    let (mut found, mut sizes) = (vec![GroupId::new(0)], Vec::new());
    loop {
        let last = found[found.len() - 1];
        let call = List::new()
            .is_admin(true)
            .filter(List::ID.gt(last))
            .order(List::ID.asc())
            .start(-1);
        let reply = client.reply(&call).unwrap();
        assert_eq!((reply.total, reply.next), (None, None));
        let rows = reply.result.workgroups;
        sizes.push(rows.len());
        found.extend(rows.iter().map(|row| row.id));
        if rows.len() < 50 {
            break;
        }
    }
    assert_eq!(found[1..], numbers(&world));
    assert_eq!(sizes, [50, 50, 20]);
}

on_both_clients! {
    every_group_comes_once_from_sonet_group_get,
    every_group_comes_once_from_workgroup_list,
    a_full_last_page_has_no_next,
    an_offset_behind_the_end_is_an_empty_page,
    without_counting_one_walks_by_identifier,
}
