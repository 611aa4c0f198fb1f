//! Where a call may follow a portal to.

use crate::address::host::normalized;
use crate::redirect::{Redirect, Rejection};
use crate::{Address, Config};

/// The vendor's domains, under each of which portals have a name of their own.
const VENDOR: [&str; 24] = [
    "bitrix24.com",
    "bitrix24.ru",
    "bitrix24.eu",
    "bitrix24.de",
    "bitrix24.fr",
    "bitrix24.it",
    "bitrix24.pl",
    "bitrix24.es",
    "bitrix24.in",
    "bitrix24.by",
    "bitrix24.kz",
    "bitrix24.ua",
    "bitrix24.cn",
    "bitrix24.jp",
    "bitrix24.vn",
    "bitrix24.id",
    "bitrix24.mx",
    "bitrix24.co",
    "bitrix24.uk",
    "bitrix24.tech",
    "bitrix24.site",
    "bitrix24.shop",
    "bitrix24.com.br",
    "bitrix24.com.tr",
];

/// Whether a call may follow from one address to another, with its secret in it; otherwise what keeps it from that.
///
/// By default only under the same domain of the vendor, which nobody else can have a portal under; and to any host that
/// the user named. Never from https to http, and to http only where that is allowed.
pub(super) fn may_follow(from: &Address, to: &Address, config: &Config) -> Result<(), Rejection> {
    if !to.is_https() && (from.is_https() || !config.may_call(to)) {
        return Err(Rejection::Insecure);
    }
    let (from, host) = (normalized(from.host()), normalized(to.host()));
    let vendor = VENDOR
        .iter()
        .any(|domain| is_under(&from, domain) && is_under(&host, domain));
    let same = from == host && to.is_https();
    let mut allowed = config.redirect_hosts.iter();
    if vendor || same || allowed.any(|allowed| host == *allowed || is_under(&host, allowed)) {
        Ok(())
    } else {
        Err(Rejection::Foreign)
    }
}

/// The portal's address behind a redirect, if it is one that a portal can have.
pub(super) fn destination(redirect: &Redirect) -> Option<Address> {
    Address::parse_any(redirect.origin.as_deref()?).ok()
}

/// Whether a host is a name under a domain.
fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|name| name.len() > 1 && name.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follows(config: &Config, from: &str, to: &str) -> bool {
        let address = |text| Address::parse_any(text).unwrap();
        may_follow(&address(from), &address(to), config).is_ok()
    }

    fn check(from: &str, to: &str, allowed: &[&str]) -> bool {
        let mut config = Config::token(from, "t0ken").unwrap();
        for host in allowed {
            config = config.allow_redirect_to(host).unwrap();
        }
        follows(&config, from, to)
    }

    #[test]
    fn a_secret_stays_under_the_vendors_domain() {
        assert!(check("a.bitrix24.com", "b.bitrix24.com", &[]));
        assert!(check("a.bitrix24.com", "B.Bitrix24.COM", &[]));
        assert!(check("a.bitrix24.com.br", "b.bitrix24.com.br", &[]));
        for to in [
            "b.bitrix24.ru",
            "bitrix24.com",
            "evilbitrix24.com",
            "b.bitrix24.com.example.com",
            "b.bitrix24.example.com",
            "example.com",
            "127.0.0.1",
        ] {
            assert!(!check("a.bitrix24.com", to, &[]), "{to}");
        }
        assert!(!check("portal.example.com", "evil.example.com", &[]));
        assert!(!check("portal.example.com", "b.bitrix24.com", &[]));
    }

    #[test]
    fn the_same_host_may_change_its_port() {
        assert!(check(
            "portal.example.com",
            "https://portal.example.com:8443",
            &[]
        ));
        assert!(!check(
            "https://localhost",
            "http://localhost",
            &["localhost"]
        ));
    }

    #[test]
    fn what_the_user_names_is_allowed_too() {
        let allowed = ["portal.example.com", "example.org"];
        assert!(check("a.bitrix24.com", "portal.example.com", &allowed));
        assert!(check("a.bitrix24.com", "x.example.org", &allowed));
        assert!(!check("a.bitrix24.com", "example.com", &allowed));
        assert!(!check("a.bitrix24.com", "xexample.org", &allowed));
    }
    #[test]
    fn http_is_followed_only_where_it_is_allowed_and_never_from_https() {
        let (one, two) = ("http://192.168.1.10", "http://192.168.1.11:8080");
        let config = Config::token(one, "t0ken").unwrap();
        let config = config.allow_redirect_to("192.168.1.11").unwrap();
        assert!(!follows(&config, one, two));
        let config = config.allow_http("192.168.1.11").unwrap();
        assert!(follows(&config, one, two));
        assert!(!follows(&config, "https://192.168.1.10", two));
        assert!(!follows(&config, "https://192.168.1.11", two));
        let moves_only = "http://192.168.1.12";
        let config = config.allow_http("192.168.1.12").unwrap();
        assert!(
            !follows(&config, one, moves_only),
            "http is no leave to move"
        );
        assert!(follows(&config, one, "https://192.168.1.10"));
    }

    #[test]
    #[cfg(feature = "idna")]
    fn a_host_of_another_alphabet_is_allowed_in_either_form() {
        for allowed in ["пример.рф", "xn--e1afmkfd.xn--p1ai", "ПРИМЕР.рф."] {
            assert!(
                check("a.bitrix24.com", "пример.рф", &[allowed]),
                "{allowed}"
            );
            assert!(check("a.bitrix24.com", "b.пример.рф", &[allowed]));
        }
    }
}
