//! Where http is allowed, without encryption.

use super::Address;
use super::host::normalized;

/// The hosts to which http is allowed, beside this machine.
#[derive(Debug, Clone, Default)]
pub(crate) struct CleartextHosts(Vec<String>);

impl CleartextHosts {
    /// Allows http to a host, as [`normalized`] has it: at any port, and to no host under it.
    pub(crate) fn allow(&mut self, host: String) {
        self.0.push(host);
    }

    /// Whether an address may be called: over https, on this machine, or where http is allowed.
    pub(crate) fn may_call(&self, address: &Address) -> bool {
        address.is_https() || address.is_loopback() || self.0.contains(&normalized(address.host()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_for_this_machine_and_for_exactly_what_is_allowed() {
        let mut hosts = CleartextHosts::default();
        hosts.allow("portal.example.com".to_owned());
        let may_call = |text: &str| hosts.may_call(&Address::parse_any(text).unwrap());
        for text in [
            "https://anywhere.example.org",
            "http://127.0.0.1:8080",
            "http://Portal.Example.com.:8080/b24/rest/",
        ] {
            assert!(may_call(text), "{text}");
        }
        for text in ["http://sub.portal.example.com", "http://example.com"] {
            assert!(!may_call(text), "{text}");
        }
    }
}
