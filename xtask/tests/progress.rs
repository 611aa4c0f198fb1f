//! The progress bar: on a terminal, and nowhere else.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Every draft is checked with the whole spec, so that so many take longer than a bar waits, on most machines.
const DRAFTS: usize = 40;

/// What surely takes long enough for a bar.
const LONG: Duration = Duration::from_secs(1);

/// A folder of one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    folder.join("progress").join(name)
}

/// A call that takes a while, as words of a shell.
fn long_call(name: &str) -> String {
    let program = env!("CARGO_BIN_EXE_xtask");
    let pages = folder(name).join("api-reference");
    fs::create_dir_all(&pages).unwrap();
    let mut call = format!("'{program}' docs import");
    for number in 0..DRAFTS {
        let file = pages.join(format!("club{number}.md"));
        fs::write(&file, format!("# Open a club club{number}.open\n")).unwrap();
        let _ = write!(call, " '{}'", file.display());
    }
    call
}

/// What a terminal shows of stderr, and what a file gets of stdout. Nothing without `script`, which makes a terminal.
fn on_terminal(name: &str, environment: &[(&str, &str)]) -> Option<(String, String)> {
    let call = long_call(name);
    let file = folder(name).join("printed");
    let call = format!("{call} > '{}'", file.display());
    let mut script = Command::new("script");
    script.args(["-qec", &call, "/dev/null"]);
    script
        .env_remove("CI")
        .env("TERM", "xterm")
        .envs(environment.iter().copied());
    let begun = Instant::now();
    let Ok(output) = script.stdin(Stdio::null()).output() else {
        println!("skipped: there is no `script`");
        return None;
    };
    if begun.elapsed() < LONG {
        println!("skipped: this machine is too quick for a bar");
        return None;
    }
    let shown = String::from_utf8(output.stdout).unwrap();
    Some((shown, fs::read_to_string(file).unwrap()))
}

#[test]
fn a_terminal_shows_it_until_pages_are_read() {
    let Some((shown, printed)) = on_terminal("shown", &[]) else {
        return;
    };
    let total = format!("/{DRAFTS} pages, ");
    assert!(
        shown.contains("reading ") && shown.contains(&total),
        "{shown}"
    );
    let (_, after) = shown.rsplit_once(&total).unwrap();
    let (_, after) = after
        .split_once("\u{1b}[2K")
        .unwrap_or_else(|| panic!("not cleared: {after}"));
    assert!(
        after.contains("club0.md: "),
        "what is said then stands alone: {after}"
    );
    assert!(!printed.contains("reading ") && !printed.contains('\u{1b}'));
    assert_eq!(printed.matches("[[method]]").count(), DRAFTS);
}

#[test]
fn a_dumb_terminal_and_a_log_do_not() {
    for (name, environment) in [("dumb", ("TERM", "dumb")), ("ci", ("CI", "true"))] {
        let Some((shown, _)) = on_terminal(name, &[environment]) else {
            return;
        };
        assert!(
            !shown.contains("reading ") && !shown.contains('\u{1b}'),
            "{shown}"
        );
    }
}

#[test]
fn a_pipe_does_not() {
    let output = Command::new("sh")
        .args(["-c", &long_call("pipe")])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains('\r') && !said.contains('\u{1b}'), "{said}");
    let mut lines = said.lines();
    assert!(lines.all(|line| !line.starts_with("reading ")), "{said}");
}
