//! What single calls do otherwise than the client's settings say.

use std::sync::Arc;
use std::time::Duration;

use crate::RetryPolicy;

/// For drivers: what the calls of a clone do otherwise than [`Config`](crate::Config) says. Nothing, by default.
///
/// Every machine that a client runs takes them: calls, the pages of lists, the requests of batches, lookups.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) response_timeout: Option<Duration>,
    pub(crate) retry: Option<Arc<dyn RetryPolicy>>,
}

impl CallOptions {
    /// Bounds the whole call, in place of [`Config::call_timeout`](crate::Config::call_timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Bounds each request, in place of [`Config::response_timeout`](crate::Config::response_timeout) and within the
    /// same limits.
    pub fn response_timeout(mut self, timeout: Duration) -> Self {
        self.response_timeout = Some(crate::config::clamp(timeout));
        self
    }

    /// Decides about repetitions, in place of [`Config::retry`](crate::Config::retry).
    pub fn retry(mut self, policy: impl RetryPolicy) -> Self {
        self.retry = Some(Arc::new(policy));
        self
    }
}
