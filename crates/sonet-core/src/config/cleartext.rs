//! What may go over connections that are not encrypted.

use super::Config;
use crate::address::host::normalized;
use crate::address::host_alone;
use crate::credential::Credential;
use crate::{Address, Error};

impl Config {
    /// Allows http, without encryption, to this host, at any port: a portal in a network of one's own, such as
    /// `192.168.1.10`, that has no certificate. Default: to this machine only.
    ///
    /// **Every call carries the webhook's secret, or the token, along in the clear**, and so do the token server's requests
    /// the application's secret key, where that host is it. Whoever is on the way can read them, and change what is asked and
    /// answered; the secret is good for everything that its user may do. A private certificate authority and
    /// [`Config::ca_certificate`] are the better way.
    ///
    /// It holds for exactly this host, not for others under it, wherever an address comes from: what was set up, a move, the
    /// token server's word. A portal that is reached over https is never followed to http. What is not encrypted goes
    /// through no proxy.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use sonet_async::Config;
    ///
    /// let config = Config::webhook("http://192.168.1.10/rest/1/secret/")?.allow_http("192.168.1.10")?;
    /// # Ok::<(), sonet_async::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: this is not a host, such as `192.168.1.10` or `portal.example.com`.
    pub fn allow_http(mut self, host: &str) -> Result<Self, Error> {
        let host = host_alone(host).ok_or_else(|| {
            Error::config(
                "`Config::allow_http`: it takes a host; give its name or address alone, like 192.168.1.10, without a \
                 scheme, a port or a path",
            )
        })?;
        self.cleartext_hosts.allow(host);
        Ok(self)
    }

    /// Whether an address may be called.
    pub(crate) fn may_call(&self, address: &Address) -> bool {
        self.cleartext_hosts.may_call(address)
    }

    /// For drivers: whether any server is reached over TLS, be it the portal or the token server.
    #[doc(hidden)]
    #[must_use]
    pub fn needs_tls(&self) -> bool {
        let app = match &self.credential {
            Credential::App(app) => app.app().is_https(),
            _ => false,
        };
        app || self.address.is_https()
    }

    /// For drivers: whether every server that was set up is reached over TLS.
    #[doc(hidden)]
    #[must_use]
    pub fn is_tls_only(&self) -> bool {
        let app = match &self.credential {
            Credential::App(app) => app.app().is_https(),
            _ => true,
        };
        app && self.address.is_https()
    }

    /// For drivers: whether all that is reached is on this machine, and without TLS. Any other portal over http may move to
    /// https.
    #[doc(hidden)]
    #[must_use]
    pub fn is_local(&self) -> bool {
        !self.needs_tls() && self.address.is_loopback()
    }

