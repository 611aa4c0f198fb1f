//! Lists that change while they are walked.

use std::cell::RefCell;

use sonet_core::Paged;
use sonet_types::GroupId;
use sonet_types::socialnetwork::api::workgroup::List;
use sonet_types::sonet_group::{Create, Delete, Get};

use super::{numbers, portal_of};
use crate::conformance::caller::{Blocking, Caller, Walk};
use crate::conformance::world::World;

/// All that existed throughout comes once, whatever comes and goes.
fn a_list_that_changes_is_still_complete<C: Caller>(_: &World) {
    for (descending, order) in [(false, Get::ID.asc()), (true, Get::ID.desc())] {
        let call = Get::new().is_admin(true).order(order);
        stays_complete::<C, _>(&call, |row| row.id, descending, 1);
        stays_complete::<C, _>(&call, |row| row.id, descending, 3);
    }
    for (descending, order) in [(false, List::ID.asc()), (true, List::ID.desc())] {
        let call = List::new().is_admin(true).order(order);
        stays_complete::<C, _>(&call, |row| row.id, descending, 1);
    }
}

fn stays_complete<C: Caller, M>(
    call: &M,
    id: fn(&M::Item) -> GroupId,
    descending: bool,
    concurrency: usize,
) where
    M: Paged + 'static,
    M::Output: Send,
{
    let world = portal_of(3_000);
    let client: C = world.admin_client();
    // Called in the midst of a walk, where an asynchronous client can't block.
    let writer: Blocking = world.admin_client();
    let all = numbers(&world);
    let deleted = RefCell::new(Vec::new());
    let meanwhile = |rows: usize| {
        if rows % 700 == 25 {
            writer.call(&Create::new("Meanwhile")).unwrap();
            // One that has been given out, and one that has not come yet.
            for at in [rows / 2, 2_900 - rows / 10] {
                let at = if descending { all.len() - 1 - at } else { at };
                let group = all[at];
                if world.existing(group).is_some() {
                    writer.call(&Delete::new(group)).unwrap();
                    deleted.borrow_mut().push(group);
                }
            }
        }
    };
    let walk = Walk {
        meanwhile: Some(&meanwhile),
        concurrency,
        ..Walk::default()
    };
    let walked = client.walk(call, walk);
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let ids: Vec<_> = walked.rows.iter().map(id).collect();
    let in_order = |pair: &[GroupId]| (pair[0] < pair[1]) != descending;
    assert!(ids.windows(2).all(in_order), "in order, and none twice");
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "no row comes twice");
    let deleted = deleted.borrow();
    assert!(deleted.len() > 3);
    let stayed = all.iter().filter(|group| !deleted.contains(group));
    let missing = stayed.filter(|group| unique.binary_search(group).is_err());
    assert_eq!(missing.count(), 0);
}

/// By offset that can't be had, and is told.
fn a_change_that_shifts_pages_is_told<C: Caller>(_: &World) {
    let world = portal_of(3_000);
    let (client, writer): (C, Blocking) = (world.admin_client(), world.admin_client());
    let group = numbers(&world)[0];
    let meanwhile = |rows: usize| {
        if rows == 60 {
            writer.call(&Delete::new(group)).unwrap();
        }
    };
    let walk = Walk {
        meanwhile: Some(&meanwhile),
        ..Walk::default()
    };
    let call = Get::new().is_admin(true).order(Get::NAME.asc());
    let walked = client.walk(&call, walk);
    let error = walked.error.unwrap();
    assert!(error.is_incomplete(), "{error}");
    assert!(error.to_string().contains("order of its"), "{error}");
    assert_eq!(walked.rows.len(), 2_550, "what came before is given out");
}

on_both_clients! {
    a_list_that_changes_is_still_complete,
    a_change_that_shifts_pages_is_told,
}
