//! Batches with several requests out at once.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sonet_core::{
    Batch, BatchRun, Config, Error, Executed, Handle, Method as _, ProgressEvent, Rate,
};
use sonet_portal::Fault;
use sonet_types::GroupId;
use sonet_types::sonet_group::{Create, Delete, user};

use crate::conformance::caller::Caller;
use crate::conformance::out::Out;
use crate::conformance::world::World;

/// So many groups to create, up to four requests at once.
fn creations(count: usize) -> (BatchRun, Vec<Handle<GroupId>>) {
    let mut batch = Batch::new().split().in_any_order().concurrency(4);
    let groups = batch.add_all((0..count).map(|n| Create::new(format!("Group {n}"))));
    (batch.build().unwrap(), groups)
}

/// Each group that was created has the name of its command, and there is one of each name at most.
fn assert_once_each(world: &World, run: &BatchRun, groups: Vec<Handle<GroupId>>) {
    let mut named = BTreeMap::new();
    for group in world.groups() {
        *named.entry(group.name).or_insert(0) += 1;
    }
    for (n, group) in groups.into_iter().enumerate() {
        let name = format!("Group {n}");
        let created = named.get(&name).copied().unwrap_or(0);
        match run.outcome(group) {
            Ok(group) => assert_eq!((world.group(group).name, created), (name, 1)),
            Err(error) if error.executed() == Executed::No => assert_eq!(created, 0, "{error}"),
            Err(_) => assert!(created <= 1, "{created} times {name}"),
        }
    }
}

fn each_command_has_its_own_outcome<C: Caller>(world: &World) {
    let out = Out::default();
    let client = C::new(out.config(world).rate(Rate::UNLIMITED)).unwrap();
    let (mut run, groups) = creations(160);
    client.run(&mut run).unwrap();
    assert!(run.is_finished());
    assert_eq!((client.requests(), world.executed(Create::NAME)), (4, 160));
    let most = out.most();
    assert!((2..=4).contains(&most), "{most} out at once");
    assert!(groups.iter().all(|group| run.outcome(*group).is_ok()));
    assert_once_each(world, &run, groups);
}

fn references_stay_within_their_request<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let before = world.groups().len();
    let batch = Batch::new().split().halt().in_any_order();
    let mut batch = batch.concurrency(4);
    let mut deleted = Vec::new();
    for n in 0..60 {
        let created = batch.add(&Create::new(format!("Group {n}")));
        deleted.push(batch.add_with(created.value(), Delete::new));
    }
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    for deleted in deleted {
        run.outcome(deleted).unwrap();
    }
    assert_eq!(world.groups().len(), before);
    assert_eq!(world.executed(Delete::NAME), 60);
}

fn a_lost_answer_is_told_and_what_else_was_out_is_kept<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let (mut run, groups) = creations(160);
    let faults = world.server().faults();
    faults.on("batch").nth(2).after(Fault::Reset);
    let error = client.run(&mut run).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    client.run(&mut run).unwrap();
    assert!(run.is_finished());
    assert_eq!((client.requests(), world.executed(Create::NAME)), (4, 160));
    let unknown = groups.iter().filter(|group| run.outcome(**group).is_err());
    // All four run: one of the first ones is lost.
    assert!([50, 10].contains(&unknown.count()));
    assert_once_each(world, &run, groups);
}

fn what_did_not_run_is_sent_when_it_runs_again<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let (mut run, groups) = creations(160);
    let faults = world.server().faults();
    faults.on("batch").nth(2).before(Fault::Page(403));
    let error = client.run(&mut run).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 403, "{error}");
    let created = world.executed(Create::NAME);
    assert!(created < 160 && !run.is_finished(), "{created}");
    let came = groups.iter().filter(|group| run.outcome(**group).is_ok());
    assert_eq!(came.count() as u64, created, "nothing is lost");
    client.run(&mut run).unwrap();
    assert!(run.is_finished());
    assert_eq!(world.executed(Create::NAME), 160);
    assert!(groups.iter().all(|group| run.outcome(*group).is_ok()));
    assert_once_each(world, &run, groups);
}

fn reads_are_repeated_and_no_limit_is_broken<C: Caller>(world: &World) {
    let every = Duration::from_millis(100);
    world.rule(|rules| rules.rate = Some(sonet_portal::Rate::new(2, 1).every(every)));
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config.rate(Rate::new(2, 1).every(every))).unwrap();
    let faults = world.server().faults();
    faults.on("batch").nth(2).before(Fault::Reset);
    let mut batch = Batch::new().split().concurrency(8);
    let group = world.open_group();
    let members = batch.add_all((0..210).map(|_| user::Get::new(group)));
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    for members in members {
        assert!(!run.outcome(members).unwrap().is_empty());
    }
    assert_eq!(client.requests(), 6);
    let refused = world.server().with(|portal| portal.refused_for_rate());
    assert_eq!(refused, 0);
}

/// A hook of the user's panics in a task or on a thread of the client's.
fn a_panic_reaches_whoever_runs_the_batch<C: Caller>(world: &World) {
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let sent = AtomicUsize::new(0);
    let config = config.rate(Rate::UNLIMITED).on_progress(move |progress| {
        let is_sending = matches!(progress.event, ProgressEvent::Sending);
        assert!(
            !is_sending || sent.fetch_add(1, Ordering::SeqCst) != 1,
            "a hook of the user's"
        );
    });
    let client = C::new(config).unwrap();
    let (mut run, groups) = creations(160);
    let panicked = catch_unwind(AssertUnwindSafe(|| client.run(&mut run)));
    assert!(panicked.is_err(), "{panicked:?}");
    client.run(&mut run).unwrap();
    assert!(run.is_finished());
    let failed: Vec<_> = groups
        .iter()
        .filter_map(|group| run.outcome(*group).err())
        .collect();
    assert!((50..160).contains(&failed.len()), "{}", failed.len());
    let is_unknown = |error: &Error| error.executed() == Executed::Unknown;
    assert!(failed.iter().all(is_unknown));
    assert_once_each(world, &run, groups);
}

on_both_clients! {
    each_command_has_its_own_outcome,
    references_stay_within_their_request,
    a_lost_answer_is_told_and_what_else_was_out_is_kept,
    what_did_not_run_is_sent_when_it_runs_again,
    reads_are_repeated_and_no_limit_is_broken,
    a_panic_reaches_whoever_runs_the_batch,
}
