//! What a server is to be like, beside the portal that it serves.

use crate::builder::Builder;
use crate::fault::{Rule, SpecError};
use std::time::Duration;

/// Settings of a server.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// How long each call waits before the portal gets it.
    pub(crate) latency: Duration,
    pub(crate) faults: Vec<Rule>,
    /// What random faults are drawn from.
    pub(crate) seed: u64,
}

impl Builder {
    /// Lets each call wait so long before the portal gets it. Calls wait side by side.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.server.latency = latency;
        self
    }

    /// Lets something go wrong from the start; the words are those of [`crate::Faults::add`].
    pub fn fault(mut self, spec: &str) -> Result<Self, SpecError> {
        self.server.faults.push(spec.parse()?);
        Ok(self)
    }
}
