//! What may import what: the crates of the workspace, the folders within them, and no circles of files.
//!
//! The two tables are the architecture. Whoever adds a crate or a folder adds a line, and sees what it may know.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod modules;
mod paths;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use modules::{Circle, Crate};

/// Each crate, and the crates of this workspace that it may depend on.
const CRATES: &[(&str, &[&str])] = &[
    // What a consumer builds.
    ("crates/sonet-core", &[]),
    ("crates/sonet-net", &["sonet-core"]),
    ("crates/sonet-types", &["sonet-core"]),
    (
        "crates/sonet-async",
        &["sonet-core", "sonet-net", "sonet-types"],
    ),
    (
        "crates/sonet-blocking",
        &["sonet-core", "sonet-net", "sonet-types"],
    ),
    // What many machines share.
    ("crates/sonet-redis", &["sonet-core"]),
    // The simulated portal, which shares nothing with the clients.
    ("crates/sonet-portal", &[]),
    // An application as a consumer would write it.
    ("examples/actix", &["sonet-async", "sonet-portal"]),
    ("examples/postgres", &["sonet-blocking", "sonet-portal"]),
    ("examples/deals", &["sonet-async", "sonet-portal"]),
    // What a maintainer runs.
    ("crates/sonet-spec", &[]),
    ("crates/sonet-codegen", &["sonet-spec"]),
    ("crates/sonet-docs", &["sonet-spec"]),
    ("crates/sonet-openapi", &["sonet-spec"]),
    // What a consumer runs, for methods that no crate has.
    (
        "crates/cargo-sonet",
        &["sonet-codegen", "sonet-docs", "sonet-spec"],
    ),
    (
        "xtask",
        &[
            "cargo-sonet",
            "sonet-codegen",
            "sonet-docs",
            "sonet-openapi",
            "sonet-spec",
        ],
    ),
];

/// Folders of a crate in layers, the highest first: each may import those below it only. What stands on one line does not
/// know each other. Files beside the folders may stand there, too.
const FOLDERS: &[(&str, &[&[&str]])] = &[
    (
        "crates/sonet-core",
        &[
            &["list"],
            &["batch", "reconcile"],
            &["exchange"],
            &["refresh"],
            &["session"],
            &["config"],
            &["credential"],
            &["oauth"],
            &["envelope", "metrics"],
            &["progress"],
            &["address", "limits", "reply", "retry"],
            &["error", "event", "filter", "inflate", "raw"],
            &["failure", "method"],
            &["page", "redact", "time"],
            &["secret"],
            &["wire"],
            &["attempts", "redirect", "wait"],
        ],
    ),
    (
        "crates/sonet-spec",
        &[&["json"], &["check"], &["read"], &["table"], &["model"]],
    ),
    (
        "crates/sonet-codegen",
        &[&["check", "emit", "render"], &["lower"], &["ir"]],
    ),
    ("crates/sonet-openapi", &[&["render"], &["model"]]),
    (
        "crates/sonet-docs",
        &[
            &["census", "update"],
            &["examples", "import"],
            &["apply"],
            &["diff"],
            &["page"],
            &["markup", "words"],
            &["checkout"],
            &["progress"],
        ],
    ),
    (
        "crates/sonet-portal",
        &[
            &["program"],
            &["server"],
            &["portal"],
            &["rest"],
            &["methods"],
            &["domain"],
            &["rules"],
            &["wire"],
        ],
    ),
];

/// The most files that may import each other in a circle, all in one folder.
const LARGEST_CIRCLE: usize = 3;

#[test]
fn a_crate_depends_on_what_its_line_of_the_table_says() {
    let root = root();
    let mut wrong = String::new();
    for folder in crates_of_the_workspace(&root) {
        let Some((_, allowed)) = CRATES.iter().find(|(name, _)| *name == folder) else {
            let _ = writeln!(wrong, "{folder} has no line in the table");
            continue;
        };
        for dependency in dependencies(&root.join(&folder)) {
            if !allowed.contains(&dependency.as_str()) {
                let _ = writeln!(wrong, "{folder} depends on {dependency}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_folder_imports_only_what_lies_below_it() {
    let mut wrong = String::new();
    for (name, layers) in FOLDERS {
        let layer_of = |place: &str| {
            layers
                .iter()
                .position(|layer| layer.contains(&place))
                .map(|position| (position, place.to_owned()))
        };
        let crates = Crate::read(&root().join(name));
        for (from, to) in crates.iter().flat_map(Crate::imports) {
            let (Some((above, one)), Some((below, other))) =
                (layer_of(&top(from)), layer_of(&top(to)))
            else {
                continue;
            };
            if below < above || (below == above && one != other) {
                let _ = writeln!(wrong, "{name}: {from} imports {to}");
            }
        }
        for folder in crates.iter().flat_map(Crate::folders) {
            if layer_of(&folder).is_none() {
                let _ = writeln!(wrong, "{name}: {folder} has no line in the table");
            }
        }
        for place in layers.iter().flat_map(|layer| layer.iter()) {
            if !crates
                .iter()
                .flat_map(Crate::files)
                .any(|file| top(file) == *place)
            {
                let _ = writeln!(wrong, "{name}: there is no {place}");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn circles_of_files_are_small_and_stay_in_a_folder() {
    let root = root();
    let mut wrong = String::new();
    for folder in crates_of_the_workspace(&root) {
        for krate in Crate::read(&root.join(&folder)) {
            for Circle { files, imports } in krate.circles() {
                let folders: BTreeSet<_> = files.iter().map(|file| krate.folder(file)).collect();
                if files.len() > LARGEST_CIRCLE || folders.len() > 1 {
                    let _ = writeln!(wrong, "{folder}: {} files in a circle", files.len());
                    for (from, to) in imports {
                        let _ = writeln!(wrong, "    {from} imports {to}");
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What a path within `src` begins with: a folder, or a file without its extension.
fn top(file: &str) -> String {
    let first = file.split('/').next().unwrap_or(file);
    first.trim_end_matches(".rs").to_owned()
}

/// The folders of all crates that are built into something, from the workspace's root.
fn crates_of_the_workspace(root: &Path) -> Vec<String> {
    let mut folders = vec!["xtask".to_owned()];
    for parent in ["crates", "examples"] {
        for entry in fs::read_dir(root.join(parent)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if root.join(parent).join(&name).join("Cargo.toml").is_file() {
                folders.push(format!("{parent}/{name}"));
            }
        }
    }
    folders.sort();
    folders
}

/// The crates of this workspace that a crate is built with; those of its tests do not count.
fn dependencies(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    let mut tables = vec![&manifest];
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        tables.extend(targets.values().filter_map(toml::Value::as_table));
    }
    let mut names = Vec::new();
    for table in tables {
        for kind in ["dependencies", "build-dependencies"] {
            if let Some(dependencies) = table.get(kind).and_then(toml::Value::as_table) {
                names.extend(
                    dependencies
                        .keys()
                        .filter(|name| name.starts_with("sonet-") || *name == "xtask")
                        .cloned(),
                );
            }
        }
    }
    names
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
