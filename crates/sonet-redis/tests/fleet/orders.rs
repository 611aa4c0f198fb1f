//! What a process is told, and what it says at its end.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sonet_core::Rate;

/// What a process is told to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Orders {
    pub(crate) is_async: bool,
    pub(crate) servers: Servers,
    pub(crate) credential: Credential,
    pub(crate) pace: Pace,
    /// Behind which address the process is, if not behind that of all others.
    pub(crate) scope: Option<String>,
    /// At which share of the rate the process goes on without Redis; `None` ends calls.
    pub(crate) fallback: Option<f64>,
    /// The longest operating time of a method, in seconds.
    pub(crate) operating_limit: Option<u64>,
    pub(crate) work: Work,
    /// How many calls it makes, unless it is told to stop before.
    pub(crate) calls: usize,
    /// How many of them at once.
    pub(crate) at_once: usize,
    /// What a call may take.
    pub(crate) timeout: Duration,
}

/// Where the limits and tokens are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Servers {
    /// Nowhere: each process for itself.
    None,
    One(String),
    Sentinels {
        urls: Vec<String>,
        name: String,
    },
    Cluster(Vec<String>),
}

/// Whom the process calls as.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Credential {
    Webhook(String),
    App {
        portal: String,
        client_id: String,
        client_secret: String,
        access_token: String,
        refresh_token: String,
    },
}

/// A rate.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Pace {
    pub(crate) threshold: u32,
    pub(crate) drain: u32,
    pub(crate) every: Duration,
}

impl Pace {
    /// The portal's, with a clock that is so many times faster.
    pub(crate) fn faster(times: u32) -> Self {
        Self {
            threshold: 50,
            drain: 2,
            every: Duration::from_secs(1) / times,
        }
    }

    pub(crate) fn rate(self) -> Rate {
        Rate::new(self.threshold, self.drain).every(self.every)
    }

    pub(crate) fn of_the_portal(self) -> sonet_portal::Rate {
        sonet_portal::Rate::new(self.threshold, self.drain).every(self.every)
    }

    /// The shortest time in which the portal takes so many requests without a refusal.
    pub(crate) fn floor(self, requests: usize) -> Duration {
        // The request that crosses the threshold is let in.
        let at_once = usize::try_from(self.threshold).unwrap() + 1;
        let later = u32::try_from(requests.saturating_sub(at_once)).unwrap();
        self.every * later / self.drain
    }
}

/// What a call is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Work {
    /// It reads.
    Read,
    /// It reads, and is answered at once without a network, so that hardly more is left than the taking of a place.
    Places,
    /// It creates a group, named by this, a hyphen and the number of the call.
    Create(String),
}

/// What a process has done.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) calls: Vec<Call>,
}

/// One call.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Call {
    pub(crate) number: usize,
    pub(crate) took: Duration,
    pub(crate) end: End,
    /// Whether the error says that the method did not run.
    pub(crate) certainly_not_run: bool,
}

/// How a call has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum End {
    Done,
    /// The store failed.
    Store(String),
    /// Its time was over.
    Deadline(String),
    /// Something else went wrong.
    Other(String),
}
