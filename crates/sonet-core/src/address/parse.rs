//! Reading an address that a person or a server wrote.

use http::Uri;
use http::uri::Scheme;

use super::{Address, Webhook, host, path};
use crate::Error;

/// What most addresses are.
const PORTAL: &str = "portal address";

impl Address {
    /// Reads a portal's address, as `https://example.bitrix24.com` or `example.bitrix24.com`, or with its path up to
    /// `/rest/`, as tokens and events name it.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: it is none, or it is http and not on this machine.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let address = Self::parse_any(text)?;
        if address.is_https() || address.is_loopback() {
            return Ok(address);
        }
        let error = "it is http, which would send secrets in the clear; use https";
        Err(Error::address(error).about(PORTAL))
    }

    /// Reads a portal's address that may be http, too: who sends there has to ask
    /// [`Config::allow_http`](crate::Config::allow_http).
    pub(crate) fn parse_any(text: &str) -> Result<Self, Error> {
        Self::parse_as(PORTAL, text)
    }

    /// The same of what is no portal. Errors begin with what it is.
    pub(crate) fn parse_as(what: &str, text: &str) -> Result<Self, Error> {
        let read = || {
            let (address, path) = split(text)?;
            let rest = path::of_portal(&path)?;
            Ok(Self { rest, ..address })
        };
        read().map_err(|error: Error| error.about(what))
    }

    /// Reads a webhook's address: `https://example.bitrix24.com/rest/1/secret/`, with or without the last slash, or with
    /// a method behind it. It may be http, as with [`Address::parse_any`].
    ///
    /// No error shows any part of the address: it is a password.
    pub(crate) fn parse_webhook(text: &str) -> Result<(Self, Webhook), Error> {
        let read = || {
            let (address, path) = split(text)?;
            let (rest, webhook) = path::of_webhook(&path)?;
            Ok((Self { rest, ..address }, webhook))
        };
        read().map_err(|error: Error| error.about("webhook address"))
    }
}

/// The portal and the path, without slashes at its ends.
fn split(text: &str) -> Result<(Address, String), Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::address("it is empty"));
    }
    if text.contains(['?', '#']) {
        return Err(Error::address(
            "it has a query or a fragment; remove the `?` or `#` and everything after it",
        ));
    }
    let with_scheme = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let uri: Uri = host::to_ascii(&with_scheme)?.parse().map_err(|_| {
        Error::address("it is not valid; give it like https://example.bitrix24.com")
    })?;
    let parts = uri.into_parts();
    let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
        return Err(Error::address(
            "it has no host; give it like https://example.bitrix24.com",
        ));
    };
    if authority.as_str().contains('@') {
        return Err(Error::address(
            "it has a user name before the host; remove it and the `@`",
        ));
    }
    if authority.host().is_empty() {
        return Err(Error::address(
            "it has no host; give it like https://example.bitrix24.com",
        ));
    }
    if authority.as_str().len() > authority.host().len() && authority.port().is_none() {
        return Err(Error::address("its port is not a number from 1 to 65535"));
    }
    if scheme != Scheme::HTTPS && scheme != Scheme::HTTP {
        return Err(Error::address("its scheme is neither https nor http"));
    }
    let path = parts
        .path_and_query
        .map(|path| path.path().trim_matches('/').to_owned());
    let address = Address {
        scheme,
        authority,
        rest: None,
    };
    Ok((address, path.unwrap_or_default()))
}

