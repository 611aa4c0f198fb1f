//! What an unsuccessful look-up of a host's name means.

use std::io;

/// What the standard library puts before the resolver's text. It gives no type and no number on Unix.
const PREFIX: &str = "failed to lookup address information: ";

/// What resolvers say of a name that does not exist (`EAI_NONAME`) or has no address (`EAI_NODATA`). The texts are not
/// translated unless a program calls `setlocale`, and any other text counts as a failure that may pass: `EAI_AGAIN` does.
const UNKNOWN: [&str; 8] = [
    // glibc
    "Name or service not known",
    "No address associated with hostname",
    // musl; the first is FreeBSD's, too
    "Name does not resolve",
    "Name has no usable address",
    // Apple's systems
    "nodename nor servname provided, or not known",
    // OpenBSD, NetBSD
    "no address associated with name",
    "hostname nor servname provided, or not known",
    // Android
    "No address associated with nodename",
];

/// `WSAHOST_NOT_FOUND` and `WSANO_DATA`: Windows gives numbers.
const WINDOWS: [i32; 2] = [11001, 11004];

/// Whether the name system says for good that there is no such host.
pub(super) fn is_unknown_host(error: &io::Error) -> bool {
    if let Some(number) = error.raw_os_error() {
        return cfg!(windows) && WINDOWS.contains(&number);
    }
    let text = error.to_string();
    text.strip_prefix(PREFIX)
        .is_some_and(|reason| UNKNOWN.contains(&reason))
}

#[cfg(test)]
mod tests {
    use std::net::ToSocketAddrs as _;

    use super::*;

    /// A part of a name has 63 characters at most, so resolvers refuse this one without asking anybody.
    #[cfg(target_os = "linux")]
    #[test]
    fn this_machines_resolver_is_understood() {
        let name = format!("{}.example.com", "a".repeat(64));
        let error = (name.as_str(), 443).to_socket_addrs().unwrap_err();
        assert!(is_unknown_host(&error), "{error:?}");
    }

    #[test]
    fn what_may_pass_is_no_unknown_host() {
        for text in [
            "failed to lookup address information: Temporary failure in name resolution",
            "failed to lookup address information: Try again",
            "failed to lookup address information: Non-recoverable failure in name resolution",
            "Name or service not known",
            "connection refused",
        ] {
            assert!(!is_unknown_host(&io::Error::other(text)), "{text}");
        }
        let unknown = format!("{PREFIX}Name does not resolve");
        assert!(is_unknown_host(&io::Error::other(unknown)));
    }
}
