//! Where a portal is.

use std::fmt;

use http::Uri;
use http::uri::{Authority, Parts, Scheme};

use crate::session::Credential;
use crate::{Error, Secret};

/// A portal's scheme, host and port: `https://example.bitrix24.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    scheme: Scheme,
    authority: Authority,
}

impl Address {
    /// Reads a portal's address, as `https://example.bitrix24.com` or `example.bitrix24.com`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (address, path) = split(text)?;
        match path.as_str() {
            "" | "rest" => Ok(address),
            _ => Err(Error::address(
                "the portal's address has a path; give scheme and host only, like https://example.bitrix24.com",
            )),
        }
    }

    /// Reads a webhook's address: `https://example.bitrix24.com/rest/1/secret/`, with or without the last slash, or with
    /// a method behind it.
    ///
    /// No error shows any part of the address: it is a password.
    pub(crate) fn parse_webhook(text: &str) -> Result<(Self, Credential), Error> {
        let (address, path) = split(text)?;
        let mut parts = path.split('/');
        match parts.next() {
            Some("rest") => {}
            Some("") | None => {
                return Err(Error::address(
                    "the webhook's address has no path; copy it whole, like https://example.bitrix24.com/rest/1/secret/",
                ));
            }
            Some(_) => {
                return Err(Error::address(
                    "the webhook's path does not start with /rest/",
                ));
            }
        }
        let user = parts.next().unwrap_or_default();
        if user == "api" {
            return Err(Error::address(
                "this is an address of REST 3.0 (/rest/api/…), which has no workgroup methods; remove `api/`",
            ));
        }
        let user: u32 = Some(user)
            .filter(|user| user.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|user| user.parse().ok())
            .filter(|user| *user > 0).ok_or_else(|| {
            Error::address("the part after /rest/ is not a user's number; a webhook looks like /rest/1/secret/")
        })?;
        let secret = parts.next().unwrap_or_default();
        if secret.is_empty() {
            return Err(Error::address(
                "the secret is missing; a webhook looks like /rest/1/secret/",
            ));
        }
        if !secret
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        {
            return Err(Error::address(
                "the secret has a character that no webhook has; copy the address again (it may have been cut or escaped)",
            ));
        }
        // A text as short as that could not be masked in errors without masking half of them.
        if secret.len() < 4 {
            return Err(Error::address(
                "the secret is shorter than that of any webhook; copy the address again",
            ));
        }
        // A method may stand behind the secret, and nothing behind a method.
        let method = parts.next().unwrap_or_default();
        let rest = parts.next().unwrap_or_default();
        if parts.next().is_some() || !rest.is_empty() || !method.bytes().all(is_method_byte) {
            return Err(Error::address(
                "there is more than a method's name behind the secret; a webhook looks like /rest/1/secret/",
            ));
        }
        Ok((
            address,
            Credential::Webhook {
                user,
                secret: Secret::new(secret),
            },
        ))
    }

    /// The host, without the port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.authority.host()
    }

    /// The host, and the port if it is not the scheme's own, in lower case.
    pub(crate) fn authority(&self) -> String {
        let port = if self.is_https() { ":443" } else { ":80" };
        let text = self.authority.as_str().to_ascii_lowercase();
        match text.strip_suffix(port) {
            Some(host) => host.to_owned(),
            None => text,
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

    /// Whether the connection is encrypted. Only a portal on the same machine may do without.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

/// Whether a byte may stand in a method's name.
pub(crate) fn is_method_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_'
}

/// The portal and the path, without slashes at its ends.
fn split(text: &str) -> Result<(Address, String), Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::address("the address is empty"));
    }
    if text.contains(['?', '#']) {
        return Err(Error::address(
            "the address has a query or a fragment; remove what follows `?` or `#`",
        ));
    }
    let with_scheme = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let uri: Uri = with_scheme.parse().map_err(|_| {
        Error::address("the address is not a valid one; a host of another alphabet is written in punycode (xn--…)")
    })?;
    let parts = uri.into_parts();
    let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
        return Err(Error::address("the address has no host"));
    };
    if authority.as_str().contains('@') {
        return Err(Error::address(
            "the address has a user name before the host; remove what stands before `@`",
        ));
    }
    if authority.host().is_empty() {
        return Err(Error::address("the address has no host"));
    }
    if authority.as_str().len() > authority.host().len() && authority.port().is_none() {
        return Err(Error::address("the port is not a number from 1 to 65535"));
    }
    if scheme != Scheme::HTTPS && scheme != Scheme::HTTP {
        return Err(Error::address("the scheme is neither https nor http"));
    }
    if scheme == Scheme::HTTP && !is_loopback(authority.host()) {
        return Err(Error::address(
            "the scheme is http, which would send the secret in the clear; use https (http is for this machine only)",
        ));
    }
    let path = parts
        .path_and_query
        .map(|path| path.path().trim_matches('/').to_owned());
    Ok((Address { scheme, authority }, path.unwrap_or_default()))
}

