//! Whole lists: each row once and in order, by the fewest requests.

use sonet_core::CountMode;
use sonet_types::GroupId;
use sonet_types::socialnetwork::api::workgroup::List;
use sonet_types::sonet_group::Get;

use super::{numbers, portal_of};
use crate::conformance::caller::{Caller, Walk};
use crate::conformance::world::{World, number};

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

on_both_clients! {
    every_row_comes_once_and_in_order,
    an_empty_list_is_one_request,
    a_list_takes_the_fewest_requests,
    a_small_list_drags_no_empty_commands_behind_it,
    a_list_backwards_and_in_another_order,
    a_filter_of_ones_own_is_kept,
    oddities_of_servers_do_no_harm,
    a_text_that_looks_like_a_reference_is_only_text,
}
