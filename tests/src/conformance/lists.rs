//! Lists, walked from their beginning to their end.

use std::cell::RefCell;

use sonet_core::{Config, CountMode, Cursor, Paged};
use sonet_portal::Fault;
use sonet_types::GroupId;
use sonet_types::socialnetwork::api::workgroup::List;
use sonet_types::sonet_group::{Create, Delete, Get};

use super::caller::{Blocking, Caller, Walk};
use super::secrets::assert_tells_nothing;
use super::world::{World, group_id, number};

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

/// Around every bound of a page and of a batch.
fn every_row_comes_once_and_in_order<C: Caller>(_: &World) {
    for size in [3, 49, 50, 51, 100, 149, 2_550, 2_551] {
        let world = portal_of(size);
        let client: C = world.admin_client();
        let all = numbers(&world);
        for eager in [false, true] {
            let walk = || Walk {
                eager,
                ..Walk::default()
            };
            let walked = client.walk(&Get::new().is_admin(true), walk());
            assert!(walked.error.is_none(), "{size}: {walked:?}");
            assert_eq!(walked.total, Some(size));
            let ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
            assert_eq!(ids, all, "{size}");
            let walked = client.walk(&List::new().is_admin(true), walk());
            assert!(walked.error.is_none(), "{size}: {:?}", walked.error);
            let ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
            assert_eq!(ids, all, "{size}");
        }
    }
}

fn an_empty_list_is_one_request<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let none = Get::new().filter(Get::NAME.eq("there is none of this name"));
    let walked = client.walk(&none, Walk::default());
    assert!(walked.rows.is_empty() && walked.error.is_none());
    assert_eq!((walked.total, client.requests()), (Some(0), 1));
    let none = List::new().filter(List::NAME.eq("there is none of this name"));
    assert!(client.walk(&none, Walk::default()).rows.is_empty());
    assert_eq!(client.requests(), 2);
}

/// What is left of a list is asked for, and nothing else.
fn a_list_takes_the_fewest_requests<C: Caller>(_: &World) {
    let requests = |rows: u64, walk: Walk<'_>, counts: bool| {
        let world = portal_of(rows);
        let client: C = world.admin_client();
        let walked = if counts {
            client.walk(&Get::new().is_admin(true), walk).rows.len()
        } else {
            client.walk(&List::new().is_admin(true), walk).rows.len()
        };
        assert_eq!(walked as u64, rows);
        client.requests()
    };
    let eager = |count| Walk {
        eager: true,
        count,
        ..Walk::default()
    };
    for (rows, plain, counted, uncounted) in [
        (40, 1, 1, 1),
        // Without a count, an empty page behind the first one is asked for again.
        (50, 1, 1, 2),
        (60, 2, 1, 1),
        (2_500, 2, 1, 2),
        (2_550, 2, 2, 2),
        (5_000, 3, 2, 3),
    ] {
        assert_eq!(requests(rows, Walk::default(), true), plain, "{rows}");
        assert_eq!(requests(rows, eager(None), true), counted, "{rows}");
        let every = eager(Some(CountMode::Every));
        assert_eq!(requests(rows, every, false), counted, "{rows}");
        let none = eager(Some(CountMode::None));
        assert_eq!(requests(rows, none, false), uncounted, "{rows}");
    }
}

/// The commands of a batch that a small list leads to.
fn a_small_list_drags_no_empty_commands_behind_it<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    client.walk(&Get::new().is_admin(true), Walk::default());
    assert_eq!(world.executed("sonet_group.get"), 3, "three pages");
    assert_eq!(client.requests(), 2);
}

fn a_list_backwards_and_in_another_order<C: Caller>(_: &World) {
    let world = portal_of(230);
    let client: C = world.admin_client();
    let mut all = numbers(&world);
    all.reverse();
    let call = Get::new().is_admin(true).order(Get::ID.desc());
    let walked = client.walk(&call, Walk::default());
    assert_eq!(walked.rows.iter().map(|r| r.id).collect::<Vec<_>>(), all);

    let call = Get::new()
        .is_admin(true)
        .order(Get::NAME.desc())
        .order(Get::ID.asc());
    let walked = client.walk(&call, Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let key = |id: GroupId| (std::cmp::Reverse(world.group(id).name), number(id));
    let mut ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
    let found = ids.clone();
    ids.sort_by_cached_key(|id| key(*id));
    assert_eq!(found.len(), 230);
    assert_eq!(found, ids, "by name, and by number where names are equal");
    assert_eq!(client.requests(), 4);
}

fn a_filter_of_ones_own_is_kept<C: Caller>(_: &World) {
    let world = portal_of(300);
    let client: C = world.admin_client();
    let all = numbers(&world);
    let (low, high) = (all[20], all[250]);
    let expected = &all[21..=250];
    let between = [
        Get::new().filter(Get::ID.gt(low)).filter(Get::ID.le(high)),
        Get::new()
            .filter(Get::ID.ge(all[21]))
            .filter(Get::ID.lt(all[251])),
    ];
    for call in between {
        for order in [Get::ID.asc(), Get::ID.desc(), Get::NAME.asc()] {
            let call = call.clone().is_admin(true).order(order);
            let walked = client.walk(&call, Walk::default());
            assert!(walked.error.is_none(), "{:?}", walked.error);
            let mut ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
            ids.sort_unstable();
            assert_eq!(ids, expected);
        }
    }
}

/// All that existed throughout comes once, whatever comes and goes.
fn a_list_that_changes_is_still_complete<C: Caller>(_: &World) {
    for (descending, order) in [(false, Get::ID.asc()), (true, Get::ID.desc())] {
        let call = Get::new().is_admin(true).order(order);
        stays_complete::<C, _>(&call, descending);
    }
    for (descending, order) in [(false, List::ID.asc()), (true, List::ID.desc())] {
        let call = List::new().is_admin(true).order(order);
        stays_complete::<C, _>(&call, descending);
    }
}

fn stays_complete<C: Caller, M>(call: &M, descending: bool)
where
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
        ..Walk::default()
    };
    let walked = client.walk(call, walk);
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let ids: Vec<_> = walked
        .rows
        .iter()
        .map(|row| GroupId::new(M::cursor(row)))
        .collect();
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

