//! Under which names the portal shows what no secret protects.
//!
//! A web page from anywhere can let its own name stand for 127.0.0.1, and then read what is served
//! there as if it came from its own server. The browser tells that name in `Host`, so whatever can be
//! read without a secret is shown under the portal's own names only.

use crate::rest::http::Request;
use std::net::IpAddr;

/// The names that a server has beside its addresses.
#[derive(Debug, Default)]
pub(super) struct Hosts(Vec<String>);

impl Hosts {
    /// Names such as `portal.test`; a port does not matter.
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().map(name);
        Self(names.filter(|name| !name.is_empty()).collect())
    }

    /// Whether a request may be answered that came in at a local address.
    pub(super) fn admit(&self, request: &Request, local: Option<IpAddr>) -> bool {
        // No browser leaves it out, and HTTP/1.1 can't.
        let Some(host) = request.header("host") else {
            return true;
        };
        let host = name(host);
        let local = local.map(|ip| ip.to_canonical());
        let own = match host.parse::<IpAddr>() {
            Ok(ip) => local == Some(ip.to_canonical()),
            Err(_) => host == "localhost" && local.is_some_and(|ip| ip.is_loopback()),
        };
        own || self.0.contains(&host)
    }
}

/// Whether whatever a request asks for needs a secret: all calls do, and so does the token server.
pub(super) fn needs_secret(request: &Request) -> bool {
    let mut pieces = request.path().split('/').filter(|piece| !piece.is_empty());
    match pieces.next() {
        Some("rest") => true,
        Some("oauth") => pieces.next() == Some("token"),
        _ => false,
    }
}

/// The name in an authority such as `Portal.test:8080` or `[::1]:8080`, in lower case.
fn name(authority: &str) -> String {
    let name = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        // An address of version 6 may come without its brackets.
        None if authority.matches(':').count() > 1 => Some(authority),
        None => authority.split(':').next(),
    };
    let name = name.unwrap_or_default().to_ascii_lowercase();
    name.strip_suffix('.').unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_are_admitted() {
        let hosts = Hosts::new(["Portal.test", "192.0.2.7:81", ""]);
        let admits = |host: &str, local: &str| {
            let request = Request::get("/").with_header("Host", host);
            hosts.admit(&request, Some(local.parse().unwrap()))
        };
        for (host, local) in [
            ("127.0.0.1:8080", "127.0.0.1"),
            ("127.0.0.1", "127.0.0.1"),
            ("localhost:8080", "127.0.0.1"),
            ("LOCALHOST.", "::1"),
            ("[::1]:8080", "::1"),
            ("127.0.0.1:8080", "::ffff:127.0.0.1"),
            ("192.168.1.10:80", "192.168.1.10"),
            ("portal.TEST:9", "127.0.0.1"),
            ("192.0.2.7", "127.0.0.1"),
        ] {
            assert!(admits(host, local), "{host} at {local}");
        }
        for (host, local) in [
            ("evil.example:8080", "127.0.0.1"),
            ("127.0.0.1.evil.example", "127.0.0.1"),
            ("localhost.evil.example", "127.0.0.1"),
            ("localhost", "192.168.1.10"),
            ("192.168.1.11", "192.168.1.10"),
            ("portal.test.evil.example", "127.0.0.1"),
            ("xportal.test", "127.0.0.1"),
            ("", "127.0.0.1"),
            (":8080", "127.0.0.1"),
        ] {
            assert!(!admits(host, local), "{host} at {local}");
        }
        assert!(hosts.admit(&Request::get("/"), None));
    }

    #[test]
    fn what_has_a_secret_of_its_own_is_told_apart() {
        for (path, needs) in [
            ("/rest/1/secret/batch", true),
            ("//rest//1/secret/batch", true),
            ("/oauth/token/?code=1", true),
            ("/oauth/authorize/", false),
            ("/", false),
            ("/?x=/rest/", false),
            ("/restful", false),
            ("/upload/rest/1", false),
        ] {
            assert_eq!(needs_secret(&Request::get(path)), needs, "{path}");
        }
    }
}
