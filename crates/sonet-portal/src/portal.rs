//! The portal itself: its state, and the one function that answers.

pub(crate) mod builder;
pub(crate) mod inspect;
pub(crate) mod interference;
#[cfg(feature = "sqlite")]
pub(crate) mod snapshot;

use crate::domain::seed;
use crate::domain::state::State;
use crate::methods;
use crate::methods::call::Answer;
use crate::methods::refusal::Refusal;
use crate::portal::builder::Builder;
use crate::rest::credentials::{Credentials, Shown};
use crate::rest::envelope::{self, Timing};
use crate::rest::events::{Delivery, Handlers};
use crate::rest::execute::Visit;
use crate::rest::http::{Request, Response};
use crate::rest::limits::Limits;
use crate::rest::oauth::{Grants, Refreshes};
use crate::rest::parsed::ParsedRequest;
use crate::rest::rest_3;
use crate::rest::route::Route;
use crate::rules::Rules;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::time::{Duration, SystemTime};

/// A simulated portal.
pub struct Portal {
    pub(crate) state: State,
    pub(crate) credentials: Credentials,
    pub(crate) executed: BTreeMap<String, u64>,
    /// How many times the storage is still to fail, by method.
    pub(crate) failures: BTreeMap<String, u32>,
    /// How many times something else is still to fail, by method.
    pub(crate) breaks: BTreeMap<String, u32>,
    pub(crate) rules: Rules,
    pub(crate) limits: Limits,
    /// Applications, and what they were given.
    pub(crate) grants: Grants,
    pub(crate) refreshes: Refreshes,
    pub(crate) handlers: Handlers,
    pub(crate) deliveries: VecDeque<Delivery>,
    /// The names that the portal's server speaks https under, its own the first of them.
    pub(crate) names: Vec<String>,
    /// How far the portal's clock is ahead of the one that it is told.
    pub(crate) skew: Duration,
}

impl Portal {
    /// Returns a builder with a small portal's numbers.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A portal whose data is drawn from one seed, and its secrets from another or from none.
    pub(crate) fn seeded(groups: u64, users: u64, seed: u64, secrets: Option<u64>) -> Self {
        let state = seed::state(groups, users, seed);
        let grants = Grants::new(secrets);
        let users = state.users.keys().copied();
        let credentials = Credentials::for_users(users, secrets, &grants.built_in().client_id);
        Self {
            state,
            credentials,
            executed: BTreeMap::new(),
            failures: BTreeMap::new(),
            breaks: BTreeMap::new(),
            rules: Rules::default(),
            limits: Limits::default(),
            grants,
            refreshes: Refreshes::default(),
            handlers: Handlers::default(),
            deliveries: VecDeque::new(),
            names: Vec::new(),
            skew: Duration::ZERO,
        }
    }

    /// Answers a request. The answer depends on nothing but the state, the request and the time, and
    /// on chance where it brings a new secret and [`Builder::seed`] was not called.
    pub fn handle(&mut self, request: &Request, now: SystemTime) -> Response {
        self.answer(&mut ParsedRequest::read(request), now)
    }

    /// Answers a request whose parameters are read.
    pub(crate) fn answer(&mut self, prepared: &mut ParsedRequest<'_>, now: SystemTime) -> Response {
        let request = prepared.request;
        let now = now + self.skew;
        let elsewhere = self
            .moved(request)
            .or_else(|| self.oauth(prepared, now))
            .or_else(|| self.picture(request))
            .or_else(|| self.preflight(request));
        if let Some(response) = elsewhere {
            return response;
        }
        let Some(route) = Route::parse(request.path()) else {
            return Response::page(404);
        };
        if !matches!(request.method(), "GET" | "HEAD" | "POST") {
            let mut page = Response::page(405);
            page.push_header("Allow", "GET, HEAD, POST");
            return page;
        }
        let response = self.answer_rest(prepared, &route, now);
        self.opened(response)
    }

    fn answer_rest(
        &mut self,
        prepared: &mut ParsedRequest<'_>,
        route: &Route<'_>,
        now: SystemTime,
    ) -> Response {
        let source = prepared.request.source();
        let outcome = match self.limits.admit(source, &self.rules, now) {
            Ok(()) if route.rest_3 => return rest_3::method_not_found(route.method),
            Ok(()) => self.authorize_and_run(prepared, route, now),
            Err(refusal) => Err(refusal),
        };
        let mut response = match outcome {
            Ok((answer, timing)) => Response::json(200, envelope::success(answer, &timing)),
            Err(refusal) => Response::json(refusal.status, envelope::refusal(&refusal)),
        };
        response.complain(&prepared.complaints);
        response
    }

    fn authorize_and_run(
        &mut self,
        prepared: &mut ParsedRequest<'_>,
        route: &Route<'_>,
        now: SystemTime,
    ) -> Result<(Answer, Timing), Refusal> {
        let address = self.address(prepared.request);
        let method = methods::find(route.method);
        let method = method.filter(|method| method.name == "app.info" || !address.is_no_portal());
        let method = method.ok_or_else(Refusal::method_not_found)?;
        if self.rules.lenient_bodies {
            prepared.read_leniently();
        }
        let params = prepared
            .params
            .as_mut()
            .map_err(|refusal| refusal.clone())?;
        let token = params.take_auth();
        let shown = match (route.webhook, &token) {
            (Some((user_id, secret)), _) => Shown::Webhook { user_id, secret },
            (None, Some(token)) if !token.is_empty() => Shown::Token(token),
            (None, _) => return Err(Refusal::no_auth()),
        };
        let caller = self.identify(&shown, now)?;
        prepared.caller = Some(caller.user.id);
        let mut visit = Visit::at(address);
        let outcome = self.call(method, &caller, params, now, &mut visit);
        prepared.complaints = visit.complaints;
        outcome
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
