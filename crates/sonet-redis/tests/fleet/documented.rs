//! What the operator's page says, tried out.

use std::fs;
use std::path::Path;

use crate::operating::pause_for_all;
use crate::orders::Servers;
use crate::sharing::share_one_bucket;
use crate::support::{RedisServer, skipped};
use crate::tokens::meet_an_expired_token;

/// The page is no part of the package.
const PAGE: &str = "../../docs/many-machines.md";

#[test]
fn a_user_with_the_documented_permissions_can_do_everything() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let Ok(page) = fs::read_to_string(path) else {
        return skipped("the documented permissions (there is no operator's page)");
    };
    let Some(server) = RedisServer::start() else {
        return;
    };
    let line = page.lines().find(|line| line.starts_with("ACL SETUSER "));
    let command: Vec<_> = line.expect("it tells them").split_whitespace().collect();
    for name in called_by_scripts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let permission = format!("+{}", name.to_lowercase());
        assert!(command.contains(&permission.as_str()), "{permission}");
    }
    server.ask::<()>(&command);
    let address = format!("127.0.0.1:{}/", server.port());
    let servers = Servers::One(format!("redis://app:password@{address}"));
    share_one_bucket(&servers);
    meet_an_expired_token(&servers);
    pause_for_all(&server, &servers);
    let denied: Vec<redis::Value> = server.ask(&["ACL", "LOG"]);
    assert!(denied.is_empty(), "{denied:?}");
}

/// The commands that the scripts in a folder call.
fn called_by_scripts(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(called_by_scripts(&path));
        } else if path.extension().is_some_and(|extension| extension == "lua") {
            let script = fs::read_to_string(path).unwrap();
            let calls = script.split("redis.call('").skip(1);
            names.extend(calls.filter_map(|rest| Some(rest.split_once('\'')?.0.to_owned())));
        }
    }
    names
}
