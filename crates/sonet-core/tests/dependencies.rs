//! The engine has no I/O, no clock and no async: its dependencies are a list that only a person makes longer.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Command;

#[test]
fn the_engine_depends_on_no_client_no_runtime_and_no_clock() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "sonet-core",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let mut names: Vec<_> = text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    names.sort_unstable();
    names.dedup();
    insta::assert_snapshot!(names.join("\n"));

    for forbidden in [
        "tokio",
        "reqwest",
        "ureq",
        "hyper",
        "futures-core",
        "mio",
        "socket2",
        "iana-time-zone",
    ] {
        assert!(
            !names.contains(&forbidden),
            "sonet-core depends on {forbidden}"
        );
    }
}
