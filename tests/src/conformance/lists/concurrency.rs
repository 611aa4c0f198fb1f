//! Walks with several requests out at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use sonet_core::{Config, ProgressEvent, Rate};
use sonet_portal::Fault;
use sonet_types::socialnetwork::api::workgroup::List;
use sonet_types::sonet_group::Get;

use super::{numbers, portal_of};
use crate::conformance::caller::{Caller, Walk};
use crate::conformance::out::Out;
use crate::conformance::world::World;

fn with(concurrency: usize) -> Walk<'static> {
    Walk {
        concurrency,
        ..Walk::default()
    }
}

fn every_row_comes_once_and_in_order<C: Caller>(_: &World) {
    let world = portal_of(5_200);
    let mut all = numbers(&world);
    for (order, is_by_name) in [
        (Get::ID.asc(), false),
        (Get::ID.desc(), false),
        (Get::NAME.asc(), true),
    ] {
        let out = Out::default();
        let client = C::new(out.config(&world).rate(Rate::UNLIMITED)).unwrap();
        let call = Get::new().is_admin(true).order(order);
        let walked = client.walk(&call, with(4));
        assert!(walked.error.is_none(), "{:?}", walked.error);
        assert_eq!(walked.total, Some(5_200));
        let mut ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
        if is_by_name {
            let alone = client.walk(&call, with(1));
            assert!(alone.rows.iter().map(|row| row.id).eq(ids.iter().copied()));
            ids.sort_unstable();
            all.sort_unstable();
        }
        assert!(ids == all, "all of them, in order");
        all.reverse();
        let most = out.most();
        assert!((2..=4).contains(&most), "{most} out at once");
    }
}

fn a_list_without_a_count_is_cut_as_well<C: Caller>(_: &World) {
    let world = portal_of(4_000);
    let client: C = world.admin_client();
    for count in [sonet_core::CountMode::None, sonet_core::CountMode::Every] {
        let walk = Walk {
            count: Some(count),
            ..with(3)
        };
        let walked = client.walk(&List::new().is_admin(true), walk);
        assert!(walked.error.is_none(), "{:?}", walked.error);
        let ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
        assert!(ids == numbers(&world), "{count:?}");
    }
}

/// What a user asks for bounds the windows, too.
fn conditions_hold_in_every_window<C: Caller>(_: &World) {
    let world = portal_of(5_200);
    let client: C = world.admin_client();
    let all = numbers(&world);
    let call = Get::new()
        .is_admin(true)
        .filter(Get::ID.gt(all[99]))
        .filter(Get::ID.lt(all[5_100]));
    let walked = client.walk(&call, with(4));
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
    assert_eq!(walked.total, Some(5_000));
    assert!(ids == all[100..5_100]);
}

fn few_rows_take_no_more_requests<C: Caller>(_: &World) {
    for (rows, requests) in [(0, 1), (40, 1), (50, 1), (2_000, 2)] {
        let world = World::with(rows, 20);
        let client: C = world.admin_client();
        let walked = client.walk(&Get::new().is_admin(true), with(8));
        assert!(walked.error.is_none(), "{:?}", walked.error);
        assert_eq!(walked.rows.len() as u64, rows);
        assert_eq!(client.requests(), requests, "{rows}");
    }
}

fn an_error_comes_in_its_place_and_the_walk_goes_on_from_there<C: Caller>(_: &World) {
    let world = portal_of(5_200);
    let all = numbers(&world);
    let faults = world.server().faults();
    // One of the later windows; all but the first are out at once.
    faults.on("batch").nth(3).before(Fault::Page(403));
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config.rate(Rate::UNLIMITED)).unwrap();
    let call = Get::new().is_admin(true);
    let walked = client.walk(&call, with(4));
    let error = walked.error.unwrap();
    assert_eq!(error.status().unwrap().as_u16(), 403, "{error}");
    let ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
    assert!(ids.len() >= 50 && all.starts_with(&ids), "{}", ids.len());
    let walk = Walk {
        from: Some(walked.cursor.to_string().parse().unwrap()),
        ..with(4)
    };
    let rest = client.walk(&call, walk);
    assert!(rest.error.is_none(), "{:?}", rest.error);
    let rest: Vec<_> = rest.rows.iter().map(|row| row.id).collect();
    assert!(rest == all[ids.len()..]);
}

