//! Under which address the portal is known, and where it has moved.

use crate::http::{Request, Response};
use crate::portal::Portal;
use crate::rules::Rules;

/// The address that a portal has when nobody says another one.
const DEFAULT: &str = "https://portal.example.com";

/// The addresses that a request's answer tells.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    /// The portal's, without a slash at its end.
    portal: String,
    /// The token server's, likewise.
    auth: String,
}

impl Address {
    /// The address that a request was sent to, unless the rules have another one.
    pub(crate) fn of(request: &Request, rules: &Rules) -> Self {
        let portal = match (&rules.address, host(request)) {
            (Some(address), _) => address.trim_end_matches('/').to_owned(),
            (None, Some(host)) if request.is_tls() => format!("https://{host}"),
            (None, Some(host)) => format!("http://{host}"),
            (None, None) => DEFAULT.to_owned(),
        };
        let auth = match &rules.auth_server {
            Some(address) => address.trim_end_matches('/').to_owned(),
            None => portal.clone(),
        };
        Self { portal, auth }
    }

    /// The portal's host, with its port if it has one.
    pub(crate) fn domain(&self) -> &str {
        authority(&self.portal)
    }

    /// The token server's host.
    pub(crate) fn server_domain(&self) -> &str {
        authority(&self.auth)
    }

    /// What all calls to the portal begin with.
    pub(crate) fn client_endpoint(&self) -> String {
        format!("{}/rest/", self.portal)
    }

    /// What all calls to the token server begin with.
    pub(crate) fn server_endpoint(&self) -> String {
        format!("{}/rest/", self.auth)
    }
}

impl Portal {
    /// The answer to a request that came to the portal's old address.
    pub(crate) fn moved(&self, request: &Request) -> Option<Response> {
        let new = self.rules.moved_to.as_deref()?.trim_end_matches('/');
        // The token server does not move along.
        if request.path().starts_with("/oauth/token") {
            return None;
        }
        let arrived = host(request).is_some_and(|host| host.eq_ignore_ascii_case(authority(new)));
        if arrived {
            return None;
        }
        let mut page = Response::page(302);
        page.push_header("Location", format!("{new}{}", request.target()));
        Some(page)
    }
}

/// The hosts that the rules tell to others.
pub(crate) fn told(rules: &Rules) -> Vec<String> {
    let told = [&rules.address, &rules.auth_server, &rules.moved_to];
    let told = told.into_iter().flatten();
    told.map(|address| authority(address).to_owned()).collect()
}

/// The host that a request names, if nothing in it could break an address.
fn host(request: &Request) -> Option<&str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    request
        .header("host")
        .filter(|host| !host.is_empty() && host.bytes().all(fits))
}

/// The part of an address between the scheme and the path.
fn authority(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_the_one_that_was_called() {
        let request = |host: &str| Request::get("/rest/x").with_header("Host", host);
        let told = |request: &Request, rules: &Rules| {
            let address = Address::of(request, rules);
            (
                address.client_endpoint(),
                address.server_domain().to_owned(),
            )
        };
        let mut rules = Rules::default();
        for (request, endpoint, domain) in [
            (
                request("127.0.0.1:80"),
                "http://127.0.0.1:80/rest/",
                "127.0.0.1:80",
            ),
            (request("a.b").over_tls(), "https://a.b/rest/", "a.b"),
            (
                request("a b"),
                "https://portal.example.com/rest/",
                "portal.example.com",
            ),
            (
                Request::get("/"),
                "https://portal.example.com/rest/",
                "portal.example.com",
            ),
        ] {
            assert_eq!(
                told(&request, &rules),
                (endpoint.to_owned(), domain.to_owned())
            );
        }
        rules.address = Some("https://one.example/".to_owned());
        rules.auth_server = Some("https://oauth.example".to_owned());
        let expected = (
            "https://one.example/rest/".to_owned(),
            "oauth.example".to_owned(),
        );
        assert_eq!(told(&request("a.b"), &rules), expected);
    }
}
