//! The generator: on a small spec that uses everything, and on the real one.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sonet_codegen::{self as codegen, Files, Handwritten, Inside, Public, RootModule, emit};
use sonet_spec as spec;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn load(file: &str) -> spec::model::Spec {
    let handwritten = Handwritten::of_workspace(&root()).unwrap();
    let loaded = codegen::load(&root(), file, &handwritten);
    loaded.unwrap_or_else(|report| panic!("{report}")).0
}

fn mini() -> Files {
    let root = RootModule {
        path: "crate::mini",
        inside: Inside::Library(Public {
            path: "sonet_tests::mini",
            compiled_in: None,
        }),
        ..RootModule::default()
    };
    codegen::generate(&load("crates/sonet-spec/tests/fixtures/mini.toml"), root)
}

/// What the generator makes of the fixture is committed where it is compiled. `UPDATE_FIXTURES=1` writes it anew.
#[test]
fn the_fixture_is_what_the_generator_makes_of_it() {
    let folder = root().join("tests/src/mini/generated");
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        emit::write(&mini(), &folder).unwrap();
    }
    let changes = emit::compare(&mini(), &folder).unwrap();
    assert!(
        changes.is_empty(),
        "run with UPDATE_FIXTURES=1 after a look at:\n{}",
        changes.diff
    );
}

#[test]
fn the_generated_code_is_what_the_spec_says() {
    let files = codegen::generate(&load(spec::FILE), RootModule::default());
    let changes = emit::compare(&files, &root().join(codegen::FOLDER)).unwrap();
    assert!(
        changes.is_empty(),
        "run `cargo xtask codegen`:\n{}",
        changes.diff
    );
}

#[test]
fn the_same_spec_gives_the_same_bytes() {
    assert_eq!(mini(), mini());
}

#[test]
fn writing_touches_what_differs_and_removes_what_is_stale() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let files = mini();
    let first = emit::write(&files, folder).unwrap();
    assert_eq!(first.written.len(), files.len());

    let same = folder.join("ids.rs");
    let before = fs::metadata(&same).unwrap().modified().unwrap();
    fs::create_dir_all(folder.join("gone/deep")).unwrap();
    fs::write(folder.join("gone/deep/old.rs"), "struct Old;\n").unwrap();
    fs::write(folder.join("role.rs"), "// edited by hand\n").unwrap();

    let second = emit::write(&files, folder).unwrap();
    assert_eq!(second.written, ["role.rs"]);
    assert_eq!(second.removed, ["gone/deep/old.rs"]);
    assert!(
        !folder.join("gone").exists(),
        "folders that became empty are removed"
    );
    assert_eq!(fs::metadata(&same).unwrap().modified().unwrap(), before);
    assert!(emit::write(&files, folder).unwrap().is_empty());
}

#[test]
fn check_shows_a_diff_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    emit::write(&mini(), folder.path()).unwrap();
    let file = folder.path().join("role.rs");
    let edited = fs::read_to_string(&file)
        .unwrap()
        .replace("Owner = ", "Boss = ")
        + "// mine\n";
    fs::write(&file, &edited).unwrap();

    let changes = emit::compare(&mini(), folder.path()).unwrap();
    assert_eq!(changes.written, ["role.rs"]);
    assert!(changes.diff.contains("-// mine"), "{}", changes.diff);
    assert_eq!(fs::read_to_string(&file).unwrap(), edited);
}

/// Forms that most fields have bear a name, which two crates have to mean the same by.
#[test]
fn named_forms_are_those_of_the_core() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let plain = |text: &str| {
        text.replace("wire::", "")
            .replace("::<", "<")
            .replace(' ', "")
    };
    let core = read("crates/sonet-core/src/wire/forms.rs");
    let core: BTreeSet<_> = core
        .lines()
        .filter_map(|line| line.strip_prefix("pub type ")?.strip_suffix(';'))
        .map(plain)
        .collect();
    let generator = read("crates/sonet-codegen/src/render/types.rs");
    let (_, table) = generator.split_once("const NAMED_FORMS").unwrap();
    let (table, _) = table.split_once("\n];").unwrap();
    let mut texts = table.split('"').skip(1).step_by(2);
    let mut named = BTreeSet::new();
    while let (Some(name), Some(form)) = (texts.next(), texts.next()) {
        named.insert(format!("{}={}", plain(name), plain(form)));
    }
    assert!(named.len() > 5, "{named:?}");
    assert_eq!(named, core);
}
