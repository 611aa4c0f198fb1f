//! Under which address the portal is known, and where it has moved.

use crate::methods::address::{Address, authority};
use crate::rest::http::{Request, Response};
use crate::rest::interface::Environment;
use crate::rules::Rules;

/// The address that a portal has when nobody says another one.
const DEFAULT: &str = "https://portal.example.com";

/// The addresses that answers tell, by the rules and the server's names.
pub(crate) struct Addresses<'a> {
    rules: &'a Rules,
    names: &'a [String],
}

impl<'a> Addresses<'a> {
    pub(crate) fn of(environment: &Environment<'a>) -> Self {
        Self {
            rules: environment.rules,
            names: environment.names,
        }
    }

    /// The addresses that the answer to a request tells.
    pub(crate) fn of_request(&self, request: &Request) -> Address {
        let at_token_server = self.rules.auth_server.as_deref().is_some_and(|server| {
            host(request).is_some_and(|host| host.eq_ignore_ascii_case(authority(server)))
        });
        let own = self.own_address(request).filter(|_| at_token_server);
        self.address_of(request, own, at_token_server)
    }

    /// The addresses that the token server tells. `granted` is the one under which a user let the
    /// application in.
    pub(crate) fn of_token_server(&self, request: &Request, granted: Option<String>) -> Address {
        // A portal that has moved since is told as it was asked for.
        let granted = granted.filter(|_| self.rules.moved_to.is_none());
        let own = granted.or_else(|| self.own_address(request));
        self.address_of(request, own, true)
    }

    /// The addresses, if the portal's is this one or else the one that was called.
    fn address_of(&self, request: &Request, own: Option<String>, at_token_server: bool) -> Address {
        let called = called(request);
        let rule = |address: &String| address.trim_end_matches('/').to_owned();
        let known = self.rules.address.as_ref().map(rule).or(own);
        let portal = known.or_else(|| called.clone());
        let portal = portal.unwrap_or_else(|| DEFAULT.to_owned());
        let auth = match &self.rules.auth_server {
            Some(address) => rule(address),
            None if at_token_server => called.clone().unwrap_or_else(|| portal.clone()),
            None => portal.clone(),
        };
        let same = |called: &str| authority(called).eq_ignore_ascii_case(authority(&portal));
        let portal_is_elsewhere = !called.as_deref().is_some_and(same);
        Address::new(portal, auth).asked_at(at_token_server, portal_is_elsewhere)
    }

    /// The portal's own address, if a request was sent to another one of the names that the server
    /// has: the first of them.
    fn own_address(&self, request: &Request) -> Option<String> {
        let (first, others) = self.names.split_first()?;
        let called = host(request)?;
        let (name, port) = split_port(called);
        let is_another = others.iter().any(|own| own.eq_ignore_ascii_case(name));
        let own = if first.contains(':') {
            format!("https://[{first}]{port}")
        } else {
            format!("https://{first}{port}")
        };
        is_another.then_some(own)
    }

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

/// The address that a request was sent to, if it names a host.
fn called(request: &Request) -> Option<String> {
    let scheme = if request.is_tls() { "https" } else { "http" };
    host(request).map(|host| format!("{scheme}://{host}"))
}

/// The hosts that the rules tell to others.
pub(crate) fn hosts(rules: &Rules) -> Vec<String> {
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

/// A host's name without brackets, and its port with the colon before it.
fn split_port(host: &str) -> (&str, &str) {
    let at = match host.rfind([':', ']']) {
        Some(at) if host[at..].starts_with(':') => at,
        _ => host.len(),
    };
    (host[..at].trim_matches(['[', ']']), &host[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(host: &str) -> Request {
        Request::get("/rest/x").with_header("Host", host)
    }

    fn addresses<'a>(rules: &'a Rules, names: &'a [String]) -> Addresses<'a> {
        Addresses { rules, names }
    }

    fn told(rules: &Rules, request: &Request) -> (String, String) {
        let address = addresses(rules, &[]).of_request(request);
        let server_domain = address.server_domain().to_owned();
        (address.client_endpoint(), server_domain)
    }

    #[test]
    fn the_address_is_the_one_that_was_called() {
        let mut rules = Rules::default();
        let default = ("https://portal.example.com/rest/", "portal.example.com");
        for (request, (endpoint, domain)) in [
            (
                request("127.0.0.1:80"),
                ("http://127.0.0.1:80/rest/", "127.0.0.1:80"),
            ),
            (request("a.b").over_tls(), ("https://a.b/rest/", "a.b")),
            (request("a b"), default),
            (Request::get("/"), default),
        ] {
            let expected = (endpoint.to_owned(), domain.to_owned());
            assert_eq!(told(&rules, &request), expected);
        }
        rules.address = Some("https://one.example/".to_owned());
        rules.auth_server = Some("https://oauth.example".to_owned());
        let expected = (
            "https://one.example/rest/".to_owned(),
            "oauth.example".to_owned(),
        );
        assert_eq!(told(&rules, &request("a.b")), expected);
    }

    #[test]
    fn a_name_among_several_is_the_portals_own() {
        let mut rules = Rules::default();
        let names = ["portal.test".to_owned(), "oauth.test".to_owned()];
        for (called, endpoint) in [
            ("portal.test:8443", "https://portal.test:8443/rest/"),
            ("oauth.test:8443", "https://portal.test:8443/rest/"),
            ("OAuth.test", "https://portal.test/rest/"),
            ("localhost", "https://localhost/rest/"),
            ("[::1]:8443", "https://[::1]:8443/rest/"),
        ] {
            let request = request(called).over_tls();
            let address = addresses(&rules, &names).of_token_server(&request, None);
            assert_eq!(address.client_endpoint(), endpoint, "{called}");
            assert_eq!(address.server_endpoint(), format!("https://{called}/rest/"));
            let granted = Some("https://granted.test".to_owned());
            let address = addresses(&rules, &names).of_token_server(&request, granted);
            assert_eq!(address.client_endpoint(), "https://granted.test/rest/");
        }
        rules.moved_to = Some("https://new.test".to_owned());
        let granted = Some("https://granted.test".to_owned());
        let address =
            addresses(&rules, &names).of_token_server(&request("new.test").over_tls(), granted);
        assert_eq!(address.client_endpoint(), "https://new.test/rest/");
    }

    #[test]
    fn an_address_may_be_the_first_name() {
        let rules = Rules::default();
        let names = ["2001:db8::1".to_owned(), "oauth.test".to_owned()];
        let request = request("oauth.test:8443").over_tls();
        let address = addresses(&rules, &names).of_token_server(&request, None);
        assert_eq!(
            address.client_endpoint(),
            "https://[2001:db8::1]:8443/rest/"
        );
    }

    #[test]
    fn a_port_is_told_from_a_name() {
        for (host, parts) in [
            ("a.b:80", ("a.b", ":80")),
            ("a.b", ("a.b", "")),
            ("[::1]:80", ("::1", ":80")),
            ("[::1]", ("::1", "")),
        ] {
            assert_eq!(split_port(host), parts);
        }
    }
}
