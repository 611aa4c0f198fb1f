//! Building and running the program.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::check::{Check, Failure};
use super::package::Package;
use super::program::{Program, read, write};

/// What became of the checks.
pub(super) enum Checked {
    /// Those that fail, by their places.
    Failures(BTreeMap<usize, Failure>),
    /// What the compiler says of the types, which do not compile.
    Broken(String),
}

/// What became of a program.
enum RunOutcome {
    /// It does not compile: the checks on whose lines the compiler found something, and what.
    Rejected(BTreeMap<usize, String>),
    /// What it uses does not compile: what the compiler says.
    Broken(String),
    /// What it printed.
    Done(String),
}

/// All programs are written to the same place, for the sake of what Cargo has built there.
static BUILD_LOCK: Mutex<()> = Mutex::new(());

/// Where the artifacts of the workspace at `root` are: where Cargo puts them.
#[must_use]
pub fn target(root: &Path) -> PathBuf {
    target_at(root, std::env::var_os("CARGO_TARGET_DIR"))
}

fn target_at(root: &Path, given: Option<OsString>) -> PathBuf {
    given.map_or_else(|| root.join("target"), PathBuf::from)
}

/// Builds and runs a program for the checks. A check that does not even compile is said, and left out of the next attempt.
pub(super) fn check(checks: &[Check], package: &Package<'_>) -> io::Result<Checked> {
    let mut failures = BTreeMap::new();
    loop {
        let left: Vec<(usize, &Check)> = checks
            .iter()
            .enumerate()
            .filter(|(id, _)| !failures.contains_key(id))
            .collect();
        let program = write(&left);
        match run(&program, package)? {
            RunOutcome::Rejected(refused) => {
                let known = failures.len();
                failures.extend(refused.into_iter().map(|(id, message)| {
                    let failure = Failure {
                        path: Vec::new(),
                        message,
                    };
                    (id, failure)
                }));
                if failures.len() == known {
                    return Err(io::Error::other(
                        "the program that checks the examples does not compile",
                    ));
                }
            }
            RunOutcome::Broken(said) => return Ok(Checked::Broken(said)),
            RunOutcome::Done(said) => {
                failures.extend(read(&said));
                return Ok(Checked::Failures(failures));
            }
        }
    }
}

/// Builds the program, and runs it.
fn run(program: &Program, package: &Package<'_>) -> io::Result<RunOutcome> {
    let _lock = BUILD_LOCK.lock().unwrap_or_else(PoisonError::into_inner);
    package.write(&program.text)?;
    let output = build(&package.folder)?;
    let said = String::from_utf8_lossy(&output.stdout);
    let messages: Vec<Value> = said
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if !output.status.success() {
        let refused = refused(&messages, program);
        if !refused.is_empty() {
            return Ok(RunOutcome::Rejected(refused));
        }
        let rendered = messages
            .iter()
            .filter(|message| message["message"]["level"] == "error")
            .filter_map(|message| message["message"]["rendered"].as_str());
        let rendered: String = rendered.collect();
        // Cargo's own messages do not have the compiler's.
        let said = String::from_utf8_lossy(&output.stderr);
        return if rendered.is_empty() {
            Err(io::Error::other(said.into_owned()))
        } else {
            Ok(RunOutcome::Broken(format!("{rendered}{said}")))
        };
    }
    let executable = messages
        .iter()
        .filter_map(|message| message["executable"].as_str())
        .next_back();
    let executable = executable.ok_or_else(|| io::Error::other("cargo names no program"))?;
    let output = Command::new(executable).output()?;
    if !output.status.success() {
        return Err(io::Error::other(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ));
    }
    Ok(RunOutcome::Done(
        String::from_utf8_lossy(&output.stdout).into_owned(),
    ))
}

fn build(folder: &Path) -> io::Result<Output> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    fs::create_dir_all(folder)?;
    Command::new(cargo)
        .args([
            "build",
            "--offline",
            "--message-format=json",
            "--manifest-path",
        ])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        // It is built once: nothing is gained by what a second build could use.
        .env("CARGO_INCREMENTAL", "0")
        .stderr(Stdio::piped())
        .output()
}

/// The checks that the compiler refuses.
fn refused(messages: &[Value], program: &Program) -> BTreeMap<usize, String> {
    let mut refused = BTreeMap::new();
    for message in messages {
        let message = &message["message"];
        let text = message["message"].as_str().unwrap_or_default();
        let spans = message["spans"].as_array().into_iter().flatten();
        let here = spans.filter(|span| {
            let file = span["file_name"].as_str().unwrap_or_default();
            span["is_primary"] == true
                && message["level"] == "error"
                && Path::new(file).ends_with(Package::CHECKS)
        });
        for line in here.filter_map(|span| span["line_start"].as_u64()) {
            let check = program
                .lines
                .iter()
                .find(|(at, _)| u64::try_from(*at) == Ok(line));
            if let Some((_, id)) = check {
                refused.entry(*id).or_insert_with(|| text.to_owned());
            }
        }
    }
    refused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn artifacts_are_where_cargo_puts_them() {
        let root = Path::new("/sonet");
        assert_eq!(target_at(root, None), Path::new("/sonet/target"));
        assert_eq!(
            target_at(root, Some("/tmp/target".into())),
            Path::new("/tmp/target")
        );
    }
}