fn is_loopback(host: &str) -> bool {
    if host.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    bare.parse::<std::net::IpAddr>()
        .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(text: &str) -> Result<(String, u32, String), String> {
        match Address::parse_webhook(text) {
            Ok((address, Credential::Webhook { user, secret })) => {
                Ok((address.to_string(), user, secret.expose().to_owned()))
            }
            Ok(_) => panic!("not a webhook"),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn a_webhook_in_every_form() {
        let expected = (
            "https://example.bitrix24.com".to_owned(),
            1,
            "s3cr3t".to_owned(),
        );
        for text in [
            "https://example.bitrix24.com/rest/1/s3cr3t/",
            "https://example.bitrix24.com/rest/1/s3cr3t",
            "  https://example.bitrix24.com/rest/1/s3cr3t/\n",
            "https://example.bitrix24.com/rest/1/s3cr3t/profile.json",
            "https://example.bitrix24.com/rest/1/s3cr3t/sonet_group.get/",
            "example.bitrix24.com/rest/1/s3cr3t/",
        ] {
            assert_eq!(webhook(text).unwrap(), expected, "{text}");
        }
        for host in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"] {
            let text = format!("http://{host}/rest/1/s3cr3t/");
            assert_eq!(webhook(&text).unwrap().0, format!("http://{host}"));
        }
    }

    #[test]
    fn each_mistake_is_named_and_the_secret_is_not() {
        let cases = [
            ("", "empty"),
            ("http://example.com/rest/1/canary/", "http"),
            ("ftp://example.com/rest/1/canary/", "scheme"),
            ("https:///rest/1/canary/", "not a valid one"),
            ("https://пример.рф/rest/1/canary/", "punycode"),
            ("https://user@example.com/rest/1/canary/", "user name"),
            ("https://example.com:99999/rest/1/canary/", "port"),
            ("https://example.com", "no path"),
            ("https://example.com/crm/1/canary/", "/rest/"),
            ("https://example.com/rest/api/1/canary/", "REST 3.0"),
            ("https://example.com/rest/canary/1/", "user's number"),
            ("https://example.com/rest/0/canary/", "user's number"),
            ("https://example.com/rest/+1/canary/", "user's number"),
            ("https://example.com/rest/1/", "secret is missing"),
            ("https://example.com/rest/1/abc/", "shorter"),
            ("https://example.com/rest/1/can%20ary/", "character"),
            (
                "https://example.com/rest/1/canary/a/b",
                "more than a method",
            ),
            ("https://example.com/rest/1/canary/?auth=canary", "query"),
            ("https://example.com/rest/1/canary/#canary", "fragment"),
        ];
        for (text, expected) in cases {
            let error = webhook(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
            assert!(!error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn a_portal_is_scheme_and_host() {
        let portal = |text| Address::parse(text).map(|address| address.to_string());
        assert_eq!(
            portal("example.bitrix24.com").unwrap(),
            "https://example.bitrix24.com"
        );
        assert_eq!(
            portal("https://example.bitrix24.com/rest/").unwrap(),
            "https://example.bitrix24.com"
        );
        let error = portal("https://example.bitrix24.com/rest/1/canary/")
            .unwrap_err()
            .to_string();
        assert!(error.contains("path") && !error.contains("canary"));
    }
}
