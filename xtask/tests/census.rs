//! The census of the vendor's pages, where there are some: what it reached once, it has to reach.
//!
//! `SONET_DOCS` is a folder with checkouts, of which `2026-08-api` is counted. Without it, the test says so and does nothing.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;
use std::process::{Command, Output};

const CLUBS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../crates/sonet-docs/tests/fixtures/club/en"
);

fn census(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["docs", "census"]).args(words);
    command.output().unwrap()
}

#[test]
fn the_census_does_not_fall_below_its_floor() {
    let Some(docs) = std::env::var_os("SONET_DOCS").map(PathBuf::from) else {
        println!("skipped: SONET_DOCS names no folder with checkouts of the documentation");
        return;
    };
    let checkout = docs.join("2026-08-api");
    let floor = concat!(env!("CARGO_MANIFEST_DIR"), "/census.toml");
    let output = census(&[checkout.to_str().unwrap(), "--at-least", floor]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn a_census_counts_methods_and_says_what_is_below_a_floor() {
    let output = census(&[CLUBS, "--json"]);
    assert!(output.status.success());
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["total"]["methods"], 2);
    assert_eq!(said["sections"]["club"]["recognized"], 2);
    assert_eq!(said["total"]["failed"], 0);

    let floor = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("floor.toml");
    std::fs::write(&floor, "recognized = 3\n").unwrap();
    let output = census(&[CLUBS, "--at-least", floor.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    let message = "error: `recognized` is 2, and must be at least 3\n";
    assert!(said.ends_with(message), "{said}");
    assert!(!output.stdout.is_empty(), "the census itself is printed");
}

#[test]
fn a_floor_that_can_not_be_read_is_said() {
    let output = census(&[CLUBS, "--at-least", "none.toml"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error: none.toml: "), "{said}");
}
