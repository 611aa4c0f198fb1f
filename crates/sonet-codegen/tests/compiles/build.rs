//! Generated code of many specs in one crate, and what the compiler says.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use sonet_codegen::{self as codegen, Handwritten, Inside, Public, RootModule};

/// What is done with a crate.
#[derive(Clone, Copy)]
pub(crate) enum Work {
    /// It is compiled.
    Check,
    /// Its documentation is built.
    Document,
    /// The examples in its documentation are compiled and run.
    Examples,
}

pub(crate) enum Built {
    Fine,
    Refused { said: String, of: Vec<usize> },
}

/// All crates are written to the same place, for the sake of what Cargo has built there.
static PLACE: Mutex<()> = Mutex::new(());

/// Those of this workspace.
pub(crate) fn handwritten() -> Handwritten {
    Handwritten::of_workspace(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap()
}

pub(crate) fn build(specs: &[String], work: Work) -> Built {
    let _place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap();
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let folder = target.join("any-spec");
    let _ = fs::remove_dir_all(folder.join("src"));
    let mut lib = "//! Generated.\n#![deny(warnings)]\n".to_owned();
    for (index, text) in specs.iter().enumerate() {
        let module = format!("spec{index}");
        write_spec(&folder.join("src").join(&module), text, &module);
        // As in `sonet-types`.
        let _ = write!(
            lib,
            "/// Generated.\npub mod {module} {{\n#[allow(unreachable_pub)]\nmod generated;\n#[allow(unused_imports)]\n\
             pub use generated::*;\n{STUBS}}}\n"
        );
    }
    fs::write(folder.join("src/lib.rs"), lib).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest(&root)).unwrap();
    // The same versions as everywhere else, and no network.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let words: &[&str] = match work {
        Work::Check => &["check"],
        Work::Document => &["doc", "--no-deps"],
        Work::Examples => &["test", "--doc"],
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(words)
        .args(["--quiet", "--offline", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target.join("docs-examples/target"))
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .unwrap();
    if output.status.success() {
        return Built::Fine;
    }
    let mut said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stdout));
    let named = |index: &usize| said.contains(&format!("spec{index}/"));
    let of = (0..specs.len()).filter(named).take(2).collect();
    let said: String = said.chars().take(12_000).collect();
    Built::Refused { said, of }
}

/// What stands beside the generated code in `sonet-types`, as far as names go.
const STUBS: &str =
    "mod entity {}\nmod reconcile {}\nmod bulk {}\n/// By hand.\npub struct Bulk;\n";

fn write_spec(folder: &Path, text: &str, module: &str) {
    let (spec, _) = codegen::parse("spec.toml", text, &handwritten()).unwrap();
    let (path, public_path) = (format!("crate::{module}"), format!("any_spec::{module}"));
    let root = RootModule {
        path: &path,
        inside: Inside::Library(Public {
            path: &public_path,
            compiled_in: None,
        }),
        ..RootModule::default()
    };
    for (path, text) in codegen::generate(&spec, root) {
        let path = folder.join("generated").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn manifest(root: &Path) -> String {
    let core = root.join("crates/sonet-core").display().to_string();
    format!(
        "[package]\nname = \"any-spec\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [profile.dev]\ndebug = false\n\n[dependencies]\n\
         chrono = {{ version = \"0.4\", default-features = false }}\n\
         serde = {{ version = \"1.0\", features = [\"derive\"] }}\n\
         serde_json = \"1.0\"\n\
         sonet-core = {{ path = {core:?} }}\n\n\
         [features]\ndefault = [\"testing\"]\ntesting = [\"sonet-core/testing\"]\n"
    )
}
