//! The names of the keys.

use std::fmt::Write as _;

use crate::Redis;

/// The keys of an application on a portal.
#[derive(Debug)]
pub(super) struct Keys {
    /// The portal and the application.
    pub(super) scope: String,
    pub(super) tokens: String,
    pub(super) lease: String,
    pub(super) counters: String,
}

impl Keys {
    pub(super) fn new(redis: &Redis, portal: &str, client_id: &str) -> Self {
        let (portal, application) = (plain(host(portal)), plain(client_id));
        let key = |name: &str| redis.key(&portal, &format!("{application}:{name}"));
        Self {
            tokens: key("tokens"),
            lease: key("lease"),
            counters: key("counters"),
            scope: format!("{portal}:{application}"),
        }
    }
}

/// A portal is one, whether it is named by its address or its host.
fn host(portal: &str) -> &str {
    let portal = portal.trim();
    let behind_scheme = portal.split_once("://").map_or(portal, |(_, rest)| rest);
    behind_scheme.split('/').next().unwrap_or_default()
}

/// A name in which nothing means anything to a key.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for byte in name.trim().to_lowercase().bytes() {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            plain.push(char::from(byte));
        } else {
            let _ = write!(plain, "%{byte:02x}");
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(portal: &str, client_id: &str) -> Keys {
        Keys::new(
            &Redis::open("redis://localhost").unwrap(),
            portal,
            client_id,
        )
    }

    #[test]
    fn the_keys_of_an_application_lie_on_one_node() {
        let keys = keys("https://Example.bitrix24.com/rest/", "local.1");
        assert_eq!(
            [keys.tokens, keys.lease, keys.counters],
            [
                "sonet:{example.bitrix24.com}:local.1:tokens",
                "sonet:{example.bitrix24.com}:local.1:lease",
                "sonet:{example.bitrix24.com}:local.1:counters",
            ]
        );
    }

    #[test]
    fn no_name_is_taken_for_another() {
        let scope = |portal: &str, client_id: &str| keys(portal, client_id).scope;
        assert_eq!(
            scope("example.bitrix24.com", "app.1"),
            scope("http://example.bitrix24.com", "app.1")
        );
        assert_ne!(scope("a:b", "c"), scope("a", "b:c"));
        assert_eq!(scope("127.0.0.1:80", "}{"), "127.0.0.1%3a80:%7d%7b");
    }
}
