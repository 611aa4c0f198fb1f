//! What the REST interface keeps, and what it works on.

use crate::domain::events::Handlers;
use crate::domain::state::State;
use crate::methods;
use crate::methods::method::Method;
use crate::methods::taught::table::TaughtMethods;
use crate::rest::credentials::Credentials;
use crate::rest::events::Deliveries;
use crate::rest::failures::Failures;
use crate::rest::limits::Limits;
use crate::rest::oauth::{Grants, Refreshes};
use crate::rules::Rules;
use std::collections::BTreeMap;

/// The interface, with all that it keeps from one request to the next.
pub(crate) struct Rest {
    pub(crate) credentials: Credentials,
    /// Applications, and what they were given.
    pub(crate) grants: Grants,
    pub(crate) refreshes: Refreshes,
    pub(crate) limits: Limits,
    pub(crate) handlers: Handlers,
    pub(crate) deliveries: Deliveries,
    /// How many times each method ran to its end.
    pub(crate) executed: BTreeMap<String, u64>,
    pub(crate) failures: Failures,
    pub(crate) taught: TaughtMethods,
    /// Why handlers of taught methods gave no answer.
    pub(crate) handler_failures: Vec<String>,
}

impl Rest {
    /// The interface for some users, with secrets that are drawn from a seed or at random.
    pub(crate) fn new(users: impl Iterator<Item = u64>, seed: Option<u64>) -> Self {
        let grants = Grants::new(seed);
        Self {
            credentials: Credentials::for_users(users, seed, &grants.built_in().client_id),
            grants,
            refreshes: Refreshes::default(),
            limits: Limits::default(),
            handlers: Handlers::default(),
            deliveries: Deliveries::default(),
            executed: BTreeMap::new(),
            failures: Failures::default(),
            taught: TaughtMethods::default(),
            handler_failures: Vec::new(),
        }
    }

    /// A method by its name in whatever case: one that was taught, or the portal's own.
    pub(crate) fn method(&self, name: &str) -> Option<Method> {
        let taught = self.taught.find(name);
        taught.or_else(|| methods::find(name)).cloned()
    }
}

/// What a request meets: the portal's data, its rules, and its names.
pub(crate) struct Environment<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) rules: &'a Rules,
    /// The names that the portal's server speaks https under, its own the first of them.
    pub(crate) names: &'a [String],
}
