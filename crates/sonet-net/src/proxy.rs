//! The proxy that the environment names, read the same way by both clients.

use std::fmt;
use std::net::IpAddr;

use sonet_core::Error;

/// A proxy for encrypted connections, and the hosts that are reached without it.
///
/// The HTTP libraries read the environment too, but each in its own way: one takes `HTTP_PROXY` for an https address,
/// the other matches `NO_PROXY` literally. A portal must not be reached by another way because of which client is used.
#[derive(Clone)]
pub struct EnvProxy {
    url: String,
    bypass: Vec<String>,
}

/// The address is left out: it may hold a password.
impl fmt::Debug for EnvProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvProxy")
            .field("bypass", &self.bypass)
            .finish_non_exhaustive()
    }
}

impl EnvProxy {
    /// Reads `HTTPS_PROXY`, then `ALL_PROXY`, and `NO_PROXY`; each in capitals first.
    pub fn read(var: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, Error> {
        let first = |names: [&str; 2]| {
            names
                .into_iter()
                .find_map(&var)
                .filter(|value| !value.trim().is_empty())
        };
        let proxy =
            first(["HTTPS_PROXY", "https_proxy"]).or_else(|| first(["ALL_PROXY", "all_proxy"]));
        let Some(proxy) = proxy else { return Ok(None) };
        let proxy = proxy.trim();
        let url = match proxy.split_once("://") {
            None => format!("http://{proxy}"),
            Some(("http" | "https", _)) => proxy.to_owned(),
            // Going around a proxy unasked would be the worse surprise. The value is not shown: it may hold a password.
            Some(_) => return Err(Error::config(UNUSABLE)),
        };
        let bypass = first(["NO_PROXY", "no_proxy"]).unwrap_or_default();
        let bypass = bypass
            .split(',')
            .map(|entry| entry.trim().to_ascii_lowercase());
        Ok(Some(Self {
            url,
            bypass: bypass.filter(|entry| !entry.is_empty()).collect(),
        }))
    }

    /// The proxy's address. It may hold a password.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether a host is reached through the proxy. This machine never is, and nothing that is not encrypted.
    #[must_use]
    pub fn covers(&self, scheme: &str, host: &str) -> bool {
        if scheme != "https" {
            return false;
        }
        let host = host
            .trim_matches(['[', ']'])
            .trim_end_matches('.')
            .to_ascii_lowercase();
        let ip = host.parse::<IpAddr>().ok();
        if host == "localhost" || ip.is_some_and(|ip| ip.is_loopback()) {
            return false;
        }
        !self.bypass.iter().any(|entry| match (entry.as_str(), ip) {
            ("*", _) => true,
            (entry, Some(ip)) => within(ip, entry),
            (entry, None) => {
                let domain = entry.trim_start_matches("*.").trim_start_matches('.');
                host.strip_suffix(domain)
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
        })
    }
}

/// What to say of a proxy that can't be used.
pub const UNUSABLE: &str = "proxy (HTTPS_PROXY or ALL_PROXY): the environment names no usable HTTP proxy; \
     correct it, like http://proxy.example.com:3128, or set a proxy in HTTP settings of your own (`Client::with_http`)";

/// Whether an address is the one given, or within the network given: `10.0.0.1`, `10.0.0.0/8`.
fn within(ip: IpAddr, network: &str) -> bool {
    let (base, prefix) = match network.split_once('/') {
        Some((base, prefix)) => (base, prefix.parse().ok()),
        None => (network, Some(u32::MAX)),
    };
    let (Ok(base), Some(prefix)) = (base.trim_matches(['[', ']']).parse::<IpAddr>(), prefix) else {
        return false;
    };
    match (ip, base) {
        (IpAddr::V4(ip), IpAddr::V4(base)) => {
            let differ = ip.to_bits() ^ base.to_bits();
            differ
                .checked_shr(32_u32.saturating_sub(prefix))
                .unwrap_or(0)
                == 0
        }
        (IpAddr::V6(ip), IpAddr::V6(base)) => {
            let differ = ip.to_bits() ^ base.to_bits();
            differ
                .checked_shr(128_u32.saturating_sub(prefix))
                .unwrap_or(0)
                == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(vars: &[(&str, &str)]) -> Result<Option<EnvProxy>, Error> {
        EnvProxy::read(|name| {
            vars.iter()
                .find(|(var, _)| *var == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    fn url(vars: &[(&str, &str)]) -> Option<String> {
        read(vars).unwrap().map(|proxy| proxy.url().to_owned())
    }

    #[test]
    fn the_variable_for_https_goes_first() {
        assert_eq!(url(&[]), None);
        assert_eq!(url(&[("HTTP_PROXY", "http://a")]), None);
        assert_eq!(
            url(&[("ALL_PROXY", "http://a")]).as_deref(),
            Some("http://a")
        );
        let both = [("ALL_PROXY", "http://a"), ("https_proxy", "b:3128")];
        assert_eq!(url(&both).as_deref(), Some("http://b:3128"));
        assert_eq!(url(&[("HTTPS_PROXY", " ")]), None);
    }

    #[test]
    fn another_kind_of_proxy_is_told_and_not_shown() {
        let error = read(&[("ALL_PROXY", "socks5://user:canary@a")])
            .err()
            .unwrap();
        assert!(error.is_config());
        assert!(!format!("{error} {error:?}").contains("canary"));
    }

    #[test]
    fn hosts_that_need_no_proxy() {
        let bypass = "example.com, .b.org,*.c.org,10.0.0.0/8,192.168.1.1,fd00::/8";
        let proxy = read(&[("HTTPS_PROXY", "a"), ("NO_PROXY", bypass)])
            .unwrap()
            .unwrap();
        for host in [
            "localhost",
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "example.com",
            "EXAMPLE.com.",
            "x.example.com",
            "b.org",
            "x.b.org",
            "x.c.org",
            "10.1.2.3",
            "192.168.1.1",
            "[fd00::7]",
        ] {
            assert!(!proxy.covers("https", host), "{host}");
        }
        for host in [
            "notexample.com",
            "example.com.evil",
            "11.0.0.1",
            "192.168.1.2",
            "[fe80::1]",
        ] {
            assert!(proxy.covers("https", host), "{host}");
        }
        assert!(!proxy.covers("http", "notexample.com"), "in the clear");
        let nothing = read(&[("HTTPS_PROXY", "a"), ("NO_PROXY", "*")])
            .unwrap()
            .unwrap();
        assert!(!nothing.covers("https", "example.com"));
        let all = read(&[("HTTPS_PROXY", "a"), ("NO_PROXY", "0.0.0.0/0")])
            .unwrap()
            .unwrap();
        assert!(!all.covers("https", "8.8.8.8") && all.covers("https", "example.com"));
    }
}
