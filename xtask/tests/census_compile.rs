//! What a census does with the code of all methods, with a Cargo that only says what it was asked for.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const CLUBS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../crates/sonet-docs/tests/fixtures/club/en"
);

/// A checkout, and a Cargo that makes a program of a script.
struct Census {
    folder: PathBuf,
}

impl Census {
    /// `cargo` is what Cargo does after it has noted its arguments; `program` is what the program does.
    fn new(name: &str, cargo: &str, program: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        copy(Path::new(CLUBS), &folder.join("docs"));
        let calls = folder.join("calls");
        let said = folder.join("program");
        script(&said, program);
        let cargo = format!(
            "echo \"$@\" >> '{}'\nexport PROGRAM='{}'\n{cargo}",
            calls.display(),
            said.display()
        );
        script(&folder.join("cargo"), &cargo);
        Self { folder }
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["docs", "census", "--compile", "--json"]);
        command.arg(self.folder.join("docs")).args(words);
        command.env("CARGO", self.folder.join("cargo"));
        command.env("CARGO_TARGET_DIR", self.target());
        command.output().unwrap()
    }

    fn json(&self) -> Value {
        let output = self.run(&[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// What Cargo was asked for, call by call.
    fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.folder.join("calls")).unwrap_or_default();
        calls.lines().map(str::to_owned).collect()
    }

    fn floor(&self, text: &str) -> String {
        let file = self.folder.join("floor.toml");
        fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    }
}

fn script(path: &Path, text: &str) {
    fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

const BUILDS: &str = r#"printf '{"executable":"%s"}\n' "$PROGRAM""#;

#[test]
fn a_section_is_built_in_the_target_folder_and_again_only_if_it_changes() {
    let census = Census::new("kept", BUILDS, "true");
    let said = census.json();
    assert_eq!(said["total"]["compiled"]["methods"], 2);
    assert_eq!(said["sections"]["club"]["compiled"]["methods"], 2);
    let calls = census.calls();
    let [call] = calls.as_slice() else {
        panic!("{calls:?}");
    };
    assert!(call.contains(census.target().to_str().unwrap()), "{call}");

    assert_eq!(census.json(), said);
    assert_eq!(census.calls().len(), 1, "nothing has changed");

    let page = census.folder.join("docs/api-reference/club/club-list.md");
    let text = fs::read_to_string(&page).unwrap();
    let changed = text.replace("\"ID\": \"", "\"ID\": \"1");
    assert_ne!(changed, text);
    fs::write(&page, changed).unwrap();
    census.json();
    assert_eq!(census.calls().len(), 2, "an answer has changed");
}

#[test]
fn what_a_method_lacks_stands_in_its_section_with_its_page() {
    let undecoded = r#"echo '{"id":0,"path":"ID","error":"no `number` at line 1"}'"#;
    let census = Census::new("undecoded", BUILDS, undecoded);
    let said = census.json();
    let total = &said["total"]["compiled"];
    let (shown, whole) = (total["shown"].as_u64(), total["whole"].as_u64());
    assert_eq!(shown, whole.map(|whole| whole + 1), "{total}");
    let kinds = said["sections"]["club"]["kinds"].as_array().unwrap();
    let kind = kinds
        .iter()
        .find(|kind| kind["example"] == "`ID`: no `number`");
    let kind = kind.unwrap();
    assert_eq!(kind["kind"], "`…`: no `…`");
    let page = kind["pages"][0].as_str().unwrap();
    assert!(page.starts_with("api-reference/club/"), "{page}");
}

#[test]
fn code_that_does_not_compile_falls_below_the_floor_and_is_tried_again() {
    let broken = r#"echo '{"message":{"level":"error","rendered":"a rendered error"}}'; exit 101"#;
    let census = Census::new("broken", broken, "true");
    let floor = census.floor("[compiled]\nmethods = 2\n");
    for calls in 1..=2 {
        let output = census.run(&["--at-least", &floor]);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("a rendered error"), "{said}");
        let message = "error: `compiled.methods` is 0, and must be at least 2\n";
        assert!(said.ends_with(message), "{said}");
        assert_eq!(census.calls().len(), calls);
    }
}
