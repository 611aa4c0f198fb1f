//! The portal itself: its state, and the one function that answers.

use crate::auth::{Credentials, Shown};
use crate::builder::Builder;
use crate::call::{Answer, Call, Outcome};
use crate::envelope;
use crate::http::{Request, Response};
use crate::methods::{self, Method};
use crate::model::User;
use crate::prepared::Prepared;
use crate::refusal::Refusal;
use crate::route::Route;
use crate::state::State;
use crate::wire::params::Params;
use crate::{dates, seed};
use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, SystemTime};

/// A simulated portal.
pub struct Portal {
    pub(crate) state: State,
    pub(crate) credentials: Credentials,
    pub(crate) executed: BTreeMap<String, u64>,
    /// How many times the storage is still to fail, by method.
    pub(crate) failures: BTreeMap<String, u32>,
}

impl Portal {
    /// Returns a builder with a small portal's numbers.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn seeded(groups: u64, users: u64, seed: u64) -> Self {
        let state = seed::state(groups, users, seed);
        let credentials = Credentials::for_users(state.users.keys().copied(), seed);
        Self {
            state,
            credentials,
            executed: BTreeMap::new(),
            failures: BTreeMap::new(),
        }
    }

    /// Answers a request. The answer depends on nothing but the state, the request and the time.
    pub fn handle(&mut self, request: &Request, now: SystemTime) -> Response {
        self.answer(&mut Prepared::read(request), now)
    }

    /// Answers a request whose parameters are read.
    pub(crate) fn answer(&mut self, prepared: &mut Prepared<'_>, now: SystemTime) -> Response {
        let request = prepared.request;
        let Some(route) = Route::parse(request.path()) else {
            return Response::page(404);
        };
        if !matches!(request.method(), "GET" | "HEAD" | "POST") {
            let mut page = Response::page(405);
            page.push_header("Allow", "GET, HEAD, POST");
            return page;
        }
        match self.authorize_and_run(prepared, &route, now) {
            Ok((outcome, took)) => Response::json(200, envelope::success(outcome, now, took)),
            Err(refusal) => Response::json(refusal.status, envelope::refusal(&refusal)),
        }
    }

    fn authorize_and_run(
        &mut self,
        prepared: &mut Prepared<'_>,
        route: &Route<'_>,
        now: SystemTime,
    ) -> Result<(Answer, Duration), Refusal> {
        let method = methods::find(route.method).ok_or_else(Refusal::method_not_found)?;
        let params = prepared
            .params
            .as_mut()
            .map_err(|refusal| refusal.clone())?;
        let token = params.take_auth();
        let shown = match (route.webhook, &token) {
            (Some((user_id, secret)), _) => Shown::Webhook { user_id, secret },
            (None, Some(token)) => Shown::Token(token),
            (None, None) => return Err(Refusal::no_auth()),
        };
        let credential = self
            .credentials
            .check(&shown)
            .ok_or_else(Refusal::no_auth)?;
        let user = self
            .state
            .users
            .get(&credential.user_id)
            .ok_or_else(Refusal::no_auth)?;
        if !user.active {
            return Err(Refusal::dismissed());
        }
        if !credential.grants(method.scope) {
            return Err(Refusal::scope(credential.word()));
        }
        let user = user.clone();
        prepared.caller = Some(user.id);
        let answer = self.run(method, user, params, dates::unix_seconds(now))?;
        Ok((answer, cost(method)))
    }

    /// Runs a method for a user who may call it.
    fn run(&mut self, method: &'static Method, user: User, params: &Params, now: i64) -> Outcome {
        let must_fail = self.failures.get(method.name).is_some_and(|left| *left > 0);
        if must_fail && method.storage_failure.is_none() {
            self.use_up_failure(method);
            return Err(Refusal::internal());
        }
        let storage_failure = method.storage_failure.filter(|_| must_fail);
        let mut call = Call {
            state: &mut self.state,
            user,
            params,
            now,
            storage_failure,
            failed: false,
        };
        let outcome = (method.run)(&mut call);
        if call.failed {
            self.use_up_failure(method);
        }
        if outcome.is_ok() {
            *self.executed.entry(method.name.to_owned()).or_default() += 1;
        }
        outcome
    }

    fn use_up_failure(&mut self, method: &Method) {
        if let Some(left) = self.failures.get_mut(method.name) {
            *left -= 1;
        }
    }
}

/// How long a method takes in this portal. Reads are too quick to be counted as operating time.
fn cost(method: &Method) -> Duration {
    if method.storage_failure.is_some() {
        Duration::from_millis(321)
    } else {
        Duration::ZERO
    }
}

impl fmt::Debug for Portal {
    /// Shows how much there is, but no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal")
            .field("users", &self.state.users.len())
            .field("groups", &self.state.groups.len())
            .field("executed", &self.executed)
            .finish_non_exhaustive()
    }
}
