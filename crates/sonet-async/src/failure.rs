//! What reqwest's errors mean.

use std::error::Error as StdError;
use std::fmt;

use sonet_core::Cause;

/// Why a request failed. The address is left out: it holds the secret.
pub(crate) fn cause(error: reqwest::Error) -> Cause {
    let error = error.without_url();
    if error.is_timeout() {
        Cause::timeout(&error).wrapped()
    } else if Cause::chain(&error).any(is_closed) {
        Cause::closed(&error).wrapped()
    } else {
        sonet_net::failure::cause(&error)
    }
}

/// Whether the connection ended before the answer did. hyper says so of a head without an error of the system.
fn is_closed(error: &(dyn StdError + 'static)) -> bool {
    error
        .downcast_ref::<hyper::Error>()
        .is_some_and(hyper::Error::is_incomplete_message)
}

/// Why an answer did not come whole in its time, in reqwest's words.
pub(crate) fn timed_out() -> Cause {
    Cause::timeout(&TimedOut).wrapped()
}

#[derive(Debug)]
struct TimedOut;

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("operation timed out")
    }
}

impl StdError for TimedOut {}
