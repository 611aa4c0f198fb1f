//! The way of a call: may it be made, what comes of it, what does it cost.

use crate::auth::Credential;
use crate::batch;
use crate::call::{Answer, Call, Outcome};
use crate::dates;
use crate::envelope::{Operating, Timing};
use crate::methods::{Method, Run};
use crate::model::User;
use crate::portal::Portal;
use crate::refusal::Refusal;
use crate::wire::params::Params;
use std::time::{Duration, SystemTime};

/// Who makes a call.
pub(crate) struct Caller {
    pub(crate) user: User,
    pub(crate) credential: Credential,
}

/// One HTTP request, as all calls in it see it.
#[derive(Debug, Default)]
pub(crate) struct Visit {}

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
        let (outcome, took) = self.execute(method, caller, params, now, visit);
        let answer = outcome?;
        *self.executed.entry(method.name.to_owned()).or_default() += 1;
        let timing = Timing {
            start: now,
            took,
            operating: self.charge(method, took, now),
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
            Run::Batch => return batch::run(self, caller, params, now, visit),
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
        (outcome, cost(method))
    }

    /// Adds a call to the operating time. A batch is not counted, only the calls in it.
    #[allow(clippy::unused_self, reason = "the time is not summed up yet")]
    fn charge(&mut self, method: &Method, took: Duration, now: SystemTime) -> Option<Operating> {
        if matches!(method.run, Run::Batch) {
            return None;
        }
        Some(Operating {
            spent: took,
            reset_at: dates::unix_seconds(now) + 600,
        })
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