    /// Checks the addresses that were set up.
    pub(crate) fn check_addresses(&self) -> Result<(), Error> {
        let server = self.credential.token_server();
        for (address, whose) in [(Some(&self.address), "portal"), (server, "token server")] {
            if let Some(address) = address.filter(|address| !self.may_call(address)) {
                return Err(Error::address(&format!(
                    "{whose} address: it is http, which would send secrets in the clear; use https, or allow it for a host \
                     of your own network: `Config::allow_http(\"{}\")`",
                    normalized(address.host())
                )));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::{App, Session, Tokens};

    fn problem(config: &Config) -> String {
        match Session::new(config, Instant::now()) {
            Ok(_) => String::new(),
            Err(error) => {
                assert!(error.is_config());
                error.to_string()
            }
        }
    }

    #[test]
    fn one_address_over_http_is_enough_not_to_be_tls_only() {
        let app = |portal: &str, server: Option<&str>| {
            let tokens = Tokens::new(portal, "access", "refresh").unwrap();
            let app = App::new("app.1", "secret");
            let app = match server {
                Some(server) => app.token_server(server).unwrap(),
                None => app,
            };
            Config::app(app, tokens).unwrap()
        };
        let (plain, secure) = ("http://192.168.1.10", "https://portal.example.com");
        assert!(app(secure, None).is_tls_only());
        assert!(!app(plain, None).is_tls_only());
        assert!(!app(secure, Some(plain)).is_tls_only());
        assert!(!app("http://127.0.0.1:8080", None).is_tls_only());
        assert!(
            Config::webhook("https://p.example.com/rest/1/secret/")
                .unwrap()
                .is_tls_only()
        );
    }

    #[test]
    fn http_is_refused_by_a_message_that_names_the_setting() {
        let webhook = |host: &str| {
            let config = Config::webhook(&format!("http://{host}/b24/rest/1/canary/"));
            config.unwrap()
        };
        for (host, named) in [
            ("192.168.1.10", "192.168.1.10"),
            ("192.168.1.10:8080", "192.168.1.10"),
            ("Portal.Example.COM.", "portal.example.com"),
            ("[fd00::1]:80", "fd00::1"),
            ("xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ] {
            let problem = problem(&webhook(host));
            let setting = format!("`Config::allow_http(\"{named}\")`");
            assert!(problem.contains(&setting), "{problem}");
            assert!(!problem.contains("canary"), "{problem}");
            let allowed = webhook(host).allow_http(named).unwrap();
            assert_eq!(self::problem(&allowed), "", "{host}");
        }
        for host in ["192.168.1.11", "sub.example.com", "example.com.evil"] {
            let others = webhook(host).allow_http("192.168.1.10").unwrap();
            let others = others.allow_http("example.com").unwrap();
            assert!(problem(&others).contains("allow_http"), "{host}");
        }
    }

    #[test]
    fn so_it_is_for_tokens_and_the_token_server() {
        let token = Config::token("http://192.168.1.10", "t0ken").unwrap();
        assert!(problem(&token).contains("portal address"));
        let tokens = Tokens::new("http://192.168.1.10/rest/", "access", "refresh").unwrap();
        let app = App::new("app.1", "secret").token_server("http://192.168.1.11");
        let config = Config::app(app.unwrap(), tokens).unwrap();
        assert!(problem(&config).contains("portal address"));
        let config = config.allow_http("192.168.1.10").unwrap();
        assert!(problem(&config).contains("token server address"));
        let config = config.allow_http("192.168.1.11").unwrap();
        assert_eq!(problem(&config), "");
    }

    #[test]
    fn only_a_host_can_be_allowed() {
        let config = || Config::token("portal.example.com", "t0ken").unwrap();
        for host in [
            "",
            " ",
            "http://192.168.1.10",
            "192.168.1.10:80",
            "[fd00::1]:80",
            "192.168.1.10/rest",
            "*.example.com",
            ".example.com",
            "user@example.com",
            "a b",
        ] {
            let error = config().allow_http(host).unwrap_err();
            assert!(
                error.to_string().contains("192.168.1.10"),
                "{host}: {error}"
            );
        }
        for host in [
            "192.168.1.10",
            "fd00::1",
            "[fd00::1]",
            "portal.example.com.",
        ] {
            assert!(config().allow_http(host).is_ok(), "{host}");
        }
    }
    #[test]
    fn what_the_token_server_names_is_called_over_https_unless_http_is_allowed() {
        let config = Config::token("portal.example.com", "t0ken").unwrap();
        let adopted = |config: &Config, named: &str| {
            let session = Session::new(config, Instant::now()).unwrap();
            session.adopt(Address::parse_any(named).unwrap(), Instant::now());
            session.address().to_string()
        };
        let named = "http://192.168.1.10:8080/b24/rest/";
        assert_eq!(adopted(&config, named), "https://192.168.1.10/b24/rest");
        let config = config.allow_http("192.168.1.10").unwrap();
        assert_eq!(adopted(&config, named), "http://192.168.1.10:8080/b24/rest");
        let other = "http://192.168.1.11/rest/";
        assert_eq!(adopted(&config, other), "https://192.168.1.11");
    }
}
