//! The portal itself: its state, and the one function that answers.

use crate::auth::{Credentials, Route, Shown};
use crate::builder::Builder;
use crate::call::{Answer, Call, Outcome};
use crate::envelope;
use crate::http::{Request, Response};
use crate::methods::{self, Method};
use crate::model::{Group, GroupKind, Relation, Role, User, UserKind};
use crate::refusal::Refusal;
use crate::state::State;
use crate::wire::params::Params;
use crate::{dates, seed};
use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, SystemTime};

/// A simulated portal.
pub struct Portal {
    state: State,
    credentials: Credentials,
    executed: BTreeMap<String, u64>,
    /// How many times the storage is still to fail, by method.
    failures: BTreeMap<String, u32>,
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
        let Some(route) = Route::parse(request.path()) else {
            return Response::page(404);
        };
        if !matches!(request.method(), "GET" | "HEAD" | "POST") {
            return Response::page(405);
        }
        match self.authorize_and_run(request, &route, now) {
            Ok((outcome, took)) => Response::json(200, envelope::success(outcome, now, took)),
            Err(refusal) => Response::json(refusal.status, envelope::refusal(&refusal)),
        }
    }

    /// The secrets, shared with the server, which hands them out without locking the portal.
    pub(crate) fn credentials(&self) -> Credentials {
        self.credentials.clone()
    }

    fn authorize_and_run(
        &mut self,
        request: &Request,
        route: &Route<'_>,
        now: SystemTime,
    ) -> Result<(Answer, Duration), Refusal> {
        let method = methods::find(route.method).ok_or_else(Refusal::method_not_found)?;
        let mut params = Params::read(request)?;
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
        let answer = self.run(method, user, &params, dates::unix_seconds(now))?;
        Ok((answer, cost(method)))
    }

    /// Runs a method for a user who may call it.
    fn run(&mut self, method: &'static Method, user: User, params: &Params, now: i64) -> Outcome {
        let must_fail = self.failures.get(method.name).is_some_and(|left| *left > 0);
        if must_fail && method.storage_failure.is_none() {
            self.used_up_failure(method);
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
            self.used_up_failure(method);
        }
        if outcome.is_ok() {
            *self.executed.entry(method.name.to_owned()).or_default() += 1;
        }
        outcome
    }

    fn used_up_failure(&mut self, method: &Method) {
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

/// Looking at the portal, and preparing it for a test.
impl Portal {
    /// Returns all users by identifier.
    pub fn users(&self) -> impl Iterator<Item = &User> {
        self.state.users.values()
    }

    /// Returns a user.
    #[must_use]
    pub fn user(&self, id: u64) -> Option<&User> {
        self.state.users.get(&id)
    }

    /// Returns a user to change, for example to dismiss.
    pub fn user_mut(&mut self, id: u64) -> Option<&mut User> {
        self.state.users.get_mut(&id)
    }

    /// Returns the first active employee who creates groups and does not administer the portal.
    #[must_use]
    pub fn employee(&self) -> Option<&User> {
        self.users()
            .find(|user| Self::is_plain_employee(user) && user.can_create_groups)
    }

    /// Returns the first active employee without the right to create groups.
    #[must_use]
    pub fn employee_without_create_right(&self) -> Option<&User> {
        self.users()
            .find(|user| Self::is_plain_employee(user) && !user.can_create_groups)
    }

    /// Returns the first active external user.
    #[must_use]
    pub fn extranet_user(&self) -> Option<&User> {
        self.users().find(|user| user.active && user.is_extranet())
    }

    /// Returns the first dismissed user.
    #[must_use]
    pub fn dismissed_user(&self) -> Option<&User> {
        self.users().find(|user| !user.active)
    }

    /// Returns the first active user who is neither an employee nor an external user, and so can't
    /// be added to a group.
    #[must_use]
    pub fn other_user(&self) -> Option<&User> {
        self.users()
            .find(|user| user.active && user.kind == UserKind::Other)
    }

    /// Returns all groups by identifier.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.state.groups.values()
    }

    /// Returns a group.
    #[must_use]
    pub fn group(&self, id: u64) -> Option<&Group> {
        self.state.groups.get(&id)
    }

    /// Returns a group to change. Its owner is changed by [`Self::set_owner`], or its members no
    /// longer fit.
    pub fn group_mut(&mut self, id: u64) -> Option<&mut Group> {
        self.state.groups.get_mut(&id)
    }

    /// Returns the first group that is in the list and that anybody may join.
    #[must_use]
    pub fn open_group(&self) -> Option<&Group> {
        self.groups()
            .find(|group| group.visible && group.opened && !group.closed)
    }

    /// Returns the first group that is in the list and that one joins by request.
    #[must_use]
    pub fn closed_group(&self) -> Option<&Group> {
        self.groups()
            .find(|group| group.visible && !group.opened && !group.closed)
    }

    /// Returns the first internal group that is in no list and that a user is no member of. Ask for
    /// user 1 to get a group that even the administrator's lists leave out.
    #[must_use]
    pub fn secret_group(&self, user_id: u64) -> Option<&Group> {
        let hidden = |group: &&Group| !group.visible && !group.is_extranet();
        self.groups()
            .filter(hidden)
            .find(|group| self.relation(group.id, user_id).is_none())
    }

    /// Returns the first archived group.
    #[must_use]
    pub fn archived_group(&self) -> Option<&Group> {
        self.groups().find(|group| group.closed)
    }

    /// Returns the first group that is open to external users.
    #[must_use]
    pub fn extranet_group(&self) -> Option<&Group> {
        self.groups().find(|group| group.is_extranet())
    }

    /// Returns the first group of a kind.
    #[must_use]
    pub fn group_of_kind(&self, kind: GroupKind) -> Option<&Group> {
        self.groups().find(|group| group.kind == kind)
    }

    /// Returns the members of a group: the owner, then the moderators, then the others.
    #[must_use]
    pub fn members(&self, group_id: u64) -> Vec<Relation> {
        self.state.members(group_id)
    }

    /// Returns all relations of a group, with those who are invited or waiting.
    pub fn relations(&self, group_id: u64) -> impl Iterator<Item = &Relation> {
        self.state.relations_of(group_id)
    }

    /// Returns how a user relates to a group.
    #[must_use]
    pub fn relation(&self, group_id: u64, user_id: u64) -> Option<&Relation> {
        self.state.relation(group_id, user_id)
    }

    /// Makes a user a member of a group in a role, past all checks. [`Role::Awaiting`] makes an
    /// invitation, [`Role::Owner`] hands the group over.
    pub fn set_member(&mut self, group_id: u64, user_id: u64, role: Role) {
        if !self.state.groups.contains_key(&group_id) || !self.state.users.contains_key(&user_id) {
            return;
        }
        match role {
            Role::Owner => self.state.set_owner(group_id, user_id),
            _ => self.state.add_member(group_id, user_id, role),
        }
    }

    /// Hands a group over, past all checks.
    pub fn set_owner(&mut self, group_id: u64, user_id: u64) {
        self.set_member(group_id, user_id, Role::Owner);
    }

    /// Removes a user from a group, past all checks.
    pub fn remove_member(&mut self, group_id: u64, user_id: u64) {
        self.state.unrelate(group_id, user_id);
    }

    /// Returns how many times each method really executed: passed all checks and gave a result.
    /// Refused calls do not count. The names are in lower case.
    #[must_use]
    pub fn executed(&self) -> &BTreeMap<String, u64> {
        &self.executed
    }

    /// Returns how many times a method really executed.
    #[must_use]
    pub fn executed_of(&self, method: &str) -> u64 {
        self.executed
            .get(&method.to_ascii_lowercase())
            .copied()
            .unwrap_or_default()
    }

    /// Lets the storage fail once, in the next call of a method that gets as far as to write.
    ///
    /// `sonet_group.create`, `.update`, `.delete`, `.setowner` and `.user.request` then answer
    /// their own text (`Cannot update group` and so on) without executing. The pages of the other
    /// methods have no text for that, and they answer 500 `INTERNAL_SERVER_ERROR`.
    pub fn fail_next(&mut self, method: &str) {
        *self
            .failures
            .entry(method.to_ascii_lowercase())
            .or_default() += 1;
    }

    /// Returns the path of a user's webhook, such as `/rest/1/secret/`.
    #[must_use]
    pub fn webhook_path(&self, user_id: u64) -> Option<String> {
        self.credentials.webhook_path(user_id)
    }

    /// Returns a long-lived access token of a user.
    #[must_use]
    pub fn token_of(&self, user_id: u64) -> Option<String> {
        self.credentials.token(user_id)
    }

    /// Makes another webhook of a user with these scopes only, and returns its path.
    pub fn webhook_path_with_scope(&mut self, user_id: u64, scopes: &[&str]) -> Option<String> {
        self.credentials.add_webhook(user_id, scopes)
    }

    /// Makes another access token of a user with these scopes only.
    pub fn token_with_scope(&mut self, user_id: u64, scopes: &[&str]) -> Option<String> {
        self.credentials.add_token(user_id, scopes)
    }

    fn is_plain_employee(user: &User) -> bool {
        user.active && !user.admin && user.kind == UserKind::Employee
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
