//! The numbers of each method.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::histogram::{Durations, Histogram};
use super::{micros, one};
use crate::address::is_method_byte;
use crate::progress::{Progress, ProgressEvent};

/// How many methods are counted by their names. A program can call any text, and memory is bounded.
const MOST: usize = 256;

/// The longest name that is kept.
const LONGEST: usize = 100;

/// What a client and its clones have done so far with one method: [`Metrics::methods`](super::Metrics::methods).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MethodMetrics {
    /// The method; `batch` for a batch of whatever methods, whose commands are not counted by theirs. `None` for all
    /// methods together that came when 256 were counted already, or whose names are none or longer than 100 bytes.
    pub method: Option<String>,
    /// Calls that succeeded.
    pub succeeded: u64,
    /// Calls that failed.
    pub failed: u64,
    /// Requests that were sent to the portal, repeated ones included.
    pub requests: u64,
    /// Requests that were not the first of their call.
    pub retries: u64,
    /// How long calls have waited altogether, for whatever reason.
    pub waited: Duration,
    /// How long calls took from their beginning to their end, with all attempts and all waiting. A call that ended before it
    /// could begin, as its parameters were refused, has no duration.
    pub call_duration: Histogram,
    /// How long the portal took, from the moment that a request was given to the HTTP client to the end of its answer, or
    /// until it was given up.
    pub request_duration: Histogram,
}

/// The same, being counted.
#[derive(Debug, Default)]
pub(crate) struct MethodCounters {
    succeeded: AtomicU64,
    failed: AtomicU64,
    requests: AtomicU64,
    retries: AtomicU64,
    waited_micros: AtomicU64,
    calls: Durations,
    answers: Durations,
}

impl MethodCounters {
    pub(crate) fn count(&self, progress: &Progress<'_>) {
        match progress.event {
            ProgressEvent::Sending => {
                one(&self.requests);
                if progress.attempt > 1 {
                    one(&self.retries);
                }
            }
            ProgressEvent::Waited(time) => {
                self.waited_micros.fetch_add(micros(time), Relaxed);
            }
            ProgressEvent::Succeeded { .. } => one(&self.succeeded),
            ProgressEvent::GaveUp(_) => one(&self.failed),
            _ => {}
        }
    }

    /// A request was answered or given up.
    pub(crate) fn request_took(&self, time: Duration) {
        self.answers.add(time);
    }

    /// A call has ended.
    pub(crate) fn call_took(&self, time: Duration) {
        self.calls.add(time);
    }

    fn snapshot(&self, method: Option<&str>) -> MethodMetrics {
        let get = |counter: &AtomicU64| counter.load(Relaxed);
        MethodMetrics {
            method: method.map(str::to_owned),
            succeeded: get(&self.succeeded),
            failed: get(&self.failed),
            requests: get(&self.requests),
            retries: get(&self.retries),
            waited: Duration::from_micros(get(&self.waited_micros)),
            call_duration: self.calls.snapshot(),
            request_duration: self.answers.snapshot(),
        }
    }
}

/// The counters of all methods.
#[derive(Debug, Default)]
pub(crate) struct MethodTable {
    named: RwLock<HashMap<Box<str>, Arc<MethodCounters>>>,
    others: Arc<MethodCounters>,
}

impl MethodTable {
    /// The counters of a method. A call asks for them once.
    pub(crate) fn of(&self, method: &str) -> Arc<MethodCounters> {
        let named = self.named.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(counters) = named.get(method) {
            return Arc::clone(counters);
        }
        let is_full = named.len() >= MOST;
        drop(named);
        if is_full || !is_name(method) {
            return Arc::clone(&self.others);
        }
        let mut named = self.named.write().unwrap_or_else(PoisonError::into_inner);
        // Others may have come since.
        if named.len() >= MOST && !named.contains_key(method) {
            return Arc::clone(&self.others);
        }
        Arc::clone(named.entry(method.into()).or_default())
    }

    /// By name, and last all others, as far as anything was done.
    pub(super) fn snapshot(&self) -> Vec<MethodMetrics> {
        let named = self.named.read().unwrap_or_else(PoisonError::into_inner);
        let mut methods: Vec<MethodMetrics> = named
            .iter()
            .map(|(method, counters)| counters.snapshot(Some(method)))
            .collect();
        drop(named);
        methods.sort_unstable_by(|one, other| one.method.cmp(&other.method));
        methods.push(self.others.snapshot(None));
        methods.retain(|own| own.succeeded + own.failed + own.requests > 0);
        methods
    }
}

fn is_name(method: &str) -> bool {
    (1..=LONGEST).contains(&method.len()) && method.bytes().all(is_method_byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn send(table: &MethodTable, method: &str) {
        table.of(method).count(&Progress {
            method,
            attempt: 1,
            event: ProgressEvent::Sending,
        });
    }

    fn requests(table: &MethodTable) -> Vec<(Option<String>, u64)> {
        let methods = table.snapshot().into_iter();
        methods.map(|own| (own.method, own.requests)).collect()
    }

    #[test]
    fn methods_are_told_by_name_and_only_where_anything_happened() {
        let table = MethodTable::default();
        for method in ["user.get", "batch", "user.get"] {
            send(&table, method);
        }
        table.of("never.sent");
        let some = |method: &str| Some(method.to_owned());
        assert_eq!(
            requests(&table),
            [(some("batch"), 1), (some("user.get"), 2)]
        );
    }

    #[test]
    fn memory_is_bounded_whatever_is_called() {
        let table = MethodTable::default();
        for number in 0..1_000 {
            send(&table, &format!("method.n{number}"));
        }
        send(&table, "method.n0");
        let counted = requests(&table);
        assert_eq!(counted.len(), MOST + 1);
        assert_eq!(counted[0], (Some("method.n0".to_owned()), 2));
        assert_eq!(counted[MOST], (None, 1_000 - MOST as u64));
    }

    #[test]
    fn what_is_no_name_is_kept_nowhere() {
        let table = MethodTable::default();
        for method in ["", "a b", "a\"}\n", &"a".repeat(LONGEST + 1)] {
            send(&table, method);
        }
        assert_eq!(requests(&table), [(None, 4)]);
    }
}
