//! What reqwest's errors mean.

use sonet_core::Cause;

/// Why a request failed. The address is left out: it holds the secret.
pub(crate) fn cause(error: reqwest::Error) -> Cause {
    let error = error.without_url();
    if error.is_timeout() {
        Cause::timeout(&error)
    } else {
        sonet_net::failure::cause(&error)
    }
}
