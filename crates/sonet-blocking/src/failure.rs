//! What ureq's errors mean.

use sonet_core::Cause;
use sonet_net::failure;

/// Why a request failed. ureq's errors have no sources, but hold what they come from.
pub(crate) fn cause(error: &ureq::Error) -> Cause {
    match error {
        ureq::Error::Timeout(_) => Cause::timeout(error).wrapped(),
        ureq::Error::HostNotFound => Cause::unknown_host(error).wrapped(),
        ureq::Error::Io(inner) => failure::cause(inner),
        #[cfg(feature = "rustls")]
        ureq::Error::Rustls(inner) => failure::cause(inner),
        #[cfg(feature = "native-tls")]
        ureq::Error::NativeTls(inner) => failure::cause(inner),
        // Of a transport of the user's.
        ureq::Error::Other(inner) => failure::cause(inner.as_ref()),
        _ => Cause::other(error).wrapped(),
    }
}
