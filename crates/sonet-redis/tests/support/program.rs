//! The program that is started.

use std::env;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// What the server is called on a machine that has one.
const NAMES: [&str; 2] = ["redis-server", "valkey-server"];

/// The server's program, or `None` with a printed line where there is none.
pub(super) fn find() -> Option<PathBuf> {
    let chosen = env::var("SONET_REDIS_SERVER").ok();
    let names = chosen
        .as_ref()
        .map_or(NAMES.to_vec(), |name| vec![name.as_str()]);
    let found = names.iter().find_map(|name| on_the_path(name));
    if found.is_none() {
        let reason = format!("there is no {} on the PATH", names.join(" or "));
        missing("SONET_REDIS", &reason);
    }
    found
}

/// Says what a test can't be run for, or fails where this variable says that it is `required`.
pub(crate) fn missing(variable: &str, reason: &str) {
    let is_required = env::var(variable).is_ok_and(|value| value == "required");
    assert!(!is_required, "{reason}");
    skipped(reason);
}

/// Says why a test is not run, even if it succeeds.
pub(crate) fn skipped(reason: &str) {
    // Not by `println!`, which is shown of a test that fails only.
    let _ = writeln!(io::stderr(), "skipped: {reason}");
}

/// Where a program lies; a name with a slash is its own place.
fn on_the_path(name: &str) -> Option<PathBuf> {
    let is_there = |path: &PathBuf| path.is_file();
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(is_there);
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(is_there)
}
