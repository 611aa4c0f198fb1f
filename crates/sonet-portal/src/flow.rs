//! The way of a call: may it be made, what comes of it, what does it cost.

use crate::auth::Credential;
use crate::batch;
use crate::call::{Answer, Call, Outcome};
use crate::dates;
use crate::envelope::Timing;
use crate::methods::{Method, Run};
use crate::model::User;
use crate::portal::Portal;
use crate::refusal::Refusal;
use crate::rules::BatchBilling;
use crate::wire::params::Params;
use std::time::{Duration, SystemTime};

/// Who makes a call.
pub(crate) struct Caller {
    pub(crate) user: User,
    pub(crate) credential: Credential,
}

/// One HTTP request, as all calls in it see it.
#[derive(Debug, Default)]
pub(crate) struct Visit {
    /// Whether the calls are the commands of a batch.
    in_batch: bool,
}

impl Portal {
    /// Runs a method, be it alone or in a batch.
    pub(crate) fn call(
        &mut self,
        method: &'static Method,
        caller: &Caller,
        params: &Params,
        now: SystemTime,
        visit: &mut Visit,
    ) -> Result<(Answer, Timing), Refusal> {
        if !caller.credential.grants(method.scope) {
            return Err(Refusal::scope(caller.credential.word()));
        }
        let account = self
            .is_counted(method, visit)
            .then(|| caller.credential.account());
        if let Some(account) = &account {
            self.limits.check(method.name, account, &self.rules, now)?;
        }
        let (outcome, took) = self.execute(method, caller, params, now, visit);
        let answer = outcome?;
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
        method: &'static Method,
        caller: &Caller,
        params: &Params,
        now: SystemTime,
        visit: &mut Visit,
    ) -> (Outcome, Duration) {
        let must_fail = self.failures.get(method.name).is_some_and(|left| *left > 0);
        if must_fail && method.storage_failure.is_none() {
            self.use_up_failure(method);
            return (Err(Refusal::internal()), Duration::ZERO);
        }
        let run = match method.run {
            Run::Batch => {
                visit.in_batch = true;
                return batch::run(self, caller, params, now, visit);
            }
            Run::Alone(run) => run,
        };
        let storage_failure = method.storage_failure.filter(|_| must_fail);
        let mut call = Call {
            state: &mut self.state,
            user: caller.user.clone(),
            params,
            now: dates::unix_seconds(now),
            storage_failure,
            failed: false,
        };
        let outcome = run(&mut call);
        if call.failed {
            self.use_up_failure(method);
        }
        (outcome, self.cost(method))
    }

    /// Whether a call counts as operating time.
    fn is_counted(&self, method: &Method, visit: &Visit) -> bool {
        let is_batch = matches!(method.run, Run::Batch);
        match self.rules.batch_billing {
            BatchBilling::Commands => !is_batch,
            BatchBilling::Batch => is_batch || !visit.in_batch,
        }
    }

    /// How long a method takes. Reads are by default too quick to be counted as operating time.
    fn cost(&self, method: &Method) -> Duration {
        let default = if method.storage_failure.is_some() {
            Duration::from_millis(321)
        } else {
            Duration::ZERO
        };
        let own = self.rules.costs.get(method.name);
        own.copied().unwrap_or(default)
    }

    fn use_up_failure(&mut self, method: &Method) {
        if let Some(left) = self.failures.get_mut(method.name) {
            *left -= 1;
        }
    }
}
