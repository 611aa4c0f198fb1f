//! The names of keys.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use sonet_core::LimitCaller;

use crate::Redis;

/// A key of a portal's bucket: that of all, or of those behind one address.
pub(super) fn of_bucket(redis: &Redis, portal: &str, kind: &str, scope: Option<&str>) -> String {
    match scope {
        None => redis.key(portal, kind),
        Some(scope) => redis.key(portal, &format!("{kind}:{scope}")),
    }
}

/// The key of a caller's pauses. What is secret of the caller is hashed, together with the portal.
pub(super) fn of_pauses(redis: &Redis, portal: &str, caller: &LimitCaller<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(portal.as_bytes());
    hash.update(b"\n");
    hash.update(caller.secret_bytes());
    let mut name = "pauses:".to_owned();
    for byte in &hash.finalize()[..16] {
        // Writing to a text can't fail.
        let _ = write!(name, "{byte:02x}");
    }
    redis.key(portal, &name)
}
