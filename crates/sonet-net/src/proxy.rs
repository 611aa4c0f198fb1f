//! The proxy that the settings or the environment name, read the same way by both clients.

use std::net::IpAddr;

use http::Uri;
use sonet_core::{Config, Error, ProxySetting, Secret};

/// A proxy for encrypted connections, and the hosts that are reached without it.
///
/// The HTTP libraries read the environment too, but each in its own way: one takes `HTTP_PROXY` for an https address,
/// the other matches `NO_PROXY` literally. A portal must not be reached by another way because of which client is used.
#[derive(Debug, Clone)]
pub struct Proxy {
    url: Secret,
    bypass: Vec<String>,
    source: Source,
}

/// Who named a proxy.
#[derive(Debug, Clone, Copy)]
enum Source {
    Setting,
    Variable(&'static str),
}

/// What the HTTP client can do.
#[derive(Debug, Clone, Copy)]
pub struct Kinds {
    /// Whether it can use SOCKS.
    pub socks: bool,
}

impl Proxy {
    /// The proxy that the settings name, or else the environment: `HTTPS_PROXY`, then `ALL_PROXY`, and `NO_PROXY`; each in
    /// capitals first. A portal without TLS on this machine has none.
    pub fn of(
        config: &Config,
        kinds: Kinds,
        var: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, Error> {
        let mut bypass = bypasses(config)?;
        if config.is_local() {
            return Ok(None);
        }
        let (source, address) = match config.proxy_setting() {
            ProxySetting::None => return Ok(None),
            ProxySetting::Address(address) => (Source::Setting, address.clone()),
            ProxySetting::Environment => {
                let Some((name, address)) = first(&var, &VARIABLES) else {
                    return Ok(None);
                };
                let (_, list) = first(&var, &["NO_PROXY", "no_proxy"]).unwrap_or_default();
                bypass.extend(entries(&list));
                (Source::Variable(name), address.into())
            }
        };
        // Going around a proxy unasked would be the worse surprise.
        let url = url(address.expose(), kinds).map_err(|problem| source.unusable(problem))?;
        Ok(Some(Self {
            url: url.into(),
            bypass,
            source,
        }))
    }

    /// The proxy's address. It may hold a password.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.expose()
    }

