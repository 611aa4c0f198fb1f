//! Room for the next pair, made before the token server is asked for it.

#![cfg(feature = "file-store")]
#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs;
use std::path::PathBuf;

use sonet_core::{Lease, TokenStore as _, Tokens};
use sonet_net::FileStore;
use tempfile::TempDir;

fn pair(number: u32) -> Tokens {
    let (access, refresh) = (format!("canary-a{number}"), format!("canary-r{number}"));
    Tokens::new("https://example.bitrix24.com", access, refresh).unwrap()
}

fn place() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tokens.json");
    (directory, path)
}

fn names(directory: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(directory.path()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name != "tokens.json.lock").collect();
    names.sort();
    names
}

#[test]
fn what_was_prepared_is_what_the_pair_is_saved_in() {
    let (directory, path) = place();
    let store = FileStore::new(&path);
    store.prepare().unwrap();
    let [room] = names(&directory).try_into().unwrap();
    let room = fs::metadata(directory.path().join(room)).unwrap();
    assert!(room.len() >= 4096, "there is room, not only a name");
    store.save(&pair(1)).unwrap();
    assert_eq!(names(&directory), ["tokens.json"]);
    assert_eq!(store.load().unwrap(), Some(pair(1)));
    assert!(fs::read_to_string(&path).unwrap().ends_with("}\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        assert_eq!(fs::metadata(&path).unwrap().ino(), room.ino());
    }
}

#[test]
fn what_was_prepared_and_not_needed_is_removed() {
    let (directory, path) = place();
    let store = FileStore::new(&path);
    store.lease(std::time::Duration::from_secs(90)).unwrap();
    store.prepare().unwrap();
    store.prepare().unwrap();
    assert_eq!(names(&directory).len(), 1);
    store.release().unwrap();
    assert_eq!(names(&directory).len(), 0);
    store.prepare().unwrap();
    drop(store);
    assert_eq!(names(&directory).len(), 0);
}

#[test]
fn the_room_of_a_process_that_goes_on_is_left_to_it() {
    let (_directory, path) = place();
    let (one, two) = (FileStore::new(&path), FileStore::new(&path));
    one.prepare().unwrap();
    two.save(&pair(2)).unwrap();
    assert_eq!(two.load().unwrap(), Some(pair(2)));
    one.save(&pair(1)).unwrap();
    assert_eq!(two.load().unwrap(), Some(pair(1)));
}

#[test]
fn room_that_somebody_removed_is_made_again() {
    let (directory, path) = place();
    let store = FileStore::new(&path);
    store.prepare().unwrap();
    for name in names(&directory) {
        fs::remove_file(directory.path().join(name)).unwrap();
    }
    store.save(&pair(1)).unwrap();
    assert_eq!(store.load().unwrap(), Some(pair(1)));
}

#[test]
fn a_pair_that_can_not_get_into_its_place_stays_beside_it() {
    let (directory, path) = place();
    let store = FileStore::new(&path);
    store.prepare().unwrap();
    fs::create_dir(&path).unwrap();
    let error = store.save(&pair(1)).unwrap_err().to_string();
    assert!(error.contains("a directory"), "{error}");
    assert!(!error.contains("canary"), "{error}");
    assert_eq!(names(&directory).len(), 2);
    fs::remove_dir(&path).unwrap();
    assert_eq!(FileStore::new(&path).load().unwrap(), Some(pair(1)));
    assert_eq!(names(&directory), ["tokens.json"]);
}

#[test]
fn a_pair_says_itself_which_one_it_replaces() {
    // Whatever the clock was at: the pair that lay beside the file was to replace the one in it, and the other one was not.
    for is_next in [true, false] {
        let (directory, path) = place();
        let store = FileStore::new(&path);
        store.save(&pair(1)).unwrap();
        let elsewhere = FileStore::new(directory.path().join("elsewhere"));
        elsewhere.save(&pair(if is_next { 1 } else { 7 })).unwrap();
        elsewhere.save(&pair(2)).unwrap();
        let left = directory.path().join("tokens.json.1-0.tmp");
        fs::rename(elsewhere.path(), &left).unwrap();
        let file = fs::File::options().write(true).open(&left).unwrap();
        let saved = fs::metadata(&path).unwrap().modified().unwrap();
        let hour = std::time::Duration::from_secs(3600);
        file.set_modified(if is_next { saved - hour } else { saved + hour })
            .unwrap();
        drop(file);
        let expected = pair(if is_next { 2 } else { 1 });
        assert_eq!(store.load().unwrap(), Some(expected));
        assert_eq!(names(&directory), ["tokens.json"]);
    }
}

/// What a process does whose files may not grow: the next best thing to a full disk that a test can have.
#[test]
#[ignore = "it is run by another test, with a limit"]
fn on_a_full_disk() {
    let Some(path) = std::env::var_os("SONET_FULL_DISK") else {
        return;
    };
    let store = FileStore::new(path);
    assert_eq!(store.load().unwrap(), Some(pair(1)));
    let lease = store.lease(std::time::Duration::from_secs(90)).unwrap();
    assert_eq!(lease, Lease::Granted);
    for error in [
        store.prepare().unwrap_err(),
        store.save(&pair(2)).unwrap_err(),
    ] {
        let error = error.to_string();
        assert!(error.contains("tokens.json can't be written"), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
    store.release().unwrap();
    assert_eq!(store.load().unwrap(), Some(pair(1)));
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_found_out_by_preparing() {
    let (directory, path) = place();
    FileStore::new(&path).save(&pair(1)).unwrap();
    let own = std::env::current_exe().unwrap();
    let limited = "trap '' XFSZ; ulimit -f 0; exec \"$0\" --ignored --exact on_a_full_disk";
    let run = std::process::Command::new("sh")
        .args(["-c", limited])
        .arg(own)
        .env("SONET_FULL_DISK", &path)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && told.contains("1 passed"), "{told}");
    assert_eq!(names(&directory), ["tokens.json"], "nothing is left behind");
    assert_eq!(FileStore::new(&path).load().unwrap(), Some(pair(1)));
}
