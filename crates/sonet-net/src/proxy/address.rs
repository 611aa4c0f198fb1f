//! The address of a proxy.

use http::Uri;

use super::Kinds;

/// A proxy's address, complete, or what is wrong with it. It is not quoted: it may hold a password.
pub(super) fn complete(address: &str, kinds: Kinds) -> Result<String, &'static str> {
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
