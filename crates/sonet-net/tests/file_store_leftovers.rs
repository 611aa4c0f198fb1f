//! What a process leaves beside the file of tokens that ended in the middle.

#![cfg(feature = "file-store")]
#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sonet_core::{Lease, TokenStore as _, Tokens};
use sonet_net::FileStore;
use tempfile::TempDir;

const LONG: Duration = Duration::from_secs(90);

fn pair(number: u32) -> Tokens {
    let (access, refresh) = (format!("access-{number}"), format!("refresh-{number}"));
    Tokens::new("https://example.bitrix24.com", access, refresh).unwrap()
}

/// A directory with a pair in `tokens.json`, and a store.
struct Place {
    directory: TempDir,
    store: FileStore,
}

impl Place {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = FileStore::new(directory.path().join("tokens.json"));
        store.save(&pair(1)).unwrap();
        Self { directory, store }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Leaves a file as a process does that ended so many seconds after, or before, the pair was saved.
    fn leave(&self, name: &str, content: &str, seconds: i64) {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        let saved = fs::metadata(self.store.path()).unwrap();
        let saved = saved.modified().unwrap();
        let age = Duration::from_secs(seconds.unsigned_abs());
        set_time(
            &path,
            if seconds < 0 {
                saved - age
            } else {
                saved + age
            },
        );
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.directory.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name != "tokens.json.lock").collect();
        names.sort();
        names
    }

    /// What a refresh finds.
    fn found(&self) -> Option<Tokens> {
        assert_eq!(self.store.lease(LONG).unwrap(), Lease::Granted);
        let found = self.store.load().unwrap();
        self.store.release().unwrap();
        found
    }
}

fn set_time(path: &Path, time: SystemTime) {
    File::options()
        .write(true)
        .open(path)
        .unwrap()
        .set_modified(time)
        .unwrap();
}

fn whole(number: u32) -> String {
    serde_json::to_string_pretty(&pair(number)).unwrap() + "\n"
}

#[test]
fn a_whole_pair_that_did_not_get_into_its_place_is_adopted() {
    let place = Place::new();
    place.leave("tokens.json.4711-0.tmp", &whole(2), 0);
    assert_eq!(place.found(), Some(pair(2)));
    assert_eq!(place.names(), ["tokens.json"], "it is in its place now");
    assert_eq!(
        FileStore::new(place.store.path()).load().unwrap(),
        Some(pair(2))
    );
    // One of a process with the number of this one.
    let name = format!("tokens.json.{}-0.tmp", std::process::id());
    place.leave(&name, &whole(3), 1);
    assert_eq!(place.found(), Some(pair(3)));
    place.store.save(&pair(4)).unwrap();
    assert_eq!(place.found(), Some(pair(4)));
}

#[test]
fn it_is_adopted_by_the_next_start_of_the_program_too() {
    let place = Place::new();
    place.leave("tokens.json.4711-0.tmp", &whole(2), 1);
    assert_eq!(place.store.load().unwrap(), Some(pair(2)));
    // Also where nothing was in its place yet: nobody needs to authorize again.
    let place = Place::new();
    place.leave("tokens.json.4711-0.tmp", &whole(2), 1);
    fs::remove_file(place.store.path()).unwrap();
    assert_eq!(place.store.load().unwrap(), Some(pair(2)));
    assert_eq!(place.names(), ["tokens.json"]);
}

#[test]
fn while_another_refreshes_nothing_is_adopted() {
    let place = Place::new();
    let other = FileStore::new(place.store.path());
    assert_eq!(other.lease(LONG).unwrap(), Lease::Granted);
    place.leave("tokens.json.4711-0.tmp", &whole(2), 1);
    assert_eq!(place.store.load().unwrap(), Some(pair(1)));
    assert_eq!(place.names().len(), 2);
    assert_eq!(other.load().unwrap(), Some(pair(2)));
}

#[test]
fn the_newest_of_several_is_adopted_and_the_others_are_removed() {
    let place = Place::new();
    place.leave("tokens.json.1-0.tmp", &whole(2), 10);
    place.leave("tokens.json.2-0.tmp", &whole(4), 30);
    place.leave("tokens.json.3-7.tmp", &whole(3), 20);
    place.leave("tokens.json.4-0.tmp", &whole(5)[..40], 40);
    place.leave("tokens.json.5-0.tmp", "", 50);
    place.leave("tokens.json.6-0.tmp", &" ".repeat(4096), 60);
    assert_eq!(place.found(), Some(pair(4)));
    assert_eq!(place.names(), ["tokens.json"]);
}

