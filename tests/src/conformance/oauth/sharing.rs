//! Clients that share one pair of tokens.

use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use sonet_core::{Config, MemoryStore, StoreError, TokenStore, Tokens};
use sonet_portal::Fault;
use sonet_types::sonet_group::Get;

use crate::conformance::application::Application;
use crate::conformance::caller::Caller;
use crate::conformance::world::World;

fn what_another_client_got_is_used<C: Caller>(world: &World) {
    let application = Application::of(world);
    let tokens = application.expired();
    let store = Arc::new(MemoryStore::new());
    let client = || {
        let config = application.config(tokens.clone());
        C::new(config.token_store(Arc::clone(&store))).unwrap()
    };
    let (one, two) = (client(), client());
    let _ = one.call(&Get::new()).unwrap();
    let _ = two.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
    application.expire(&store.tokens().unwrap());
    let _ = two.call(&Get::new()).unwrap();
    let _ = one.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (2, 0));
}

/// Lets two clients meet an expired token at the same moment.
fn race<C: Caller>(config: impl Fn() -> Config + Sync) {
    let barrier = Barrier::new(2);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let client = C::new(config()).unwrap();
                barrier.wait();
                let _ = client.call(&Get::new()).unwrap();
            });
        }
    });
}

fn clients_that_race_for_one_pair_both_get_it<C: Caller>(world: &World) {
    let application = Application::of(world);
    let (_, store) = application.stored(application.expired());
    let tokens = store.tokens().unwrap();
    race::<C>(|| {
        let config = application.config(tokens.clone());
        config.token_store(Arc::clone(&store))
    });
    assert_eq!(application.refreshes(), (1, 0), "one waits for the other");
}

/// A store that knows no lease, and takes its time to save.
#[derive(Debug, Clone, Default)]
struct Slow(Arc<MemoryStore>);

impl TokenStore for Slow {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        self.0.load()
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        thread::sleep(Duration::from_millis(1_500));
        self.0.save(tokens)
    }
}

fn one_that_was_refused_waits_for_what_another_is_about_to_save<C: Caller>(world: &World) {
    let application = Application::of(world);
    // Some 400 bytes.
    let slow = Fault::Slow(Duration::from_millis(6));
    world.server().faults().on("oauth/token").after(slow);
    let (tokens, store) = (application.expired(), Slow::default());
    race::<C>(|| {
        application
            .config(tokens.clone())
            .token_store(store.clone())
    });
    assert_eq!(application.refreshes().0, 1);
}

fn processes_that_share_a_file_refresh_once<C: Caller>(world: &World) {
    let application = Application::of(world);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tokens.json");
    let tokens = application.expired();
    // A store each, as in processes of their own.
    race::<C>(|| {
        let config = application.config(tokens.clone());
        config.token_store(sonet_blocking::FileStore::new(&path))
    });
    assert_eq!(application.refreshes(), (1, 0));
    let store = sonet_async::FileStore::new(&path);
    let saved = store.load().unwrap().unwrap();
    let _ = C::new(application.config(saved))
        .unwrap()
        .call(&Get::new())
        .unwrap();
    assert_eq!(application.refreshes(), (1, 0), "it is the newest");
}

on_both_clients! {
    what_another_client_got_is_used,
    clients_that_race_for_one_pair_both_get_it,
    one_that_was_refused_waits_for_what_another_is_about_to_save,
    processes_that_share_a_file_refresh_once,
}
