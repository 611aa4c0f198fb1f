//! Several clients of one pair of tokens: who refreshes, and how long the others wait for it.

use std::sync::{Arc, Mutex};
use std::task::Waker;
use std::time::Duration;

use sonet_core::{
    Exchange, Machine, MemoryStore, Refresh, Step, StoreError, Superseded, TokenStore, Tokens,
};

use super::oauth::{DELETE, Side, config, fresh, refused, stage_pair};
use super::play::*;

/// A store that knows no lease.
#[derive(Debug, Clone, Default)]
struct Plain(Arc<MemoryStore>);

impl TokenStore for Plain {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        self.0.load()
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        self.0.save(tokens)
    }
}

/// A client of the pair, whose refresh has a request out.
struct Client {
    side: Side,
    call: Exchange<Delete>,
    refresh: Refresh,
}

impl Client {
    fn asking(store: &Plain) -> Self {
        let side = Side::new(&config().token_store(store.clone()));
        let mut call = side.expired();
        let mut refresh = side.refresh(&mut call);
        side.stores(&mut refresh);
        side.stores(&mut refresh);
        side.asks(&mut refresh);
        Self {
            side,
            call,
            refresh,
        }
    }

    /// Lets the refresh look into the store and wait, up to this long after its answer; whether it has ended by then.
    fn look_until(&mut self, seconds: f64, since: std::time::Instant) -> bool {
        let end = since + Duration::from_secs_f64(seconds);
        loop {
            match self.refresh.poll(self.side.now, Waker::noop()) {
                Step::Wait(until) if until > end => {
                    self.side.now = end;
                    return false;
                }
                Step::Wait(until) => self.side.now = self.side.now.max(until),
                Step::Store(call) => self.refresh.on_stored(self.side.now, call.run()),
                Step::Done(()) => return true,
                step => panic!("{step:?}"),
            }
        }
    }
}

#[test]
fn one_that_was_refused_looks_again_as_long_as_another_may_be_at_it() {
    // The answer to the other one takes 20 seconds, and saving it another 20.
    for saved_after in [0.2, 1.5, 4.1, 20.0, 40.0] {
        let store = Plain::default();
        let mut refused_one = Client::asking(&store);
        let start = refused_one.side.now;
        refused_one.side.answer(&mut refused_one.refresh, refused());
        let over = refused_one.look_until(saved_after, start);
        assert!(!over, "it gave up before {saved_after} seconds");
        let waits = refused_one.side.waits(&mut refused_one.call);
        assert!(waits > Duration::ZERO, "no verdict yet");
        store.save(&stage_pair(1)).unwrap();
        refused_one.look_until(saved_after + 5.0, start);
        assert_eq!(
            refused_one.side.token(&mut refused_one.call),
            "access-1",
            "saved after {saved_after} seconds"
        );
    }
}

#[test]
fn a_refusal_is_told_when_no_other_can_be_at_it_any_more() {
    let mut alone = Client::asking(&Plain::default());
    let start = alone.side.now;
    alone.side.answer(&mut alone.refresh, refused());
    assert!(alone.look_until(120.0, start), "it ends");
    assert!(alone.side.error(&mut alone.call).needs_authorization());
    assert!(alone.side.now - start >= Duration::from_secs(40));
    assert!(alone.side.now - start <= Duration::from_secs(60));
}

#[test]
fn a_verdict_is_taken_back_when_the_store_knows_better_later() {
    let store = Plain::default();
    let mut client = Client::asking(&store);
    let start = client.side.now;
    client.side.answer(&mut client.refresh, refused());
    client.look_until(120.0, start);
    assert!(client.side.error(&mut client.call).needs_authorization());
    // A save that took minutes.
    store.save(&stage_pair(1)).unwrap();
    let mut call = Exchange::new(&client.side.session, &DELETE);
    client.refresh = client.side.refresh(&mut call);
    client.look_until(240.0, start);
    assert_eq!(client.side.token(&mut call), "access-1");
}