#[test]
fn an_older_pair_is_removed_and_not_adopted() {
    let place = Place::new();
    place.leave("tokens.json.4711-0.tmp", &whole(0), -10);
    assert_eq!(place.found(), Some(pair(1)));
    assert_eq!(place.names(), ["tokens.json"]);
    // What is saved is newer than whatever was left before.
    place.leave("tokens.json.4711-0.tmp", &whole(0), 3600);
    place.store.save(&pair(2)).unwrap();
    assert_eq!(place.found(), Some(pair(2)));
    assert_eq!(place.names(), ["tokens.json"]);
}

#[test]
fn half_a_pair_is_removed_and_not_adopted() {
    for content in [
        "",
        "{",
        &whole(2)[..whole(2).len() - 3],
        &format!("{}{}", &whole(2)[..50], " ".repeat(100)),
    ] {
        let place = Place::new();
        place.leave("tokens.json.4711-0.tmp", content, 1);
        assert_eq!(place.found(), Some(pair(1)), "{content:?}");
        assert_eq!(place.names(), ["tokens.json"], "{content:?}");
    }
    // Room that was not cut off yet is no harm.
    let place = Place::new();
    let content = whole(2) + &" ".repeat(4096);
    place.leave("tokens.json.4711-0.tmp", &content, 1);
    assert_eq!(place.found(), Some(pair(2)));
}

#[test]
fn what_only_looks_like_a_leftover_is_left_alone() {
    let place = Place::new();
    let others = [
        ("tokens.json.tmp", whole(2)),
        ("tokens.json.1.tmp", whole(2)),
        ("tokens.json.1-2.tmp.old", whole(2)),
        ("tokens.json.a-2.tmp", whole(2)),
        ("tokens.json.-2.tmp", whole(2)),
        ("tokens.json.1-.tmp", whole(2)),
        ("tokens.json.1--2.tmp", whole(2)),
        ("my-tokens.json.1-2.tmp", whole(2)),
        ("tokens.json2.1-2.tmp", whole(2)),
        // The name, and something else in it.
        ("tokens.json.1-2.tmp", "notes of somebody".to_owned()),
        ("tokens.json.1-3.tmp", r#"{"name":"somebody's"}"#.to_owned()),
        (
            "tokens.json.1-4.tmp",
            r#"{"access_token":"","refresh_token":"","client_endpoint":""}"#.to_owned(),
        ),
    ];
    for (name, content) in &others {
        place.leave(name, content, 10);
    }
    fs::create_dir(place.path("tokens.json.1-5.tmp")).unwrap();
    assert_eq!(place.found(), Some(pair(1)));
    place.store.save(&pair(3)).unwrap();
    assert_eq!(place.found(), Some(pair(3)));
    for (name, content) in &others {
        let kept = fs::read_to_string(place.path(name)).unwrap();
        assert_eq!(&kept, content, "{name}");
    }
    assert_eq!(place.names().len(), others.len() + 2);
}

#[cfg(unix)]
#[test]
fn a_link_or_a_pipe_with_the_name_of_a_leftover_is_left_alone() {
    let place = Place::new();
    fs::write(place.path("elsewhere"), whole(2)).unwrap();
    let link = place.path("tokens.json.1-2.tmp");
    std::os::unix::fs::symlink(place.path("elsewhere"), link).unwrap();
    mkfifo(&place.path("tokens.json.1-3.tmp"));
    assert_eq!(place.found(), Some(pair(1)));
    assert_eq!(place.names().len(), 4);
    assert_eq!(
        fs::read_to_string(place.path("elsewhere")).unwrap(),
        whole(2)
    );
}

#[cfg(unix)]
fn mkfifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_adopted_pair_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let place = Place::new();
    place.leave("tokens.json.4711-0.tmp", &whole(2), 1);
    let open = fs::Permissions::from_mode(0o644);
    fs::set_permissions(place.path("tokens.json.4711-0.tmp"), open).unwrap();
    assert_eq!(place.found(), Some(pair(2)));
    let mode = fs::metadata(place.store.path()).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
}

#[test]
fn a_damaged_file_is_told_and_what_was_left_beside_it_is_kept() {
    let place = Place::new();
    place.leave("tokens.json.4711-0.tmp", &whole(2), 1);
    fs::write(place.store.path(), "{").unwrap();
    assert!(place.store.load().is_err());
    assert_eq!(place.names().len(), 2);
    // As the error says to.
    fs::remove_file(place.store.path()).unwrap();
    assert_eq!(place.store.load().unwrap(), Some(pair(2)));
}
