//! Hosts: in any alphabet, and on this machine.

use std::borrow::Cow;
use std::net::IpAddr;

use crate::Error;

/// The same address, with a host of another alphabet as the name system has it: `https://xn--e1afmkfd.xn--p1ai/`.
///
/// A host in ASCII is left as it is, but for one that claims to be such a form: it is checked.
pub(crate) fn to_ascii(address: &str) -> Result<Cow<'_, str>, Error> {
    let Some((scheme, rest)) = address.split_once("://") else {
        return Ok(Cow::Borrowed(address));
    };
    let end = rest.find(['/', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let is_plain = authority.is_ascii() && !authority.to_ascii_lowercase().contains("xn--");
    // Of a user's name something else is said.
    if is_plain || authority.contains('@') {
        return Ok(Cow::Borrowed(address));
    }
    let (host, port) = match authority.find(':') {
        Some(colon) => authority.split_at(colon),
        None => (authority, ""),
    };
    let host = convert(host).map_err(Error::address)?;
    Ok(Cow::Owned(format!("{scheme}://{host}{port}{path}")))
}

#[cfg(feature = "idna")]
fn convert(host: &str) -> Result<Cow<'_, str>, &'static str> {
    use idna::AsciiDenyList;
    use idna::uts46::{DnsLength, Hyphens, Uts46};

    let (length, deny) = (DnsLength::VerifyAllowRootDot, AsciiDenyList::URL);
    let host = Uts46::new().to_ascii(host.as_bytes(), deny, Hyphens::Allow, length);
    host.map_err(|_| {
        "the host name is not valid: a part of it is empty or too long, or it has a character that host names can't \
         have; write it as a browser shows it, or in punycode (xn--…)"
    })
}

#[cfg(not(feature = "idna"))]
fn convert(host: &str) -> Result<Cow<'_, str>, &'static str> {
    if host.is_ascii() {
        return Ok(Cow::Borrowed(host));
    }
    Err("the host name is not in ASCII; write it in punycode (xn--…), or enable the feature `idna`")
}

/// Whether a host is this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let name = normalized(host);
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// A host to be compared: in lower case, without brackets and the dot at the end.
pub(crate) fn normalized(host: &str) -> String {
    let host = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "idna")]
    fn a_host_of_another_alphabet_in_every_form() {
        let expected = "https://xn--e1afmkfd.xn--p1ai";
        for host in [
            "пример.рф",
            "ПРИМЕР.РФ",
            "Пример.рФ",
            "пример。рф",
            "пример．рф",
            "xn--e1afmkfd.рф",
            "XN--E1AFMKFD.xn--p1ai",
            "п\u{ad}ример.рф",
        ] {
            let ascii = to_ascii(&format!("https://{host}")).unwrap().into_owned();
            assert_eq!(ascii, expected, "{host}");
        }
        let with_port = to_ascii("https://bücher.example:8443/rest/1/ö/").unwrap();
        assert_eq!(with_port, "https://xn--bcher-kva.example:8443/rest/1/ö/");
        let with_dot = to_ascii("https://my_пример.рф./").unwrap();
        assert!(with_dot.ends_with(".xn--p1ai./"), "{with_dot}");
        let plain = "https://Example.COM/";
        assert_eq!(to_ascii(plain).unwrap(), plain);
    }

    #[test]
    #[cfg(feature = "idna")]
    fn what_is_no_host_is_told() {
        for host in [
            "пример..рф",
            "при мер.рф",
            "пример／evil.рф",
            "пример：8443.рф",
            "user＠пример.рф",
            "xn--zzzzzzzzzz9999.example",
            "xn--.example",
            "\u{301}пример.рф",
            &format!("{}.рф", "п".repeat(80)),
        ] {
            let error = to_ascii(&format!("https://{host}/")).unwrap_err();
            assert!(error.to_string().contains("host"), "{host}: {error}");
        }
    }

    #[test]
    #[cfg(feature = "idna")]
    fn names_that_look_alike_are_told_apart() {
        let latin = to_ascii("https://apple.example").unwrap();
        let cyrillic = to_ascii("https://аррӏе.example").unwrap();
        assert_ne!(latin, cyrillic);
        assert!(cyrillic.starts_with("https://xn--"), "{cyrillic}");
    }

    #[test]
    #[cfg(not(feature = "idna"))]
    fn without_the_feature_it_is_told() {
        let error = to_ascii("https://пример.рф/").unwrap_err().to_string();
        assert!(error.contains("punycode") && error.contains("`idna`"));
        let ascii = "https://xn--e1afmkfd.xn--p1ai/";
        assert_eq!(to_ascii(ascii).unwrap(), ascii);
    }

    #[test]
    fn this_machine_in_every_form() {
        for host in ["localhost", "LocalHost.", "127.0.0.1", "127.9.9.9", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["192.168.1.10", "0.0.0.0", "localhost.example.com", "[::2]"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