#[test]
fn clients_of_one_store_in_memory_refresh_one_at_a_time() {
    let store = Arc::new(MemoryStore::new());
    let side = || Side::new(&config().token_store(Arc::clone(&store)));
    let (one, two) = (side(), side());
    let (mut first, mut second) = (one.expired(), two.expired());
    let (mut refresh, mut other) = (one.refresh(&mut first), two.refresh(&mut second));
    one.stores(&mut refresh);
    one.stores(&mut refresh);
    one.asks(&mut refresh);
    // The other one asks for the lease, and waits.
    two.stores(&mut other);
    assert!(two.waits(&mut other) > Duration::ZERO);
    one.answer(&mut refresh, fresh(1));
    one.stores(&mut refresh);
    one.stores(&mut refresh);
    one.ends(&mut refresh);
    let two = two.after(2);
    two.stores(&mut other);
    two.stores(&mut other);
    assert_eq!(two.token(&mut second), "access-1");
    assert_eq!(one.token(&mut first), "access-1");
}

/// A store that keeps a pair only in the place of the one that it was got with.
#[derive(Debug, Clone, Default)]
struct Strict(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    tokens: Option<Tokens>,
    /// What was to be replaced by what.
    asked: Vec<(String, String)>,
    /// Whether the next answer gets lost.
    is_slow: bool,
}

impl TokenStore for Strict {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        Ok(self.0.lock().unwrap().tokens.clone())
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        panic!("{tokens:?} is no first pair");
    }

    fn replace(&self, old: &Tokens, new: &Tokens) -> Result<(), StoreError> {
        let mut kept = self.0.lock().unwrap();
        let name = |tokens: &Tokens| tokens.access_token.expose().to_owned();
        kept.asked.push((name(old), name(new)));
        let found = kept.tokens.as_ref().map(name);
        if found.is_some_and(|found| found != name(old)) {
            return Err(Superseded.into());
        }
        kept.tokens = Some(new.clone());
        if std::mem::take(&mut kept.is_slow) {
            return Err("timed out".into());
        }
        Ok(())
    }
}

#[test]
fn who_saves_too_late_goes_on_with_the_newer_pair() {
    let store = Strict::default();
    store.0.lock().unwrap().is_slow = true;
    let side = Side::new(&config().token_store(store.clone()));
    let mut first = side.expired();
    let mut refresh = side.refresh(&mut first);
    side.stores(&mut refresh);
    side.stores(&mut refresh);
    side.asks(&mut refresh);
    side.answer(&mut refresh, fresh(1));
    side.stores(&mut refresh);
    side.ends(&mut refresh);
    assert!(side.error(&mut first).is_store());
    // It was saved all the same, and another process has refreshed it since.
    store.0.lock().unwrap().tokens = Some(stage_pair(2));
    let mut second = Exchange::new(&side.session, &DELETE);
    let mut again = side.refresh(&mut second);
    side.stores(&mut again);
    side.stores(&mut again);
    side.ends(&mut again);
    assert_eq!(side.token(&mut second), "access-2");
    let kept = store.0.lock().unwrap();
    assert_eq!(kept.tokens, Some(stage_pair(2)));
    let asked = ("access-0".to_owned(), "access-1".to_owned());
    assert_eq!(kept.asked, [asked.clone(), asked]);
}

#[test]
fn a_store_that_has_no_newer_pair_is_not_asked_for_ever() {
    let store = Strict::default();
    let side = Side::new(&config().token_store(store.clone()));
    let mut first = side.expired();
    let mut refresh = side.refresh(&mut first);
    side.stores(&mut refresh);
    side.stores(&mut refresh);
    side.asks(&mut refresh);
    side.answer(&mut refresh, fresh(1));
    store.0.lock().unwrap().tokens = Some(stage_pair(2));
    side.stores(&mut refresh);
    // Between the two, it is emptied.
    store.0.lock().unwrap().tokens = None;
    side.stores(&mut refresh);
    side.ends(&mut refresh);
    let error = side.error(&mut first);
    assert!(error.is_store(), "{error}");
    assert!(error.to_string().contains("has none"), "{error}");
    // The pair is not lost.
    let mut second = Exchange::new(&side.session, &DELETE);
    let mut again = side.refresh(&mut second);
    side.stores(&mut again);
    side.ends(&mut again);
    assert_eq!(side.token(&mut second), "access-1");
}
