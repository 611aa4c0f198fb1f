//! Getting a new pair of tokens, once for all calls that wait.

mod close;
mod process_lease;
mod recheck;
mod run;
mod stage;
mod store;
mod store_lease;

use std::time::Duration;

pub use close::Close;
pub(crate) use run::RefreshRun;

/// How long an answer of the token server may take.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(20);
