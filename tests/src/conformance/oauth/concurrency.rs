//! 64 calls that meet an expired token together.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use sonet_core::{Config, Progress, ProgressEvent, WaitReason};
use sonet_portal::Fault;
use sonet_types::sonet_group::Create;
use tokio::runtime::Builder;
use tokio::task::{self, Id};

use crate::conformance::application::Application;
use crate::conformance::world::World;

const CALLS: usize = 64;
const SOON: Duration = Duration::from_millis(5);

/// An application's settings, and a token server whose answers take a second or two.
fn slow(world: &World, application: &Application<'_>) -> Config {
    let slow = Fault::Slow(Duration::from_millis(4));
    world.server().faults().on("oauth/token").after(slow);
    application.config(application.expired())
}

/// Who waits for the refresh.
#[derive(Default)]
struct Waiting {
    calls: AtomicUsize,
    /// The task of the first, which began it.
    first: OnceLock<Id>,
}

impl Waiting {
    fn note(&self, progress: &Progress<'_>) {
        if let ProgressEvent::Waiting(WaitReason::Refresh, _) = progress.event {
            if let Some(id) = task::try_id() {
                self.first.get_or_init(|| id);
            }
            self.calls.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn are_all(&self) -> bool {
        self.calls.load(Ordering::SeqCst) == CALLS
    }
}

#[test]
fn with_the_async_client_the_one_that_began_the_refresh_is_dropped() {
    let world = World::new();
    let application = Application::of(&world);
    let waiting = Arc::new(Waiting::default());
    let noted = Arc::clone(&waiting);
    let config = slow(&world, &application).on_progress(move |progress| noted.note(progress));
    let client = sonet_async::Client::new(config).unwrap();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        // No answer comes before all are under way.
        let portal = world.server().portal();
        let calls: Vec<_> = (0..CALLS)
            .map(|number| task::spawn(client.call(&Create::new(format!("Group {number}")))))
            .collect();
        while client.metrics().requests < CALLS as u64 {
            tokio::time::sleep(SOON).await;
        }
        drop(portal);
        while !waiting.are_all() {
            tokio::time::sleep(SOON).await;
        }
        let first = *waiting.first.get().unwrap();
        let dropped = calls.iter().find(|call| call.id() == first).unwrap();
        dropped.abort();
        assert_eq!(
            client.metrics().refreshes,
            0,
            "the refresh is under way yet"
        );
        for call in calls {
            let is_dropped = call.id() == first;
            match call.await {
                Ok(outcome) => drop(outcome.unwrap()),
                Err(error) => assert!(is_dropped && error.is_cancelled()),
            }
        }
    });
    assert_eq!(application.refreshes(), (1, 0));
    assert_eq!(world.executed("sonet_group.create"), CALLS as u64 - 1);
    assert_eq!(client.metrics().requests, 2 * CALLS as u64 - 1);
}

#[test]
fn with_the_blocking_client_all_succeed() {
    let world = World::new();
    let application = Application::of(&world);
    let waiting = Arc::new(Waiting::default());
    let noted = Arc::clone(&waiting);
    let config = slow(&world, &application).on_progress(move |progress| noted.note(progress));
    let client = sonet_blocking::Client::new(config).unwrap();
    thread::scope(|scope| {
        let portal = world.server().portal();
        let calls: Vec<_> = (0..CALLS)
            .map(|number| {
                let client = client.clone();
                scope.spawn(move || client.call(&Create::new(format!("Group {number}"))))
            })
            .collect();
        while client.metrics().requests < CALLS as u64 {
            thread::sleep(SOON);
        }
        drop(portal);
        for call in calls {
            call.join().unwrap().unwrap();
        }
    });
    assert!(waiting.are_all());
    assert_eq!(application.refreshes(), (1, 0));
    assert_eq!(world.executed("sonet_group.create"), CALLS as u64);
    assert_eq!(client.metrics().requests, 2 * CALLS as u64);
}