fn a_walk_that_broke_goes_on<C: Caller>(_: &World) {
    let world = portal_of(300);
    let client: C = world.admin_client();
    let mut all = numbers(&world);
    for (order, stop) in [
        (vec![Get::ID.asc()], 70),
        (vec![Get::ID.desc()], 120),
        (vec![Get::OWNER_ID.asc(), Get::ID.asc()], 120),
    ] {
        let call = order
            .into_iter()
            .fold(Get::new().is_admin(true), Get::order);
        let walk = Walk {
            stop_after: Some(stop),
            ..Walk::default()
        };
        let begun = client.walk(&call, walk);
        let saved = begun.cursor.to_string();
        let walk = Walk {
            from: Some(saved.parse().unwrap()),
            ..Walk::default()
        };
        let rest = client.walk(&call, walk);
        assert!(rest.error.is_none(), "{:?}", rest.error);
        let ids = begun.rows.iter().chain(&rest.rows).map(|row| row.id);
        let mut ids: Vec<_> = ids.collect();
        assert_eq!(ids.len(), 300, "{saved}");
        ids.sort_unstable();
        all.sort_unstable();
        assert_eq!(ids, all, "{saved}");
    }
    let cursor: Cursor = "offset=50".parse().unwrap();
    let walk = Walk {
        from: Some(cursor),
        ..Walk::default()
    };
    let error = client.walk(&Get::new(), walk).error.unwrap();
    assert!(error.to_string().contains("another order"), "{error}");
}

fn an_error_in_the_midst_ends_the_walk_behind_whole_rows<C: Caller>(_: &World) {
    let world = portal_of(300);
    let client: C = world.admin_client();
    let all = numbers(&world);
    let meanwhile = |rows: usize| {
        if rows == 50 {
            let faults = world.server().faults();
            faults
                .on("batch")
                .budget(100)
                .chance(1.0)
                .before(Fault::Page(403));
        }
    };
    let walk = Walk {
        meanwhile: Some(&meanwhile),
        ..Walk::default()
    };
    let walked = client.walk(&Get::new().is_admin(true), walk);
    let error = walked.error.unwrap();
    assert_eq!(error.status().unwrap().as_u16(), 403, "{error}");
    assert_tells_nothing(&world, &error);
    let ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
    assert_eq!(ids, all[..50]);
    assert_eq!(walked.cursor.to_string(), format!("id>{}", all[49]));
}

/// Servers have been seen to announce a page that is empty, and to say a total of 0 where they did not count.
fn oddities_of_servers_do_no_harm<C: Caller>(_: &World) {
    for size in [50, 100, 2_550] {
        let world = portal_of(size);
        world.server().with(|portal| {
            portal.rules_mut().bogus_next = true;
            portal.rules_mut().zero_total = true;
        });
        let client: C = world.admin_client();
        let all = numbers(&world);
        for count in [None, Some(CountMode::Every), Some(CountMode::None)] {
            let walk = || Walk {
                count,
                ..Walk::default()
            };
            let walked = client.walk(&Get::new().is_admin(true), walk());
            assert!(walked.error.is_none(), "{size}: {:?}", walked.error);
            assert_eq!(walked.rows.len(), all.len());
            let walked = client.walk(&List::new().is_admin(true), walk());
            assert!(walked.error.is_none(), "{size}: {:?}", walked.error);
            assert_eq!(walked.rows.len(), all.len());
        }
    }
}

fn a_text_that_looks_like_a_reference_is_only_text<C: Caller>(_: &World) {
    let world = portal_of(60);
    let ids = numbers(&world);
    for id in &ids {
        world.change_group(*id, |group| group.name = "$result[c0][0][ID]".to_owned());
    }
    let client: C = world.admin_client();
    let call = Get::new()
        .is_admin(true)
        .filter(Get::NAME.eq("$result[c0][0][ID]"));
    let walked = client.walk(
        &call,
        Walk {
            eager: true,
            ..Walk::default()
        },
    );
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.rows.len(), 60);
}

fn a_walk_survives_lost_answers<C: Caller>(_: &World) {
    let world = portal_of(2_600);
    let faults = world.server().faults();
    faults.on("*").nth(1).before(Fault::Reset);
    faults.on("batch").nth(1).after(Fault::Truncate);
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config).unwrap();
    let walked = client.walk(&Get::new().is_admin(true), Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.rows.len(), 2_600);
}

on_both_clients! {
    every_row_comes_once_and_in_order,
    an_empty_list_is_one_request,
    a_list_takes_the_fewest_requests,
    a_small_list_drags_no_empty_commands_behind_it,
    a_list_backwards_and_in_another_order,
    a_filter_of_ones_own_is_kept,
    a_list_that_changes_is_still_complete,
    a_change_that_shifts_pages_is_told,
    a_walk_that_broke_goes_on,
    an_error_in_the_midst_ends_the_walk_behind_whole_rows,
    oddities_of_servers_do_no_harm,
    a_text_that_looks_like_a_reference_is_only_text,
    a_walk_survives_lost_answers,
}
