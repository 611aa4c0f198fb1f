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
    let source = spec::read(&root(), spec::FILE).unwrap();
    for left in ["Not described yet.", "doubts = ["] {
        let place = source.text.find(left).map(|at| {
            let (file, line) = source.place(at);
            format!("{}:{line}: {left}", file.name)
        });
        assert_eq!(place, None, "describe it, or decide it");
    }
}

/// A spec in several files, in a directory of its own.
fn parted(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = directory(name);
    for (file, text) in files {
        std::fs::write(root.join(file), text).unwrap();
    }
    root
}

const HEAD: &str = "format = 1\ndocumentation = \"https://example.com/\"\n";

#[test]
fn a_spec_may_be_in_several_files() {
    let main =
        format!("{HEAD}parts = [\"more.toml\"]\n\n[[id]]\nname = \"ClubId\"\ndoc = \"A club.\"");
    let method = |ty: &str| {
        format!(
            "[[method]]\nname = \"club.find\"\npage = \"a.html\"\nscope = \"club\"\neffect = \"read\"\n\
             who = \"any user\"\ndoc = \"Finds.\"\nresult = {{ type = \"{ty}\", doc = \"The club.\" }}\n"
        )
    };
    let more = method("ClubId");
    let root = parted("parts", &[("spec.toml", &main), ("more.toml", &more)]);
    let (spec, source) = spec::load(&root, "spec.toml").unwrap();
    assert_eq!(spec.methods[0].name.value, "club.find");
    assert_eq!(source.parts().len(), 2);

    let wrong = format!("{more}\n[[id]]\nname = \"ClubId\"\ndoc = \"Again.\"\n");
    std::fs::write(root.join("more.toml"), wrong).unwrap();
    insta::assert_snapshot!(mistakes(&root).to_string());
}

#[test]
fn what_is_wrong_with_a_part_is_said_in_the_part() {
    let main = format!("{HEAD}parts = [\"more.toml\"]\n");
    let told = |name: &str, more: &str| {
        let root = parted(name, &[("spec.toml", &main), ("more.toml", more)]);
        mistakes(&root).to_string()
    };
    let torn = "[[id]]\nname = \"ClubId\ndoc = \"A club.\"\n";
    insta::assert_snapshot!(told("torn", torn));
    let head = "format = 1\n\n[[id]]\nname = \"ClubId\"\ndoc = \"A club.\"\n";
    insta::assert_snapshot!(told("head", head));
    let marked = "#:part other.toml\n";
    insta::assert_snapshot!(told("marked", marked));
}

#[test]
fn a_part_that_is_not_there_is_shown_where_it_is_named() {
    let told = |name: &str, parts: &str| {
        let main = format!("{HEAD}parts = {parts}\n");
        let root = parted(name, &[("spec.toml", &main), ("more.toml", "")]);
        mistakes(&root).to_string()
    };
    let outside = told("outside", "[\"../more.toml\"]");
    insta::assert_snapshot!(outside);
    let twice = told("twice", "[\"more.toml\", \"more.toml\"]");
    insta::assert_snapshot!(twice);
    let itself = told("itself", "[\"spec.toml\"]");
    assert!(itself.contains("`spec.toml` is read already"), "{itself}");
    let missing = told("gone", "[\"gone.toml\"]");
    assert!(missing.contains("gone.toml can't be read: "), "{missing}");
    assert!(missing.contains("--> spec.toml:3:10"), "{missing}");
    let not_texts = told("no-texts", "[1]");
    assert!(
        not_texts.contains("`parts` must be a list of texts"),
        "{not_texts}"
    );

    let text = format!("{HEAD}parts = [\"more.toml\"]\n");
    let report = spec::parse("spec.toml", &text).unwrap_err().to_string();
    assert!(report.contains("`more.toml` was not read"), "{report}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
