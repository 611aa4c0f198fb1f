//! The portal itself: its data, its interface, its rules and its clock, and the one function that
//! answers.
//!
//! What a test asks it is in `inspect`, what another writer does to it in `interference`, what
//! applications are given in `apps`, what it counts of its clients in `limits`, and what a program
//! teaches it in `teaching`.

mod apps;
mod inspect;
mod interference;
mod limits;
#[cfg(feature = "sqlite")]
mod saved;
mod teaching;

use crate::domain::seed;
use crate::domain::state::State;
use crate::rest::credentials::Credentials;
use crate::rest::events::Delivery;
use crate::rest::http::{Request, Response};
use crate::rest::interface::{Environment, Rest};
use crate::rest::parsed::ParsedRequest;
use crate::rules::Rules;
use std::fmt;
use std::time::{Duration, SystemTime};
pub use teaching::Taught;

/// A simulated portal.
pub struct Portal {
    state: State,
    rest: Rest,
    rules: Rules,
    /// The names that the portal's server speaks https under, its own the first of them.
    names: Vec<String>,
    /// How far the portal's clock is ahead of the one that it is told.
    skew: Duration,
}

impl Portal {
    /// A portal whose data is drawn from one seed, and its secrets from another or from none.
    pub(crate) fn seeded(groups: u64, users: u64, seed: u64, secrets: Option<u64>) -> Self {
        let state = seed::state(groups, users, seed);
        Self {
            rest: Rest::new(state.users.keys().copied(), secrets),
            state,
            rules: Rules::default(),
            names: Vec::new(),
            skew: Duration::ZERO,
        }
    }

    /// Sets the names that the portal's server speaks https under.
    #[cfg(feature = "tls")]
    pub(crate) fn set_names(&mut self, names: Vec<String>) {
        self.names = names;
    }

    /// The webhooks and tokens, which have a lock of their own.
    pub(crate) fn credentials(&self) -> Credentials {
        self.rest.credentials.clone()
    }

    /// Answers a request. The answer depends on nothing but the state, the request and the time, and
    /// on chance where it brings a new secret and [`Builder::seed`](crate::Builder::seed) was not called.
    pub fn handle(&mut self, request: &Request, now: SystemTime) -> Response {
        self.answer(&mut ParsedRequest::read(request), now)
    }

    /// Answers a request whose parameters are read.
    pub(crate) fn answer(&mut self, parsed: &mut ParsedRequest<'_>, now: SystemTime) -> Response {
        let mut environment = Environment {
            state: &mut self.state,
            rules: &self.rules,
            names: &self.names,
        };
        let now = now + self.skew;
        self.rest.answer(&mut environment, parsed, now)
    }

    /// Takes what is to be sent to the handlers, in the order in which it happened: the
    /// last ten thousand deliveries, if nobody takes them.
    pub fn take_deliveries(&mut self) -> Vec<Delivery> {
        self.rest.deliveries.take()
    }
}

impl fmt::Debug for Portal {
    /// Shows how much there is, but no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal")
            .field("users", &self.state.users.len())
            .field("groups", &self.state.groups.len())
            .field("executed", &self.rest.executed)
            .finish_non_exhaustive()
    }
}