    /// The error for a proxy that the HTTP client refuses.
    #[must_use]
    pub fn unusable(&self) -> Error {
        self.source.unusable("the HTTP client does not accept it")
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

/// Where the environment names a proxy.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The first variable that is set, and not empty: an empty one in capitals stands for the other, too.
fn first(
    var: impl Fn(&str) -> Option<String>,
    names: &[&'static str],
) -> Option<(&'static str, String)> {
    names.chunks(2).find_map(|pair| {
        let (name, value) = pair.iter().find_map(|name| Some((*name, var(name)?)))?;
        (!value.trim().is_empty()).then_some((name, value))
    })
}

/// The hosts in a list.
fn entries(list: &str) -> impl Iterator<Item = String> + '_ {
    let entries = list
        .split(',')
        .map(|entry| entry.trim().to_ascii_lowercase());
    entries.filter(|entry| !entry.is_empty())
}

/// The hosts that the settings except. What the environment lists is taken as it is, as every program does.
fn bypasses(config: &Config) -> Result<Vec<String>, Error> {
    let mut bypass = Vec::new();
    for list in config.proxy_bypasses() {
        let before = bypass.len();
        bypass.extend(entries(list));
        let wrong = bypass[before..]
            .iter()
            .find(|entry| !is_host_or_network(entry));
        if wrong.is_some() || bypass.len() == before {
            // An address may hold a password, so it is not quoted.
            let quotable = wrong.filter(|entry| !entry.contains(['@', ':']));
            let entry =
                quotable.map_or_else(|| "such entry".to_owned(), |entry| format!("{entry:?}"));
            return Err(Error::config(format!(
                "`Config::proxy_bypass` takes no {entry}; give hosts, IP addresses and networks without a scheme, a port or \
                 a path, like example.com, 192.168.1.10, 10.0.0.0/8"
            )));
        }
    }
    Ok(bypass)
}

fn is_host_or_network(entry: &str) -> bool {
    if let Some((base, prefix)) = entry.split_once('/') {
        let bits = match base.trim_matches(['[', ']']).parse() {
            Ok(IpAddr::V4(_)) => 32,
            Ok(IpAddr::V6(_)) => 128,
            Err(_) => return false,
        };
        return prefix.parse::<u32>().is_ok_and(|prefix| prefix <= bits);
    }
    if entry.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
        return true;
    }
    let domain = entry.trim_start_matches("*.").trim_start_matches('.');
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    entry == "*" || (!domain.is_empty() && domain.bytes().all(is_name))
}

/// A proxy's address, complete, or what is wrong with it. It is not quoted: it may hold a password.
fn url(address: &str, kinds: Kinds) -> Result<String, &'static str> {
    let address = address.trim();
    let address = match address.split_once("://") {
        None => format!("http://{address}"),
        Some(("http" | "https", _)) => address.to_owned(),
        Some(("socks5" | "socks5h" | "socks4" | "socks4a", _)) if kinds.socks => address.to_owned(),
        Some((scheme, _)) if scheme.starts_with("socks") && !kinds.socks => {
            return Err("SOCKS needs the feature `socks` of the client");
        }
        Some(_) => {
            return Err("its scheme is none of http, https, socks5, socks5h, socks4, socks4a");
        }
    };
    let uri = address.parse::<Uri>();
    let uri =
        uri.map_err(|_| "it is no address; percent-encode special characters of its password")?;
    let is_bare = matches!(uri.path(), "" | "/") && uri.query().is_none();
    if !is_bare || uri.host().is_none_or(str::is_empty) {
        return Err("it is not a host, with or without a scheme, a user and a port");
    }
    let place = uri.authority().map(http::uri::Authority::as_str);
    let place = place.and_then(|text| text.rsplit(['@', ']']).next());
    let has_port = place.is_some_and(|place| place.contains(':'));
    if has_port && uri.port_u16().is_none_or(|port| port == 0) {
        return Err("its port is no port");
    }
    Ok(address)
}

impl Source {
    fn unusable(self, problem: &str) -> Error {
        Error::config(match self {
            Self::Setting => format!(
                "proxy (`Config::proxy`): {problem}; give it like http://proxy.example.com:3128"
            ),
            Self::Variable(name) => format!(
                "proxy ({name}): {problem}; correct the environment variable, like \
                 http://proxy.example.com:3128, or set `Config::proxy` or `Config::no_proxy`"
            ),
        })
    }
}

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

    const SOCKS: Kinds = Kinds { socks: true };
    const NO_SOCKS: Kinds = Kinds { socks: false };

    fn config() -> Config {
        Config::webhook("https://portal.example.com/rest/1/s3cr3t/").unwrap()
    }

