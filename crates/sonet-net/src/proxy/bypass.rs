//! The hosts that are reached without a proxy.

use std::net::IpAddr;

use sonet_core::{Config, Error};

/// The hosts in a list.
pub(super) fn entries(list: &str) -> impl Iterator<Item = String> + '_ {
    let entries = list
        .split(',')
        .map(|entry| entry.trim().to_ascii_lowercase());
    entries.filter(|entry| !entry.is_empty())
}

/// The hosts that the settings except. What the environment lists is taken as it is, as every program does.
pub(super) fn of_settings(config: &Config) -> Result<Vec<String>, Error> {
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

/// Whether an entry of a list means a host, which is an address if it is `ip`.
pub(super) fn is_for(entry: &str, host: &str, ip: Option<IpAddr>) -> bool {
    match (entry, ip) {
        ("*", _) => true,
        (entry, Some(ip)) => within(ip, entry),
        (entry, None) => {
            let domain = entry.trim_start_matches("*.").trim_start_matches('.');
            host.strip_suffix(domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        }
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
