//! The way of a call: may it be made, what comes of it, what does it cost.

use crate::domain::app::Installation;
use crate::domain::credential::Credential;
use crate::domain::dates;
use crate::domain::events::{Event, Happening};
use crate::domain::model::User;
use crate::methods;
use crate::methods::address::Address;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::method::{Method, Run};
use crate::methods::refusal::Refusal;
use crate::rest::batch::{self, Command};
use crate::rest::credentials::Presented;
use crate::rest::envelope::Timing;
use crate::rest::interface::{Environment, Rest};
use crate::rest::strict;
use crate::rest::wording;
use crate::rules::{AuthErrors, BatchBilling, Rules, Strict};
use crate::wire::params::Params;
use std::collections::HashSet;
use std::time::{Duration, SystemTime};

/// Who makes a call.
pub(crate) struct Caller {
    pub(crate) user: User,
    pub(crate) credential: Credential,
}

/// One HTTP request, as all calls in it see it.
#[derive(Debug)]
pub(crate) struct Visit {
    address: Address,
    /// Whether the calls are the commands of a batch.
    in_batch: bool,
    /// The groups that were updated so far.
    updated: HashSet<u64>,
    /// What the documentation doesn't have in the calls so far, or not so.
    pub(crate) complaints: Vec<String>,
}

impl Visit {
    pub(crate) fn at(address: Address) -> Self {
        Self {
            address,
            in_batch: false,
            updated: HashSet::new(),
            complaints: Vec::new(),
        }
    }
}

impl Rest {
    /// Finds out who makes a call.
    pub(crate) fn identify(
        &self,
        environment: &Environment<'_>,
        shown: &Presented<'_>,
        now: SystemTime,
    ) -> Result<Caller, Refusal> {
        let unknown = || match (environment.rules.auth_errors, shown) {
            (AuthErrors::Documented, _) => Refusal::no_auth(),
            (AuthErrors::Live, Presented::Webhook { .. }) => Refusal::wrong_webhook(),
            (AuthErrors::Live, Presented::Token(_)) => Refusal::wrong_token(),
        };
        let credential = self.credentials.check(shown).ok_or_else(unknown)?;
        if credential.has_expired(dates::unix_seconds(now)) {
            return Err(Refusal::expired());
        }
        let user = environment.state.users.get(&credential.user_id());
        let user = user.ok_or_else(unknown)?.clone();
        if !user.active {
            return Err(Refusal::dismissed());
        }
        if credential.client_id().is_some() {
            let app = self.app_of(&credential);
            let app = app.filter(|app| app.installation != Installation::Missing);
            if !app.ok_or_else(Refusal::not_installed)?.admits(user.id) {
                return Err(Refusal::app_closed());
            }
        }
        Ok(Caller { user, credential })
    }

    /// Runs a method, be it alone or in a batch.
    pub(crate) fn call(
        &mut self,
        environment: &mut Environment<'_>,
        method: &'static Method,
        caller: &Caller,
        params: &Params,
        now: SystemTime,
        visit: &mut Visit,
    ) -> Result<(Answer, Timing), Refusal> {
        if !caller.credential.grants(method.scope) {
            return Err(Refusal::scope(caller.credential.word()));
        }
        match environment.rules.strict {
            Strict::Off => {}
            Strict::Report => visit.complaints.extend(strict::complaints(method, params)),
            Strict::Refuse => strict::check(method, params)?,
        }
        let account =
            is_counted(environment.rules, method, visit).then(|| caller.credential.account());
        if let Some(account) = &account {
            self.limits
                .check(method.name, account, environment.rules, now)?;
        }
        let (outcome, took) = self.execute(environment, method, caller, params, now, visit);
        let answer =
            outcome.map_err(|refusal| wording::reword(method.name, refusal, environment.rules))?;
        *self.executed.entry(method.name.to_owned()).or_default() += 1;
        let timing = Timing {
            start: now,
            took,
            operating: account.map(|account| self.limits.charge(method.name, account, took, now)),
        };
        Ok((answer, timing))
    }

    /// Runs a method that may be called.
    fn execute(
        &mut self,
        environment: &mut Environment<'_>,
        method: &'static Method,
        caller: &Caller,
        params: &Params,
        now: SystemTime,
        visit: &mut Visit,
    ) -> (Outcome, Duration) {
        let must_fail = self.failures.get(method.name).is_some_and(|left| *left > 0);
        if must_fail && method.storage_failure.is_none() {
            self.use_up_failure(method);
            return (Err(method.other_refusal()), Duration::ZERO);
        }
        if self.breaks(method) {
            return (Err(method.other_refusal()), Duration::ZERO);
        }
        let run = match method.run {
            Run::Batch => {
                visit.in_batch = true;
                let rules = environment.rules;
                return batch::run(params, rules, now, |command, now| {
                    self.run_command(environment, caller, command, now, visit)
                });
            }
            Run::Alone(run) => run,
        };
        let storage_failure = method.storage_failure.filter(|_| must_fail);
        let mut call = Call {
            state: environment.state,
            user: caller.user.clone(),
            credential: &caller.credential,
            app: caller
                .credential
                .client_id()
                .and_then(|client_id| self.grants.app(client_id)),
            handlers: &mut self.handlers,
            rules: environment.rules,
            address: &visit.address,
            member_id: self.grants.member_id(),
            events: Vec::new(),
            params,
            now: dates::unix_seconds(now),
            storage_failure,
            failed: false,
        };
        let outcome = run(&mut call);
        let events = std::mem::take(&mut call.events);
        if call.failed {
            self.use_up_failure(method);
        }
        for (event, group_id) in events {
            let first = event != Event::Update || visit.updated.insert(group_id);
            if first || environment.rules.repeated_updates {
                let happening = Happening {
                    event,
                    group_id,
                    user_id: caller.user.id,
                    at: dates::unix_seconds(now),
                };
                self.announce(environment.rules, happening, &visit.address);
            }
        }
        (outcome, cost(environment.rules, method))
    }

    /// Runs a command of a batch.
    fn run_command(
        &mut self,
        environment: &mut Environment<'_>,
        caller: &Caller,
        command: &Command,
        now: SystemTime,
        visit: &mut Visit,
    ) -> Result<(Answer, Timing), Refusal> {
        let method = methods::find(&command.method).ok_or_else(Refusal::method_not_found)?;
        if matches!(method.run, Run::Batch) {
            return Err(Refusal::not_in_batch());
        }
        self.call(environment, method, caller, &command.params, now, visit)
    }

    /// Whether something else than the storage fails in this call.
    fn breaks(&mut self, method: &Method) -> bool {
        let left = self.breaks.get_mut(method.name).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    }

    fn use_up_failure(&mut self, method: &Method) {
        if let Some(left) = self.failures.get_mut(method.name) {
            *left -= 1;
        }
    }
}

/// Whether a call counts as operating time.
fn is_counted(rules: &Rules, method: &Method, visit: &Visit) -> bool {
    let is_batch = matches!(method.run, Run::Batch);
    match rules.batch_billing {
        BatchBilling::Commands => !is_batch,
        BatchBilling::Batch => is_batch || !visit.in_batch,
    }
}

/// How long a method takes. Reads are by default too quick to be counted as operating time.
fn cost(rules: &Rules, method: &Method) -> Duration {
    let default = if method.storage_failure.is_some() {
        Duration::from_millis(321)
    } else {
        Duration::ZERO
    };
    let own = rules.costs.get(method.name);
    own.copied().unwrap_or(default)
}
