//! Where a portal is.

use std::fmt;

use http::Uri;
use http::uri::{Authority, Parts, Scheme};

mod cleartext;
pub(crate) mod host;
mod parse;
mod path;
mod webhook;

pub(crate) use cleartext::CleartextHosts;
pub(crate) use parse::host_alone;
pub(crate) use path::is_method_byte;
pub(crate) use webhook::Webhook;

/// Where a portal is: its scheme, host and port, `https://example.bitrix24.com`, and the path of its REST interface, where
/// that is not the usual `/rest`: `https://portal.example.com/b24/rest`.
///
/// A host of another alphabet is taken with the feature `idna`, and shown as the name system has it:
/// `https://xn--e1afmkfd.xn--p1ai` for `https://пример.рф`. So one that only looks like another is not mistaken for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    scheme: Scheme,
    authority: Authority,
    /// The path of REST, if it is another than the usual one.
    rest: Option<Box<str>>,
}

impl Address {
    /// The host, without the port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.authority.host()
    }

    /// The port, which may be the scheme's own.
    #[cfg(feature = "tracing")]
    pub(crate) fn port(&self) -> u16 {
        let own = if self.is_https() { 443 } else { 80 };
        self.authority.port_u16().unwrap_or(own)
    }

    /// The path of the REST interface: `/rest`, unless a portal on premises is set up with another.
    #[must_use]
    pub fn rest_path(&self) -> &str {
        self.rest.as_deref().unwrap_or(path::REST)
    }

    /// What all methods' addresses begin with: `https://example.bitrix24.com/rest/`.
    pub(crate) fn endpoint(&self) -> String {
        format!("{}{}/", self.origin(), self.rest_path())
    }

    /// Scheme, host and port: pages that are no part of REST are not under its path.
    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    /// The host, and the port if it is not the scheme's own, in lower case and without a dot at the end of the host.
    pub(crate) fn authority(&self) -> String {
        let host = self.host().to_ascii_lowercase();
        let host = host.strip_suffix('.').unwrap_or(&host);
        let own = if self.is_https() { 443 } else { 80 };
        match self.authority.port_u16().filter(|port| *port != own) {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// The address of a path here.
    pub(crate) fn uri(&self, path: String) -> Result<Uri, http::Error> {
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path.try_into()?);
        Ok(Uri::from_parts(parts)?)
    }

    /// The same portal's address elsewhere: a portal that moves keeps its path.
    pub(crate) fn moved_to(&self, to: &Self) -> Self {
        Self {
            rest: self.rest.clone(),
            ..to.clone()
        }
    }

    /// The same over https, at the port that https has.
    pub(crate) fn over_https(&self) -> Self {
        let host = self.authority.host().parse();
        Self {
            scheme: Scheme::HTTPS,
            authority: host.unwrap_or_else(|_| self.authority.clone()),
            rest: self.rest.clone(),
        }
    }

    /// Whether the connection is encrypted. Only a portal on the same machine may do without, and one that
    /// [`Config::allow_http`](crate::Config::allow_http) names.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// Whether it is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        host::is_loopback(self.host())
    }
}

/// An address that [`Address::parse`] reads again.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin())?;
        f.write_str(self.rest.as_deref().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_has_one_name() {
        for text in [
            "portal.example.com",
            "PORTAL.example.com.",
            "https://portal.example.com:443",
            "http://portal.example.com:80/b24/rest/",
        ] {
            let address = Address::parse_any(text).unwrap();
            assert_eq!(address.authority(), "portal.example.com", "{text}");
        }
        let address = Address::parse_any("https://xn--e1afmkfd.xn--p1ai:8443").unwrap();
        assert_eq!(address.authority(), "xn--e1afmkfd.xn--p1ai:8443");
    }
}
