//! The program as it is called.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::process::{Command, Output};

fn xtask(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(words).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn words_that_are_not_understood_are_named() {
    for (words, message) in [
        (&["speck"][..], "error: there is no command `speck`\n"),
        (
            &["spec", "--yaml"],
            "error: `spec` does not understand `--yaml`\n",
        ),
        (&[], "error: which command?\n"),
    ] {
        let output = xtask(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(stderr(&output).starts_with(message), "{}", stderr(&output));
        assert!(stderr(&output).contains("Usage: cargo xtask"));
    }
}

#[test]
fn help_is_printed() {
    let output = xtask(&["--help"]);
    assert!(output.status.success());
    assert!(output.stdout.starts_with(b"The maintainer's commands"));
}

#[test]
fn the_spec_is_printed_as_json() {
    let output = xtask(&["spec", "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let spec: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(spec["format"], 1);
    assert!(
        spec["methods"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    );
}