    fn read(config: &Config, kinds: Kinds, vars: &[(&str, &str)]) -> Result<Option<Proxy>, Error> {
        Proxy::of(config, kinds, |name| {
            vars.iter()
                .find(|(var, _)| *var == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    fn url(vars: &[(&str, &str)]) -> Option<String> {
        let proxy = read(&config(), NO_SOCKS, vars).unwrap();
        proxy.map(|proxy| proxy.url().to_owned())
    }

    fn problem(config: &Config, kinds: Kinds, vars: &[(&str, &str)]) -> String {
        let error = read(config, kinds, vars).err().unwrap();
        assert!(error.is_config());
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        error.to_string()
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
        let socks = [("ALL_PROXY", "socks5://user:canary@a")];
        let problem_of = |vars: &[(&str, &str)], kinds| problem(&config(), kinds, vars);
        let text = problem_of(&socks, NO_SOCKS);
        assert!(
            text.contains("ALL_PROXY") && text.contains("`socks`"),
            "{text}"
        );
        assert!(read(&config(), SOCKS, &socks).unwrap().is_some());
        let text = problem_of(&[("https_proxy", "ftp://user:canary@a")], SOCKS);
        assert!(
            text.contains("https_proxy") && text.contains("scheme"),
            "{text}"
        );
    }

    #[test]
    fn the_setting_goes_before_the_environment() {
        let vars = [("HTTPS_PROXY", "http://env"), ("NO_PROXY", "*")];
        let ours = config().proxy("user:canary@ours:8080");
        let proxy = read(&ours, NO_SOCKS, &vars).unwrap().unwrap();
        assert_eq!(proxy.url(), "http://user:canary@ours:8080");
        assert!(
            proxy.covers("https", "portal.example.com"),
            "NO_PROXY is the environment's"
        );
        assert!(!format!("{ours:?} {proxy:?}").contains("canary"));
        assert!(
            read(&config().no_proxy(), NO_SOCKS, &vars)
                .unwrap()
                .is_none()
        );
        let local = Config::webhook("http://127.0.0.1/rest/1/s3cr3t/").unwrap();
        assert!(
            read(&local.proxy("ours"), NO_SOCKS, &vars)
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn an_address_that_is_none_is_told_and_not_shown() {
        for address in [
            "",
            " ",
            "http://",
            "http://user:canary@",
            "http://user:can ary@a",
            "http://a/canary",
            "http://a?canary",
            "http://a:99999",
            "http://a:0",
            "socks6://canary@a",
            "canary://a",
        ] {
            let text = problem(&config().proxy(address), SOCKS, &[]);
            assert!(text.contains("`Config::proxy`"), "{address}: {text}");
        }
        for address in [
            "a",
            "a:1",
            "https://a",
            "http://u:p%40@[::1]:3128/",
            "socks5h://a",
        ] {
            let proxy = read(&config().proxy(address), SOCKS, &[]);
            assert!(proxy.unwrap().is_some(), "{address}");
        }
    }

    #[test]
    fn hosts_that_the_settings_except() {
        let vars = [("HTTPS_PROXY", "env"), ("NO_PROXY", "a.org")];
        let config = config()
            .proxy_bypass("b.org, 10.0.0.0/8")
            .proxy_bypass("[fd00::7]");
        let proxy = read(&config, NO_SOCKS, &vars).unwrap().unwrap();
        for host in ["a.org", "x.b.org", "10.1.1.1", "[fd00::7]"] {
            assert!(!proxy.covers("https", host), "{host}");
        }
        assert!(proxy.covers("https", "c.org"));
        for list in [
            "",
            ",",
            "https://a.org",
            "a.org:80",
            "a.org/x",
            "10.0.0.0/33",
            "10.0.0.0/x",
            "a b",
        ] {
            let config = config.clone().proxy_bypass(list);
            let text = problem(&config, NO_SOCKS, &[]);
            assert!(text.contains("`Config::proxy_bypass`"), "{list}: {text}");
        }
        assert!(read(&config.proxy_bypass("*, .d.org, *.e.org"), NO_SOCKS, &vars).is_ok());
    }

    #[test]
    fn hosts_that_need_no_proxy() {
        let bypass = "example.com, .b.org,*.c.org,10.0.0.0/8,192.168.1.1,fd00::/8";
        let proxy = read(
            &config(),
            NO_SOCKS,
            &[("HTTPS_PROXY", "a"), ("NO_PROXY", bypass)],
        )
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
        let nothing = read(
            &config(),
            NO_SOCKS,
            &[("HTTPS_PROXY", "a"), ("NO_PROXY", "*")],
        )
        .unwrap()
        .unwrap();
        assert!(!nothing.covers("https", "example.com"));
        let all = read(
            &config(),
            NO_SOCKS,
            &[("HTTPS_PROXY", "a"), ("NO_PROXY", "0.0.0.0/0")],
        )
        .unwrap()
        .unwrap();
        assert!(!all.covers("https", "8.8.8.8") && all.covers("https", "example.com"));
    }
}
