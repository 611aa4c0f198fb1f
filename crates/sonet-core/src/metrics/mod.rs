//! What a client has done so far, in numbers.

mod histogram;
mod methods;
mod prometheus;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

pub use histogram::Histogram;
pub(crate) use methods::MethodCounters;
pub use methods::MethodMetrics;
pub use prometheus::Prometheus;

use methods::MethodTable;

use crate::WaitReason;
use crate::limits::Load;
use crate::progress::{Progress, ProgressEvent, REFRESH};

/// What a client and its clones have done so far. A call that was dropped has neither succeeded nor failed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Metrics {
    /// Calls that succeeded.
    pub succeeded: u64,
    /// Calls that failed.
    pub failed: u64,
    /// Requests that were sent to the portal, repeated ones included.
    pub requests: u64,
    /// Requests that were not the first of their call.
    pub retries: u64,
    /// Requests that the portal refused for the rate or for operating time.
    pub refused: u64,
    /// How often a call waited for room under the rate limit.
    pub rate_waits: u64,
    /// How often a call waited for a method's operating time.
    pub operating_waits: u64,
    /// How long calls have waited altogether, for whatever reason.
    pub waited: Duration,
    /// How often new tokens were got.
    pub refreshes: u64,
    /// How often a call followed the portal to a new address.
    pub redirects: u64,
    /// What is counted under the portal's rate limit by now, by all clients that share it. Without a limit nothing is
    /// counted, and this and the next are 0.
    pub level: f64,
    /// How many requests are out, of all clients that share the limit: those that the portal may not have counted yet. One
    /// that was given up is among them for five seconds, since it may still arrive.
    pub in_flight: usize,
    /// How many calls wait for room, of all clients that share the limit.
    pub waiting: usize,
    methods: Vec<MethodMetrics>,
}

impl Metrics {
    /// The same for each method, by name: what was called, how it ended, and how long it took.
    #[must_use]
    pub fn methods(&self) -> &[MethodMetrics] {
        &self.methods
    }

    /// The numbers in Prometheus' text format, for what a program serves at `/metrics` or writes to a file for the node
    /// exporter.
    #[must_use]
    pub fn prometheus(&self) -> Prometheus<'_> {
        Prometheus(self)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    succeeded: AtomicU64,
    failed: AtomicU64,
    requests: AtomicU64,
    retries: AtomicU64,
    refused: AtomicU64,
    rate_waits: AtomicU64,
    operating_waits: AtomicU64,
    waited_micros: AtomicU64,
    refreshes: AtomicU64,
    redirects: AtomicU64,
    methods: MethodTable,
}

impl Counters {
    pub(crate) fn count(&self, progress: &Progress<'_>) {
        match progress.event {
            ProgressEvent::Refreshed => one(&self.refreshes),
            // The rest of a refresh is between the client and the token server.
            _ if progress.method == REFRESH => {}
            ProgressEvent::Sending => {
                one(&self.requests);
                if progress.attempt > 1 {
                    one(&self.retries);
                }
            }
            ProgressEvent::Waiting(WaitReason::Rate, _) => one(&self.rate_waits),
            ProgressEvent::Waiting(WaitReason::Operating, _) => one(&self.operating_waits),
            ProgressEvent::Waiting(WaitReason::Retry | WaitReason::Refresh, _) => {}
            ProgressEvent::Waited(time) => {
                self.waited_micros.fetch_add(micros(time), Relaxed);
            }
            ProgressEvent::Failed(error) => {
                if error.is_limit() {
                    one(&self.refused);
                }
            }
            ProgressEvent::Moved(_) => one(&self.redirects),
            ProgressEvent::Succeeded { .. } => one(&self.succeeded),
            ProgressEvent::GaveUp(error) => {
                one(&self.failed);
                // What a call without time for another attempt ends with has been counted when it failed.
                if error.is_limit() && !error.is_deadline() {
                    one(&self.refused);
                }
            }
        }
    }

    /// The counters of a method.
    pub(crate) fn of(&self, method: &str) -> Arc<MethodCounters> {
        self.methods.of(method)
    }

    pub(crate) fn snapshot(&self, load: &Load) -> Metrics {
        let get = |counter: &AtomicU64| counter.load(Relaxed);
        Metrics {
            succeeded: get(&self.succeeded),
            failed: get(&self.failed),
            requests: get(&self.requests),
            retries: get(&self.retries),
            refused: get(&self.refused),
            rate_waits: get(&self.rate_waits),
            operating_waits: get(&self.operating_waits),
            waited: Duration::from_micros(get(&self.waited_micros)),
            refreshes: get(&self.refreshes),
            redirects: get(&self.redirects),
            level: load.level,
            in_flight: load.in_flight,
            waiting: load.waiting,
            methods: self.methods.snapshot(),
        }
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

fn one(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}
