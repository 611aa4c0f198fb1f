//! The progress bar: on a terminal, and nowhere else.
//!
//! One of the pages is a named pipe, so that reading takes longer than a bar waits, however fast or slow the machine is.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// How many pages are drafted.
const DRAFTS: usize = 3;

/// More than a bar waits.
const LONG: Duration = Duration::from_millis(700);

/// A folder of one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    folder.join("progress").join(name)
}

/// A call that takes a while, as words of a shell. Its first page is written when somebody has waited for it.
fn long_call(name: &str) -> String {
    let program = env!("CARGO_BIN_EXE_xtask");
    let folder = folder(name);
    let pages = folder.join("api-reference");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&pages).unwrap();
    let mut call = format!("'{program}' docs import");
    for number in 0..DRAFTS {
        let file = pages.join(format!("club{number}.md"));
        let _ = write!(call, " '{}'", file.display());
        let text = format!("# Open a club club{number}.open\n");
        if number > 0 {
            fs::write(&file, text).unwrap();
            continue;
        }
        assert!(
            Command::new("mkfifo")
                .arg(&file)
                .status()
                .unwrap()
                .success()
        );
        thread::spawn(move || {
            let mut pipe = fs::OpenOptions::new().write(true).open(file).unwrap();
            thread::sleep(LONG);
            std::io::Write::write_all(&mut pipe, text.as_bytes()).unwrap();
        });
    }
    call
}

/// What a terminal shows of stderr, and what a file gets of stdout. Nothing without `script`, which makes a terminal.
fn on_terminal(name: &str, environment: &[(&str, &str)]) -> Option<(String, String)> {
    if Command::new("script").arg("--version").output().is_err() {
        println!("skipped: there is no `script`");
        return None;
    }
    let call = long_call(name);
    let file = folder(name).join("printed");
    let call = format!("{call} > '{}'", file.display());
    let mut script = Command::new("script");
    script.args(["-qec", &call, "/dev/null"]);
    script
        .env_remove("CI")
        .env("TERM", "xterm")
        .envs(environment.iter().copied());
    let output = script.stdin(Stdio::null()).output().unwrap();
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
        let Some((shown, printed)) = on_terminal(name, &[environment]) else {
            return;
        };
        assert_eq!(printed.matches("[[method]]").count(), DRAFTS);
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
    assert_eq!(said.matches(".md: ").count(), DRAFTS, "{said}");
    assert!(!said.contains('\r') && !said.contains('\u{1b}'), "{said}");
    let mut lines = said.lines();
    assert!(lines.all(|line| !line.starts_with("reading ")), "{said}");
}
