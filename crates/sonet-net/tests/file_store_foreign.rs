//! What is no file of the store is neither waited for nor touched.

#![cfg(feature = "file-store")]
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use sonet_core::{Lease, TokenStore as _, Tokens};
use sonet_net::FileStore;
use tempfile::TempDir;

const LONG: Duration = Duration::from_secs(90);

fn pair(number: u32) -> Tokens {
    let (access, refresh) = (format!("canary-a{number}"), format!("canary-r{number}"));
    Tokens::new("https://example.bitrix24.com", access, refresh).unwrap()
}

fn place() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tokens.json");
    (directory, path)
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

fn mkfifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// What each step of a store in this path fails with. None of them may block.
fn failures(path: &Path) -> Vec<(&'static str, Option<String>)> {
    let (sender, receiver) = mpsc::channel();
    let path = path.to_owned();
    thread::spawn(move || {
        let store = FileStore::new(path);
        let told = |error: sonet_core::StoreError| error.to_string();
        let steps = vec![
            ("load", store.load().map(drop).err().map(told)),
            ("prepare", store.prepare().err().map(told)),
            ("save", store.save(&pair(1)).err().map(told)),
        ];
        sender.send(steps).unwrap();
    });
    receiver.recv_timeout(Duration::from_secs(60)).unwrap()
}

fn all_fail(path: &Path, expected: &str) {
    for (step, error) in failures(path) {
        let error = error.unwrap_or_else(|| panic!("{step} did not fail"));
        assert!(error.contains(expected), "{step}: {error}");
        assert!(error.contains("tokens.json"), "{step}: {error}");
        assert!(!error.contains("canary"), "{step}: {error}");
    }
}

#[test]
fn a_directory_in_the_files_place_stays_as_it_is() {
    let (_directory, path) = place();
    fs::create_dir(&path).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    all_fail(&path, "a directory");
    assert_eq!(mode(&path), 0o755);
    // The same behind a link.
    let link = path.with_file_name("link-to-tokens.json");
    symlink(&path, &link).unwrap();
    assert!(FileStore::new(&link).load().is_err());
    assert_eq!(mode(&path), 0o755);
}

#[test]
fn a_pipe_in_the_files_place_is_not_waited_for() {
    let (_directory, path) = place();
    mkfifo(&path);
    let before = mode(&path);
    all_fail(&path, "not a regular file");
    let kind = fs::symlink_metadata(&path).unwrap().file_type();
    assert!(kind.is_fifo(), "it is still there");
    assert_eq!(mode(&path), before);
}

#[test]
fn a_device_is_not_read() {
    let (_directory, path) = place();
    symlink("/dev/zero", &path).unwrap();
    let before = mode(Path::new("/dev/zero"));
    let (step, error) = failures(&path).remove(0);
    assert!(error.unwrap().contains("not a regular file"), "{step}");
    assert_eq!(mode(Path::new("/dev/zero")), before);
}

#[test]
fn a_file_that_has_no_tokens_keeps_its_mode() {
    let (directory, path) = place();
    let other = directory.path().join("other");
    fs::write(&other, "somebody's notes").unwrap();
    fs::set_permissions(&other, Permissions::from_mode(0o644)).unwrap();
    symlink(&other, &path).unwrap();
    for path in [&path, &other] {
        assert!(FileStore::new(path).load().is_err());
        assert_eq!(mode(&other), 0o644);
    }
}

#[test]
fn a_file_of_another_user_is_not_changed() {
    let (_directory, path) = place();
    FileStore::new(&path).save(&pair(1)).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    if std::os::unix::fs::chown(&path, Some(12_345), None).is_err() {
        return; // Only root may give files away.
    }
    let error = FileStore::new(&path).load().unwrap_err().to_string();
    assert!(error.contains("another user"), "{error}");
    assert_eq!(mode(&path), 0o644);
    // One that nobody else may read can be read by whoever may.
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    assert_eq!(FileStore::new(&path).load().unwrap(), Some(pair(1)));
}

#[test]
fn a_link_as_lock_file_is_not_followed() {
    let (directory, path) = place();
    let lock = path.with_file_name("tokens.json.lock");
    for (target, exists) in [("target", true), ("nothing", false)] {
        let target = directory.path().join(target);
        if exists {
            fs::write(&target, "somebody's notes").unwrap();
            fs::set_permissions(&target, Permissions::from_mode(0o644)).unwrap();
        }
        symlink(&target, &lock).unwrap();
        let error = FileStore::new(&path).lease(LONG).unwrap_err().to_string();
        assert!(error.contains("tokens.json.lock"), "{error}");
        assert!(error.contains("symbolic link"), "{error}");
        assert_eq!(target.exists(), exists, "nothing is created through it");
        fs::remove_file(&lock).unwrap();
    }
    assert_eq!(mode(&directory.path().join("target")), 0o644);
    assert_eq!(FileStore::new(&path).lease(LONG).unwrap(), Lease::Granted);
}

#[test]
fn another_thing_as_lock_file_is_told() {
    let (_directory, path) = place();
    let lock = path.with_file_name("tokens.json.lock");
    fs::create_dir(&lock).unwrap();
    fs::set_permissions(&lock, Permissions::from_mode(0o755)).unwrap();
    let error = FileStore::new(&path).lease(LONG).unwrap_err().to_string();
    assert!(error.contains("a directory"), "{error}");
    assert_eq!(mode(&lock), 0o755);
    fs::remove_dir(&lock).unwrap();
    mkfifo(&lock);
    let (sender, receiver) = mpsc::channel();
    let own = path.clone();
    thread::spawn(move || sender.send(FileStore::new(own).lease(LONG).err().is_some()));
    assert_eq!(receiver.recv_timeout(Duration::from_secs(60)), Ok(true));
    // A file with something in it stays as it is.
    fs::remove_file(&lock).unwrap();
    fs::write(&lock, "somebody's notes").unwrap();
    fs::set_permissions(&lock, Permissions::from_mode(0o644)).unwrap();
    assert_eq!(FileStore::new(&path).lease(LONG).unwrap(), Lease::Granted);
    assert_eq!(fs::read_to_string(&lock).unwrap(), "somebody's notes");
    assert_eq!(mode(&lock), 0o644);
}

#[test]
fn a_file_without_end_is_not_read_to_its_end() {
    let (_directory, path) = place();
    let file = fs::File::create(&path).unwrap();
    file.set_len(1 << 40).unwrap();
    let (step, error) = failures(&path).remove(0);
    assert!(error.unwrap().contains("too large"), "{step}");
}
