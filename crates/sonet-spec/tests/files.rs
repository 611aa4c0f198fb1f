//! Specs that are not even texts.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use sonet_spec as spec;
use sonet_spec::diagnostics::Report;

/// An empty directory for one test.
fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn mistakes(root: &Path) -> Report {
    spec::load(root, "spec.toml").unwrap_err()
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let report = mistakes(&directory("missing")).to_string();
    assert!(
        report.starts_with("error: spec.toml can't be read: "),
        "{report}"
    );
    assert_eq!(report.lines().count(), 1, "{report}");
}

#[test]
fn a_file_in_another_encoding_is_shown_where_it_begins_to_be() {
    let root = directory("latin1");
    std::fs::write(root.join("spec.toml"), b"format = 1\n# caf\xe9\n").unwrap();
    insta::assert_snapshot!(mistakes(&root).to_string(), @"
    error: the spec is not UTF-8
     --> spec.toml:2:6
      |
    2 | # caf�
      |      ^ this is not a character
      |
      = help: save the file as UTF-8

    error: spec.toml has 1 mistake
    ");
}

#[test]
fn line_ends_and_marks_of_other_systems_are_no_mistake() {
    let text = include_str!("fixtures/mini.toml").replace('\n', "\r\n");
    let text = format!("\u{feff}{text}");
    if let Err(report) = spec::parse("spec.toml", &text) {
        panic!("{report}");
    }
}

#[test]
fn the_spec_of_the_workspace_is_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if let Err(report) = spec::load(&root, spec::FILE) {
        panic!("{report}");
    }
}

/// Whatever is cut out of a spec, all that happens is a report that can be shown.
#[test]
fn no_cut_makes_it_fail_in_another_way() {
    let text = include_str!("fixtures/mini.toml");
    let mut at = 0;
    let mut broken = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        // A part of them is enough, and quick.
        if number % 4 > 0 {
            at += line.len();
            continue;
        }
        let quote = line.find('"').map(|quote| at + quote);
        let bracket = line.find(['[', ']', '{', '}']).map(|bracket| at + bracket);
        let characters = [quote, bracket].into_iter().flatten().map(|at| at..at + 1);
        for cut in characters.chain([at..at + line.len(), at..text.len()]) {
            let mut text = text.to_owned();
            text.replace_range(cut, "");
            if let Err(report) = spec::parse("spec.toml", &text) {
                assert!(!report.diagnostics().is_empty());
                assert!(!report.render(true).is_empty());
                broken += 1;
            }
        }
        at += line.len();
    }
    assert!(broken > 100, "{broken} cuts were mistakes");
}

/// What `docs apply` and `docs import` leave to a person is done before anything else may pass.
#[test]
fn nothing_in_the_spec_waits_for_a_person() {
    let text = std::fs::read_to_string(root().join(spec::FILE)).unwrap();
    for left in ["Not described yet.", "doubts = ["] {
        let line = text.lines().position(|line| line.contains(left));
        let line = line.map(|line| format!("{}:{}: {left}", spec::FILE, line + 1));
        assert_eq!(line, None, "describe it, or decide it");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
