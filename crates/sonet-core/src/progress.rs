//! What happens to a call, for whoever wants to know.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::{Address, Error, WaitReason};

/// What a refresh of tokens is called where methods are.
pub(crate) const REFRESH: &str = "oauth/token";

/// Something that happened to a call, or to a refresh of tokens that calls wait for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// The method; `oauth/token` for a refresh of tokens, whose requests go to the token server. Of such a one,
    /// [`Metrics`](crate::Metrics) count the new tokens and nothing else.
    pub method: &'a str,
    /// Which attempt it was, from 1 on; 0 before the first.
    pub attempt: u32,
    /// What happened.
    pub event: ProgressEvent<'a>,
}

/// What happened.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum ProgressEvent<'a> {
    /// A request leaves.
    Sending,
    /// The call waits, at most so long.
    Waiting(WaitReason, Duration),
    /// The call goes on after having waited so long.
    Waited(Duration),
    /// An attempt failed. The call goes on.
    Failed(&'a Error),
    /// The portal has moved here, and the call follows.
    Moved(&'a Address),
    /// There is a new pair of tokens.
    Refreshed,
    /// The call succeeded.
    Succeeded {
        /// The answer's status.
        status: StatusCode,
        /// What the method has cost within ten minutes, in seconds.
        operating: Option<f64>,
    },
    /// The call failed.
    GaveUp(&'a Error),
}

/// The function that a user gave.
#[derive(Clone)]
pub(crate) struct Hook(Arc<dyn Fn(&Progress<'_>) + Send + Sync>);

impl Hook {
    pub(crate) fn new(hook: impl Fn(&Progress<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hook))
    }

    pub(crate) fn call(&self, progress: &Progress<'_>) {
        (self.0)(progress);
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook")
    }
}
