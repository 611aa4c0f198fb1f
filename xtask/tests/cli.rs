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
        (
            &["openapi", "--diff"],
            "error: `openapi` does not understand `--diff`\n",
        ),
        (&[], "error: the command is missing\n"),
        (
            &["docs"],
            "error: the command after `docs` is missing: diff, apply, import, examples or census\n",
        ),
        (
            &["docs", "dif"],
            "error: `docs` does not understand `dif`\n",
        ),
        (
            &["docs", "diff"],
            "error: the path of a checkout of the documentation is missing\n",
        ),
        (
            &["docs", "diff", "a", "b"],
            "error: `docs diff` takes one path\n",
        ),
        (
            &["docs", "diff", "a", "--format", "yaml"],
            "error: there is no format `yaml`\n",
        ),
        (
            &["docs", "diff", "a", "--format"],
            "error: `--format` needs a value: human, json or markdown\n",
        ),
        (
            &["docs", "examples"],
            "error: `docs examples` takes one path\n",
        ),
        (
            &["docs", "apply", "--dry-run"],
            "error: `docs apply` takes one path and, optionally, `--dry-run`\n",
        ),
        (
            &["docs", "import"],
            "error: `docs import` takes the paths of one or more pages or folders, or names of methods and `--docs`\n",
        ),
        (
            &["new-method"],
            "error: `new-method` takes one name, such as `sonet_group.user.kick`\n",
        ),
        (
            &["new-method", "a.b", "--force"],
            "error: `new-method` does not understand `--force`\n",
        ),
        (&["ci", "fast"], "error: `ci` does not understand `fast`\n"),
        (&["--check"], "error: there is no command `--check`\n"),
        (
            &["docs", "diff", "--quiet"],
            "error: `docs diff` does not understand `--quiet`\n",
        ),
    ] {
        let output = xtask(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(stderr(&output).starts_with(message), "{}", stderr(&output));
        assert!(stderr(&output).contains("Usage: cargo xtask"));
    }
}

#[test]
fn help_is_printed() {
    for words in [
        &["--help"][..],
        &["docs", "--help"],
        &["docs", "diff", "-h"],
    ] {
        let output = xtask(words);
        assert!(output.status.success(), "{words:?}");
        assert!(output.stdout.starts_with(b"The maintainer's commands"));
    }
}

#[test]
fn a_method_that_is_there_and_what_is_none_are_refused() {
    for (name, code, message) in [
        (
            "sonet_group.setOwner",
            1,
            "error: spec/sonet.toml has `sonet_group.setowner` already\n",
        ),
        (
            "../etc/passwd",
            2,
            "error: `../etc/passwd` is not a method name; write it as its page does, \
             such as `sonet_group.user.kick`\n",
        ),
    ] {
        let output = xtask(&["new-method", name]);
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        assert_eq!(stderr(&output), message);
    }
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
    let mut methods = spec["methods"].as_array().unwrap().iter();
    let fields = methods.find(|method| method["name"] == "tasks.api.scrum.backlog.getFields");
    assert_eq!(fields.unwrap()["result"]["keys"][0], "groupId");
}

/// Pages of other methods than those of the workspace's spec.
const CLUBS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../crates/sonet-docs/tests/fixtures/club/en"
);

#[test]
fn the_documentation_is_held_against_the_spec() {
    for format in ["human", "json", "markdown"] {
        let output = xtask(&["docs", "diff", CLUBS, "--format", format]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("there is no such page"), "{text}");
        assert!(!text.contains('\u{1b}'), "no colours in a pipe");
        if format == "json" {
            let report: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(report["findings"][0]["kind"], "missing");
        }
    }
}

#[test]
fn documentation_that_can_not_be_read_is_another_exit_code() {
    let output = xtask(&["docs", "diff", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: there is no `api-reference` in nowhere"));
}

#[test]
fn a_dry_run_writes_nothing() {
    let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/sonet.toml");
    let before = std::fs::read(spec).unwrap();
    let output = xtask(&["docs", "apply", CLUBS, "--dry-run"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(std::fs::read(spec).unwrap(), before);
}

#[test]
fn a_page_is_drafted_from_wherever_it_is() {
    let clubs = std::path::Path::new(CLUBS);
    let page = "api-reference/club/club-open.md";
    let pages = [
        (clubs, page),
        (&clubs.join("api-reference"), "club/club-open.md"),
        (&clubs.join("api-reference/club"), "./club-open.md"),
        (std::path::Path::new("/"), &format!("{CLUBS}/{page}")),
    ];
    for (folder, page) in pages {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let words = ["docs", "import", page];
        let output = command.current_dir(folder).args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(
            stderr(&output).starts_with("api-reference/club/club-open.md: "),
            "{}",
            stderr(&output)
        );
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.starts_with("\n[["), "a line before the draft: {text}");
    }
}

#[test]
fn a_page_that_can_not_be_drafted_prints_nothing() {
    let (page, none) = (
        format!("{CLUBS}/api-reference/club/club-open.md"),
        format!("{CLUBS}/api-reference/none.md"),
    );
    let other = std::env::temp_dir().join("other.md");
    for (second, message) in [
        (none.as_str(), "error: api-reference/none.md: "),
        (other.to_str().unwrap(), "error: "),
    ] {
        let output = xtask(&["docs", "import", &page, second]);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        assert!(stderr(&output).starts_with(message), "{}", stderr(&output));
    }
}

/// It has no includes, and no folder that says where on the site it is.
#[test]
fn a_page_in_no_checkout_is_drafted() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("alone");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("x.md"), "# Close a club club.close\n").unwrap();
    let output = xtask(&["docs", "import", folder.join("x.md").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("page = \"x.html\"")
    );
}

#[test]
fn pages_without_an_example_are_no_success() {
    let output = xtask(&["docs", "examples", CLUBS]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("has no example of a method of the spec"),
        "{}",
        stderr(&output)
    );
}
