//! What an unsuccessful look-up of a host's name means.

use std::io;

/// What the standard library puts before the resolver's text. It gives no type and no number on Unix.
const PREFIX: &str = "failed to lookup address information: ";

/// What resolvers say of a name that does not exist (`EAI_NONAME`). The texts are not translated unless a program calls
/// `setlocale`, and any other text counts as a failure that may pass. `EAI_AGAIN` does, and so does `EAI_NODATA`: the name is
/// there and its addresses may follow, and Android says it of every name while there is no network.
const UNKNOWN: [&str; 4] = [
    // glibc
    "Name or service not known",
    // musl, FreeBSD
    "Name does not resolve",
    // NetBSD, Android
    "hostname nor servname provided, or not known",
    // OpenBSD
    "name or service is not known",
];

/// What Apple's systems say of such a name, and of every other one while there is no network.
const UNKNOWN_OR_OFFLINE: &str = "nodename nor servname provided, or not known";

/// `WSAHOST_NOT_FOUND`, which Windows, too, may say of any name while there is no network.
const WINDOWS_UNKNOWN_OR_OFFLINE: i32 = 11001;

/// Whether the name system says that there is no such host.
pub(super) fn is_unknown_host(error: &io::Error) -> bool {
    if let Some(number) = error.raw_os_error() {
        return cfg!(windows) && number == WINDOWS_UNKNOWN_OR_OFFLINE;
    }
    is_unknown_for_good(error) || reason(error).as_deref() == Some(UNKNOWN_OR_OFFLINE)
}

/// Whether it says so for good: what it says while there is no network is something else.
pub(super) fn is_unknown_for_good(error: &io::Error) -> bool {
    reason(error).is_some_and(|reason| UNKNOWN.contains(&&*reason))
}

/// The resolver's text.
fn reason(error: &io::Error) -> Option<String> {
    error.to_string().strip_prefix(PREFIX).map(str::to_owned)
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
        assert!(
            is_unknown_host(&error) && is_unknown_for_good(&error),
            "{error:?}"
        );
    }

    #[test]
    fn what_is_said_without_a_network_too_is_not_for_good() {
        let apple = io::Error::other(format!("{PREFIX}{UNKNOWN_OR_OFFLINE}"));
        assert!(is_unknown_host(&apple) && !is_unknown_for_good(&apple));
        let windows = io::Error::from_raw_os_error(WINDOWS_UNKNOWN_OR_OFFLINE);
        assert!(!is_unknown_for_good(&windows));
        assert_eq!(is_unknown_host(&windows), cfg!(windows));
    }

    #[test]
    fn what_may_pass_is_no_unknown_host() {
        for text in [
            "failed to lookup address information: Temporary failure in name resolution",
            "failed to lookup address information: Try again",
            "failed to lookup address information: No address associated with hostname",
            "failed to lookup address information: Name has no usable address",
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
