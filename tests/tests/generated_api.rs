//! What consumers see of the generated code, one snapshot for each module: a change of the spec shows here as a change
//! of names and types.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod outline;

use std::path::{Path, PathBuf};

#[test]
fn the_generated_api() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/sonet-types/src/generated");
    let mut modules: Vec<(String, PathBuf)> = Vec::new();
    find_modules(&folder, "root", &mut modules);
    modules.sort();
    assert!(modules.len() >= 6, "{modules:?}");
    for (name, folder) in modules {
        insta::assert_snapshot!(name, outline::of_folder(&folder));
    }
}

fn find_modules(folder: &Path, name: &str, modules: &mut Vec<(String, PathBuf)>) {
    modules.push((name.to_owned(), folder.to_owned()));
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let below = path.file_name().unwrap().to_string_lossy().into_owned();
            find_modules(&path, &format!("{name}__{below}"), modules);
        }
    }
}
