//! The proxy that the settings or the environment name, read the same way by both clients.

mod address;
mod bypass;

use std::net::IpAddr;

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
        let mut bypass = bypass::of_settings(config)?;
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
                bypass.extend(bypass::entries(&list));
                (Source::Variable(name), address.into())
            }
        };
        // Going around a proxy unasked would be the worse surprise.
        let url = address::complete(address.expose(), kinds)
            .map_err(|problem| source.unusable(problem))?;
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
        !self
            .bypass
            .iter()
            .any(|entry| bypass::is_for(entry, &host, ip))
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

#[cfg(test)]
mod tests;