fn what_is_lost_or_refused_is_asked_for_again<C: Caller>(_: &World) {
    let world = portal_of(5_200);
    let faults = world.server().faults();
    faults.on("batch").nth(2).before(Fault::Reset);
    faults.on("batch").nth(3).after(Fault::Truncate);
    faults.on("batch").nth(6).before(Fault::Reset);
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config.rate(Rate::UNLIMITED)).unwrap();
    let walked = client.walk(&Get::new().is_admin(true), with(4));
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
    assert!(ids == numbers(&world));
}

/// Each request takes its place in the bucket.
fn no_limit_is_broken<C: Caller>(_: &World) {
    let world = portal_of(5_200);
    let every = Duration::from_millis(100);
    world.rule(|rules| rules.rate = Some(sonet_portal::Rate::new(2, 1).every(every)));
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config.rate(Rate::new(2, 1).every(every))).unwrap();
    let walked = client.walk(&Get::new().is_admin(true), with(8));
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.rows.len(), 5_200);
    let refused = world.server().with(|portal| portal.refused_for_rate());
    assert_eq!(refused, 0);
}

/// Whoever stops asking stops the requests.
fn a_walk_that_is_dropped_sends_nothing_more<C: Caller>(_: &World) {
    let world = portal_of(5_200);
    let sent = Arc::new(Mutex::new(0));
    let counting = Arc::clone(&sent);
    // Three leave at once, and every other one only after an hour.
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let config = config.rate(Rate::new(3, 1).every(Duration::from_secs(3_600)));
    let client = C::new(config.on_progress(move |progress| {
        if matches!(progress.event, ProgressEvent::Sending) {
            *counting.lock().unwrap() += 1;
        }
    }))
    .unwrap();
    let walk = Walk {
        stop_after: Some(60),
        ..with(8)
    };
    let walked = client.walk(&Get::new().is_admin(true), walk);
    assert_eq!(walked.rows.len(), 60);
    thread::sleep(Duration::from_millis(100));
    assert!(*sent.lock().unwrap() <= 3);
}

/// What a hook of the user's panics with comes out of the walk, which then ends with an error and waits for nothing.
#[test]
fn a_hook_that_panics_leaves_no_walk_that_waits() {
    let world = portal_of(5_200);
    let sent = AtomicUsize::new(0);
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let config = config.rate(Rate::UNLIMITED).on_progress(move |progress| {
        let is_third = matches!(progress.event, ProgressEvent::Sending)
            && sent.fetch_add(1, Ordering::SeqCst) == 2;
        assert!(!is_third, "the user's own panic");
    });
    let client = sonet_blocking::Client::new(config).unwrap();
    let mut list = client.list(&Get::new().is_admin(true)).concurrency(4);
    let (mut panicked, mut failed) = (false, false);
    loop {
        match catch_unwind(AssertUnwindSafe(|| list.next())) {
            Ok(Some(Ok(_))) => {}
            Ok(Some(Err(error))) => failed = error.is_incomplete(),
            Ok(None) => break,
            Err(_) => panicked = true,
        }
    }
    assert!(panicked && failed);
}

on_both_clients! {
    every_row_comes_once_and_in_order,
    a_list_without_a_count_is_cut_as_well,
    conditions_hold_in_every_window,
    few_rows_take_no_more_requests,
    an_error_comes_in_its_place_and_the_walk_goes_on_from_there,
    what_is_lost_or_refused_is_asked_for_again,
    no_limit_is_broken,
    a_walk_that_is_dropped_sends_nothing_more,
}
