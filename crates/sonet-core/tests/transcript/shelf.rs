//! A store of tokens that writes down how it is used.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sonet_core::{Lease, StoreError, TokenStore, Tokens};

use super::play::{Log, io};

/// A store whose answers a test decides.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    log: Log,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    tokens: Option<Tokens>,
    /// What the next save fails with; it panics where this is empty.
    failure: Option<&'static str>,
    /// What preparing fails with.
    full: Option<&'static str>,
    /// What stands where the tokens should be.
    broken: Option<&'static str>,
    /// For how long others have the lease yet, one for each time that it is asked for.
    held: Vec<Duration>,
    /// What another process saves while it has the lease.
    from_another: Option<Tokens>,
}

impl Shelf {
    pub(super) fn new(log: &Log) -> Self {
        Self(Arc::new(Inner {
            log: log.clone(),
            state: Mutex::default(),
        }))
    }

    pub(super) fn with(self, tokens: Tokens) -> Self {
        self.put(tokens);
        self
    }

    pub(super) fn put(&self, tokens: Tokens) {
        self.0.state.lock().unwrap().tokens = Some(tokens);
    }

    pub(super) fn tokens(&self) -> Option<Tokens> {
        self.0.state.lock().unwrap().tokens.clone()
    }

    /// Lets the next save fail, or panic where the problem is empty.
    pub(super) fn fail_on_save(&self, problem: &'static str) {
        self.0.state.lock().unwrap().failure = Some(problem);
    }

    /// Lets it have no room for another pair, or some again.
    pub(super) fn fill(&self, problem: Option<&'static str>) {
        self.0.state.lock().unwrap().full = problem;
    }

    /// Puts something else in the tokens' place.
    pub(super) fn break_with(&self, text: &'static str) {
        self.0.state.lock().unwrap().broken = Some(text);
    }

    /// Lets another process have the lease, and save a pair when it is asked for the last time.
    pub(super) fn held(self, times: &[u64], then: Option<Tokens>) -> Self {
        {
            let mut state = self.0.state.lock().unwrap();
            state.held = times.iter().copied().map(Duration::from_secs).collect();
            state.from_another = then;
        }
        self
    }

    fn note(&self, what: &str) {
        self.0.log.aside(format_args!("# {what}"));
    }
}

impl TokenStore for Shelf {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        let broken = self.0.state.lock().unwrap().broken;
        if let Some(text) = broken {
            return Ok(serde_json::from_str(text)?);
        }
        let found = self.tokens();
        let shown = found
            .as_ref()
            .map_or("nothing", |found| found.access_token.expose());
        self.note(&format!("load: {shown}"));
        Ok(found)
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        self.note(&format!("save {}", tokens.access_token.expose()));
        let failure = self.0.state.lock().unwrap().failure.take();
        match failure {
            Some("") => panic!("the store panics, as it was told to"),
            Some(problem) => Err(Box::new(io(problem))),
            None => {
                self.put(tokens.clone());
                Ok(())
            }
        }
    }

    fn prepare(&self) -> Result<(), StoreError> {
        let full = self.0.state.lock().unwrap().full;
        match full {
            None => Ok(()),
            Some("") => panic!("the store panics, as it was told to"),
            Some(problem) => {
                self.note("has no room");
                Err(Box::new(io(problem)))
            }
        }
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        self.note(&format!("lease for {time:?}"));
        let mut state = self.0.state.lock().unwrap();
        if state.held.is_empty() {
            return Ok(Lease::Granted);
        }
        let rest = state.held.remove(0);
        if state.held.is_empty() && state.from_another.is_some() {
            state.tokens = state.from_another.take();
        }
        Ok(Lease::Held(rest))
    }

    fn release(&self) -> Result<(), StoreError> {
        self.note("release");
        Ok(())
    }
}
