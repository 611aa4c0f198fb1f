//! Tokens in a file.

#![cfg(feature = "file-store")]
#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use sonet_core::{Lease, TokenStore as _, Tokens};
use sonet_net::FileStore;
use tempfile::TempDir;

const LONG: Duration = Duration::from_secs(90);

fn pair(number: u32) -> Tokens {
    let (access, refresh) = (format!("canary-a{number}"), format!("canary-r{number}"));
    Tokens::new("https://example.bitrix24.com", access, refresh)
        .unwrap()
        .server("https://oauth.bitrix.info/rest/")
}

fn place() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tokens.json");
    (directory, path)
}

fn names(directory: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(directory.path()).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_newest_pair_is_there() {
    let (directory, path) = place();
    let store = FileStore::new(&path);
    assert_eq!(store.load().unwrap(), None, "nothing yet");
    for number in 1..4 {
        store.save(&pair(number)).unwrap();
        assert_eq!(store.load().unwrap(), Some(pair(number)));
    }
    assert_eq!(FileStore::new(&path).load().unwrap(), Some(pair(3)));
    assert_eq!(names(&directory), ["tokens.json"], "nothing is left behind");
    assert!(fs::read_to_string(&path).unwrap().ends_with("}\n"));
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;

    let (directory, path) = place();
    let mode = |name: &str| {
        let metadata = fs::metadata(directory.path().join(name)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    let open = || fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let store = FileStore::new(&path);
    store.save(&pair(1)).unwrap();
    assert_eq!(mode("tokens.json"), 0o600);
    open();
    store.load().unwrap();
    assert_eq!(mode("tokens.json"), 0o600, "narrowed by reading");
    open();
    store.save(&pair(2)).unwrap();
    assert_eq!(mode("tokens.json"), 0o600, "replaced");
    store.lease(LONG).unwrap();
    assert_eq!(mode("tokens.json.lock"), 0o600);
}

#[test]
fn a_damaged_file_is_told_without_what_is_in_it() {
    let (_directory, path) = place();
    let store = FileStore::new(&path);
    for text in [
        "",
        "canary",
        "[]",
        "{}",
        r#"{"access_token":"canary","refresh_token":{"canary":1}}"#,
        r#"{"access_token":"canary","refresh_token":"canary","client_endpoint":"x""#,
        "{\"access_token\":\"canary\u{0}\"}",
    ] {
        fs::write(&path, text).unwrap();
        let error = store.load().unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(
            told.contains("tokens.json") && told.contains("authorize"),
            "{told}"
        );
        assert!(!told.contains("canary"), "{told}");
    }
    assert!(!format!("{store:?}").contains("canary"));
}

#[test]
fn what_can_not_be_written_is_told_and_leaves_nothing_behind() {
    let (directory, path) = place();
    let store = FileStore::new(directory.path().join("no/such/tokens.json"));
    let lease = store.lease(LONG).unwrap_err().to_string();
    for error in [store.save(&pair(1)).unwrap_err().to_string(), lease] {
        assert!(error.contains("tokens.json can't be"), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
    assert_eq!(store.load().unwrap(), None);
    // A directory in its place: everything works but the last step.
    fs::create_dir_all(path.join("full")).unwrap();
    let store = FileStore::new(&path);
    assert!(store.save(&pair(1)).is_err() && store.load().is_err());
    assert_eq!(names(&directory), ["tokens.json"]);
}

#[test]
fn a_crash_in_the_middle_leaves_the_old_pair() {
    let (directory, path) = place();
    let store = FileStore::new(&path);
    store.save(&pair(1)).unwrap();
    // What a process leaves behind that ended while it wrote, and had the number of this one.
    let process = std::process::id();
    for count in 0..50 {
        let name = format!("tokens.json.{process}-{count}.tmp");
        fs::write(directory.path().join(name), "{\"access_tok").unwrap();
    }
    assert_eq!(store.load().unwrap(), Some(pair(1)));
    store.save(&pair(2)).unwrap();
    assert_eq!(store.load().unwrap(), Some(pair(2)));
}

#[test]
fn a_reader_sees_whole_pairs_only() {
    let (_directory, path) = place();
    FileStore::new(&path).save(&pair(0)).unwrap();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        for writer in 1..3 {
            let (path, over) = (&path, &over);
            scope.spawn(move || {
                let store = FileStore::new(path);
                for _ in 0..25 {
                    store.save(&pair(writer)).unwrap();
                }
                over.store(true, Ordering::SeqCst);
            });
        }
        let store = FileStore::new(&path);
        while !over.load(Ordering::SeqCst) {
            assert!(store.load().unwrap().is_some());
        }
    });
}

#[test]
fn one_has_the_lease_at_a_time() {
    let (_directory, path) = place();
    let (one, two) = (FileStore::new(&path), FileStore::new(&path));
    let held = |store: &FileStore| matches!(store.lease(LONG).unwrap(), Lease::Held(_));
    assert!(!held(&one));
    assert!(held(&two), "another process has it");
    assert!(held(&one), "another client of this process has it");
    one.release().unwrap();
    two.release().unwrap();
    assert!(!held(&two));
    // Saving needs no lease: what is saved then was got by a user's authorization.
    one.save(&pair(1)).unwrap();
    drop(two);
    assert!(!held(&one), "the end of a process gives it back");
    one.release().unwrap();
    assert_eq!(one.lease(Duration::ZERO).unwrap(), Lease::Granted);
    assert!(!held(&one), "its time is over");
}

#[test]
fn each_portal_has_a_file_that_its_identifier_names() {
    let (directory, _) = place();
    let store = |member_id: &str| FileStore::of_portal(directory.path(), member_id);
    store("a223c6b3").unwrap().save(&pair(1)).unwrap();
    store("d897").unwrap().save(&pair(2)).unwrap();
    assert_eq!(
        names(&directory),
        ["portal-a223c6b3.json", "portal-d897.json"]
    );
    assert_eq!(store("d897").unwrap().load().unwrap(), Some(pair(2)));
    // Anybody can write anything there.
    let long = "a".repeat(65);
    for forged in [
        "",
        "../tokens",
        "a/b",
        "a\\b",
        "a.b",
        "a b",
        "a\0",
        "ä",
        &long,
    ] {
        let error = store(forged).unwrap_err();
        assert!(error.is_config(), "{error}");
        assert!(error.to_string().contains("no name for a file"), "{error}");
    }
}

#[test]
fn what_is_removed_is_gone_with_all_that_was_left_beside_it() {
    let (directory, path) = place();
    let store = FileStore::new(&path);
    store.remove().unwrap();
    store.save(&pair(1)).unwrap();
    store.prepare().unwrap();
    assert_eq!(store.lease(LONG).unwrap(), Lease::Granted);
    store.remove().unwrap();
    store.release().unwrap();
    assert_eq!(store.load().unwrap(), None);
    assert_eq!(names(&directory), ["tokens.json.lock"]);
    store.save(&pair(2)).unwrap();
    assert_eq!(store.load().unwrap(), Some(pair(2)));
}