/// A host that is given alone, as [`host::normalized`] has it.
pub(crate) fn host_alone(host: &str) -> Option<String> {
    let host = host.trim();
    // An address of IPv6 is taken with and without brackets.
    let text = match host.parse::<std::net::Ipv6Addr>() {
        Ok(_) => format!("[{host}]"),
        Err(_) => host.to_owned(),
    };
    let is_alone = !text.contains(['/', '\\', '@', '?', '#', '*']) && !text.starts_with('.');
    let address = Address::parse_any(&text).ok().filter(|_| is_alone)?;
    let has_port = text.rsplit(']').next().is_some_and(|end| end.contains(':'));
    (!has_port).then(|| host::normalized(address.host()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_that_stands_in_an_address_twice_is_refused_and_not_shown() {
        for text in [
            "https://p.example.com/rest/1/canary/rest/1/canary/",
            "https://p.example.com/b24/rest/1/canary/rest/1/other/",
        ] {
            let error = webhook(text).unwrap_err();
            assert!(
                error.contains("twice") && !error.contains("canary"),
                "{error}"
            );
        }
        let error = Address::parse("https://p.example.com/rest/1/canary/rest/");
        let error = error.unwrap_err().to_string();
        assert!(
            error.contains("twice") && !error.contains("canary"),
            "{error}"
        );
        assert!(webhook("https://p.example.com/rest/rest/1/s3cr3t/").is_ok());
    }

    fn webhook(text: &str) -> Result<(String, u32, String), String> {
        match Address::parse_webhook(text) {
            Ok((address, Webhook { user, secret })) => {
                Ok((address.to_string(), user, secret.expose().to_owned()))
            }
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
            ("ftp://example.com/rest/1/canary/", "scheme"),
            ("https:///rest/1/canary/", "is not valid"),
            ("https://при..мер.рф/rest/1/canary/", "host"),
            ("https://example.com/ö/rest/1/canary/", "before /rest/"),
            ("https://example.com/a//rest/1/canary/", "before /rest/"),
            ("https://example.com/a/../rest/1/canary/", "before /rest/"),
            ("https://example.com/%2e%2e/rest/1/canary/", "before /rest/"),
            ("https://example.com/b24/rest/api/1/canary/", "REST 3.0"),
            ("https://example.com/b24/rest/1/", "secret is missing"),
            ("https://user@example.com/rest/1/canary/", "user name"),
            ("https://example.com:99999/rest/1/canary/", "port"),
            ("https://example.com", "no path"),
            ("https://example.com/crm/1/canary/", "/rest/"),
            ("https://example.com/rest/api/1/canary/", "REST 3.0"),
            ("https://example.com/rest/canary/1/", "not a user ID"),
            ("https://example.com/rest/0/canary/", "not a user ID"),
            ("https://example.com/rest/+1/canary/", "not a user ID"),
            ("https://example.com/rest/1/", "secret is missing"),
            ("https://example.com/rest/1/abc/", "too short"),
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

    #[test]
    fn the_path_of_rest_is_an_option() {
        for (text, expected) in [
            ("https://p.example.com/b24/rest/1/s3cr3t/", "/b24/rest"),
            (
                "https://p.example.com/b24/rest/1/s3cr3t/profile.json",
                "/b24/rest",
            ),
            ("p.example.com/a/b-c/d_e/rest/1/s3cr3t", "/a/b-c/d_e/rest"),
            ("https://p.example.com/rest/rest/1/s3cr3t/", "/rest/rest"),
            ("https://p.example.com/rest/1/s3cr3t/", "/rest"),
        ] {
            let (address, _) = Address::parse_webhook(text).unwrap();
            assert_eq!(address.rest_path(), expected);
            assert_eq!(webhook(text).unwrap().2, "s3cr3t");
            // What is shown and what tokens keep leads to the same.
            for text in [address.to_string(), address.endpoint()] {
                assert!(!text.contains("s3cr3t"), "{text}");
                assert_eq!(Address::parse(&text).unwrap(), address, "{text}");
            }
        }
        let tokens = Address::parse("https://p.example.com/b24/rest/").unwrap();
        assert_eq!(tokens.to_string(), "https://p.example.com/b24/rest");
        assert_eq!(tokens.origin(), "https://p.example.com");
        for path in [
            "b24",
            "rest/b24",
            "b24/rest/1/canary",
            "../rest",
            "rest/api",
        ] {
            let error = Address::parse(&format!("https://p.example.com/{path}/"));
            let error = error.unwrap_err().to_string();
            assert!(
                error.contains("path") && !error.contains("canary"),
                "{error}"
            );
        }
    }

    #[test]
    fn a_portal_in_the_clear_is_told_unless_it_is_here() {
        for text in ["http://192.168.1.10", "http://portal.example.com/rest/"] {
            let error = Address::parse(text).unwrap_err();
            assert!(error.to_string().contains("in the clear"), "{error}");
            let address = Address::parse_any(text).unwrap();
            assert!(!address.is_https() && !address.is_loopback());
        }
        let address = Address::parse_any("http://portal.example.com:8080/b24/rest/").unwrap();
        let https = address.over_https();
        assert_eq!(https.to_string(), "https://portal.example.com/b24/rest");
    }
}
