//! The run of a request's calls: may they be made, what comes of them, what do they cost.

use crate::domain::dates;
use crate::domain::events::{Event, EventKind};
use crate::methods::address::Address;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::method::{Action, Method};
use crate::methods::refusal::Refusal;
use crate::rest::batch::{self, Command};
use crate::rest::caller::Caller;
use crate::rest::envelope::Timing;
use crate::rest::interface::{Environment, Rest};
use crate::rest::strict;
use crate::rest::wording;
use crate::rules::{BatchBilling, Rules, Strict};
use crate::wire::params::Params;
use std::collections::HashSet;
use std::time::{Duration, SystemTime};

/// The run of one HTTP request: a call, or a batch with its commands.
pub(crate) struct Run<'r, 'e> {
    rest: &'r mut Rest,
    environment: &'r mut Environment<'e>,
    caller: &'r Caller,
    /// Under which address the portal was called.
    address: Address,
    /// Whether the calls are the commands of a batch.
    in_batch: bool,
    /// The groups that were updated so far.
    updated: HashSet<u64>,
    /// What the documentation doesn't have in the calls so far, or not so.
    complaints: Vec<String>,
}

impl<'r, 'e> Run<'r, 'e> {
    pub(crate) fn new(
        rest: &'r mut Rest,
        environment: &'r mut Environment<'e>,
        caller: &'r Caller,
        address: Address,
    ) -> Self {
        Self {
            rest,
            environment,
            caller,
            address,
            in_batch: false,
            updated: HashSet::new(),
            complaints: Vec::new(),
        }
    }

    /// What the documentation doesn't have in the calls, or not so.
    pub(crate) fn into_complaints(self) -> Vec<String> {
        self.complaints
    }

    /// Makes a call, be it alone or in a batch.
    pub(crate) fn call(
        &mut self,
        method: &Method,
        params: &Params,
        now: SystemTime,
    ) -> Result<(Answer, Timing), Refusal> {
        let rules = self.environment.rules;
        let credential = &self.caller.credential;
        if !credential.grants(method.scope) {
            return Err(Refusal::scope(credential.word()));
        }
        match rules.strict {
            Strict::Off => {}
            Strict::Report => self.complaints.extend(strict::complaints(method, params)),
            Strict::Refuse => strict::check(method, params)?,
        }
        let account = is_counted(rules, method, self.in_batch).then(|| credential.account());
        if let Some(account) = &account {
            self.rest.limits.check(method.name, account, rules, now)?;
        }
        let (outcome, took) = self.execute(method, params, now);
        let answer = outcome.map_err(|refusal| wording::apply(method.name, refusal, rules))?;
        *self
            .rest
            .executed
            .entry(method.name.to_owned())
            .or_default() += 1;
        let limits = &mut self.rest.limits;
        let timing = Timing {
            start: now,
            took,
            operating: account.map(|account| limits.charge(method.name, account, took, now)),
        };
        Ok((answer, timing))
    }

    /// Executes a method that may be called.
    fn execute(
        &mut self,
        method: &Method,
        params: &Params,
        now: SystemTime,
    ) -> (Outcome, Duration) {
        if self.rest.failures.strike_at_once(method) {
            return (Err(method.other_refusal()), Duration::ZERO);
        }
        let rules = self.environment.rules;
        match &method.action {
            Action::Batch => {
                self.in_batch = true;
                batch::run(params, rules, now, |command, now| {
                    self.command(command, now)
                })
            }
            Action::Function(function) => {
                let outcome = self.apply(method, function, params, dates::unix_seconds(now));
                (outcome, cost(rules, method))
            }
            Action::Taught(handler) => {
                let now = dates::unix_seconds(now);
                let mut broken = None;
                let run = |call: &mut Call<'_>| {
                    handler.run(method.name, call).unwrap_or_else(|reason| {
                        broken = Some(format!("{}: {reason}", method.name));
                        Err(Refusal::internal())
                    })
                };
                let outcome = self.apply(method, run, params, now);
                self.rest.handler_failures.extend(broken);
                (outcome, cost(rules, method))
            }
        }
    }

    /// Applies a method to the portal's data, and tells the handlers what has happened.
    fn apply(
        &mut self,
        method: &Method,
        function: impl FnOnce(&mut Call<'_>) -> Outcome,
        params: &Params,
        now: i64,
    ) -> Outcome {
        let credential = &self.caller.credential;
        let grants = &self.rest.grants;
        let taught: Vec<_> = self.rest.taught.new_ones().collect();
        let mut call = Call {
            state: self.environment.state,
            user: self.caller.user.clone(),
            credential,
            app: credential
                .client_id()
                .and_then(|client_id| grants.app(client_id)),
            handlers: &mut self.rest.handlers,
            taught: &taught,
            rules: self.environment.rules,
            address: &self.address,
            member_id: grants.member_id(),
            events: Vec::new(),
            params,
            now,
            storage_failure: self.rest.failures.of_storage(method),
            failed: false,
        };
        let outcome = function(&mut call);
        let (events, failed) = (std::mem::take(&mut call.events), call.failed);
        if failed {
            self.rest.failures.storage_has_failed(method);
        }
        for (kind, group_id) in events {
            self.announce(kind, group_id, now);
        }
        outcome
    }

    /// Tells the handlers what has happened to a group. By the rules only the first of its updates in
    /// a request may count.
    fn announce(&mut self, kind: EventKind, group_id: u64, at: i64) {
        let rules = self.environment.rules;
        let first = kind != EventKind::Update || self.updated.insert(group_id);
        if first || rules.repeated_updates {
            let event = Event {
                kind,
                group_id,
                user_id: self.caller.user.id,
                at,
            };
            self.rest.announce(rules, event, &self.address);
        }
    }

    /// Runs a command of a batch.
    fn command(&mut self, command: &Command, now: SystemTime) -> Result<(Answer, Timing), Refusal> {
        let method = self.rest.method(&command.method);
        let method = method.ok_or_else(Refusal::method_not_found)?;
        if matches!(method.action, Action::Batch) {
            return Err(Refusal::not_in_batch());
        }
        self.call(&method, &command.params, now)
    }
}

/// Whether a call counts as operating time.
fn is_counted(rules: &Rules, method: &Method, in_batch: bool) -> bool {
    let whole = matches!(method.action, Action::Batch);
    match rules.batch_billing {
        BatchBilling::Commands => !whole,
        BatchBilling::Batch => whole || !in_batch,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods;

    #[test]
    fn a_batch_or_its_commands_are_counted_but_never_both() {
        let (batch, command) = (
            methods::find("batch").unwrap(),
            methods::find("profile").unwrap(),
        );
        let mut rules = Rules::default();
        for (billing, of_batch, of_command) in [
            (BatchBilling::Commands, false, true),
            (BatchBilling::Batch, true, false),
        ] {
            rules.batch_billing = billing;
            assert_eq!(is_counted(&rules, batch, false), of_batch);
            assert_eq!(is_counted(&rules, command, true), of_command);
            assert!(is_counted(&rules, command, false), "alone it always is");
        }
    }

    #[test]
    fn a_method_that_writes_takes_time_unless_the_rules_say_otherwise() {
        let mut rules = Rules::default();
        let (read, write) = ("sonet_group.get", "sonet_group.create");
        let of = |rules: &Rules, name| cost(rules, methods::find(name).unwrap());
        assert_eq!(of(&rules, read), Duration::ZERO);
        assert_eq!(of(&rules, write), Duration::from_millis(321));
        rules.costs.insert(read.to_owned(), Duration::from_secs(1));
        assert_eq!(of(&rules, read), Duration::from_secs(1));
    }
}
