//! Refreshes that nobody waits for any more: a runtime, or a client, that ends in the middle of one.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sonet_core::{Config, MemoryStore, StoreError, TokenStore, Tokens};
use sonet_portal::Fault;
use sonet_types::sonet_group::Get;
use tokio::runtime::{Builder, Runtime};

use crate::conformance::application::Application;
use crate::conformance::caller::Caller;
use crate::conformance::world::World;

/// Settings of a call that has no time left before the token server's answer has come.
fn hurried(world: &World, config: Config) -> Config {
    // Some 450 bytes.
    let slow = Fault::Slow(Duration::from_millis(8));
    world.server().faults().on("oauth/token").after(slow);
    config.call_timeout(Duration::from_secs(1))
}

fn a_client_that_is_closed_waits_for_the_new_pair<C: Caller>(world: &World) {
    let application = Application::of(world);
    let old = application.expired();
    let (config, store) = application.stored(old.clone());
    let client = C::new(hurried(world, config)).unwrap();
    let error = client.call(&Get::new()).unwrap_err();
    assert!(error.is_deadline(), "{error}");
    client.close().unwrap();
    assert_eq!(application.refreshes(), (1, 0));
    assert_ne!(store.tokens().unwrap().refresh_token, old.refresh_token);
    // It can be used, and closed, again.
    let _ = client.call(&Get::new()).unwrap();
    client.close().unwrap();
    assert_eq!(application.refreshes(), (1, 0));
}

fn there_is_nothing_to_wait_for_otherwise<C: Caller>(world: &World) {
    let application = Application::of(world);
    let clients = [
        C::webhook(&world.webhook(world.admin())).unwrap(),
        C::new(application.config(application.tokens(world.admin()))).unwrap(),
        C::new(application.config(application.expired())).unwrap(),
    ];
    for client in clients {
        client.close().unwrap();
        let _ = client.call(&Get::new()).unwrap();
        client.close().unwrap();
    }
}

/// A store that fails to save so many times.
#[derive(Debug, Default)]
struct Failing(Mutex<Option<Tokens>>, AtomicU32);

impl TokenStore for Failing {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        let left = self
            .1
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        if left.is_ok() {
            return Err(format!("no room for {}", tokens.refresh_token.expose()).into());
        }
        *self.0.lock().unwrap() = Some(tokens.clone());
        Ok(())
    }
}

fn a_client_that_is_closed_saves_again_what_could_not_be_saved<C: Caller>(world: &World) {
    let application = Application::of(world);
    let store = Arc::new(Failing(Mutex::default(), AtomicU32::new(2)));
    let config = application.config(application.expired());
    let client = C::new(config.token_store(Arc::clone(&store))).unwrap();
    for error in [
        client.call(&Get::new()).map(drop).unwrap_err(),
        client.close().unwrap_err(),
    ] {
        assert!(error.is_store(), "{error}");
        assert!(error.to_string().contains("no room for ***"), "{error}");
    }
    assert_eq!(store.load().unwrap(), None);
    client.close().unwrap();
    assert!(store.load().unwrap().is_some());
    let _ = client.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn kept(store: &MemoryStore, old: &Tokens) -> bool {
    store.tokens().unwrap().refresh_token != old.refresh_token
}

#[test]
fn the_end_of_a_runtime_waits_for_the_new_pair() {
    let world = World::new();
    let application = Application::of(&world);
    let old = application.expired();
    let (config, store) = application.stored(old.clone());
    let client = sonet_async::Client::new(hurried(&world, config)).unwrap();
    let runtime = runtime();
    let error = runtime.block_on(client.call(&Get::new())).unwrap_err();
    assert!(error.is_deadline(), "{error}");
    assert_eq!(client.metrics().refreshes, 0, "it is under way");
    drop(client);
    drop(runtime);
    assert!(kept(&store, &old));
}

/// A refresh has a client of its own, which not all settings make.
#[test]
fn settings_that_are_good_for_one_client_only_refresh_as_well() {
    let world = World::new();
    let application = Application::of(&world);
    let (config, store) = application.stored(application.expired());
    let once = Mutex::new(Some(()));
    let client = sonet_async::Client::with_http(config, move |http| {
        once.lock().unwrap().take().expect("only once");
        http
    });
    let _ = runtime()
        .block_on(client.unwrap().call(&Get::new()))
        .unwrap();
    assert_eq!(application.refreshes(), (1, 0));
    assert!(store.tokens().is_some());
}

#[test]
fn what_another_runtime_began_is_waited_for_in_this_one() {
    let world = World::new();
    let application = Application::of(&world);
    let old = application.expired();
    let (config, store) = application.stored(old.clone());
    let client = sonet_async::Client::new(hurried(&world, config)).unwrap();
    let first = runtime();
    first.block_on(client.call(&Get::new())).unwrap_err();
    // It goes on without whom it was begun by, and without a word.
    first.shutdown_background();
    runtime().block_on(client.close()).unwrap();
    assert!(kept(&store, &old));
    assert_eq!(application.refreshes(), (1, 0));
    let _ = runtime().block_on(client.call(&Get::new())).unwrap();
}

on_both_clients! {
    a_client_that_is_closed_waits_for_the_new_pair,
    there_is_nothing_to_wait_for_otherwise,
    a_client_that_is_closed_saves_again_what_could_not_be_saved,
}
