//! All drafts of a checkout together: as one spec, as one crate, and what that decodes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use cargo_sonet::output::{fail, unreadable};
use cargo_sonet::{import, spec_file};
use sonet_codegen::{self as codegen, Handwritten, Inside, Public, RootModule, emit};
use sonet_docs::import::{Descriptions, Wanted};
use sonet_docs::{Checkout, examples};
use sonet_spec::diagnostics::Report;
use sonet_spec::model::Spec;

use crate::workspace::root;

/// Drafts every page, compiles the code of all of them, and decodes every documented answer with it.
pub(super) fn run(checkout: &Checkout) -> Result<(), ExitCode> {
    let began = Instant::now();
    let spec = all(checkout)?;
    let target = examples::target(&root());
    let folder = target.join("census");
    write(&spec, &folder).map_err(|error| fail(&error))?;
    let drafted = began.elapsed();
    let methods = spec.methods.len();
    let began = Instant::now();
    compile(&folder, &target)?;
    let compiled = began.elapsed();
    let began = Instant::now();
    let outcome = examples::decode(&spec, checkout, &root(), &folder);
    let outcome = outcome.map_err(|error| unreadable(&error))?;
    let mut pages: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for finding in &outcome.findings {
        let messages = pages.entry(&*finding.at.file).or_default();
        messages.push(&finding.message);
    }
    let mut text = format!(
        "\ntogether: {methods} methods are one spec ({} s) and one crate that compiles ({} s)\n\
         answers: {}, of which {} on {} pages are not decoded whole ({} s)\n",
        drafted.as_secs(),
        compiled.as_secs(),
        outcome.answers,
        outcome.findings.len(),
        pages.len(),
        began.elapsed().as_secs(),
    );
    for (file, messages) in &pages {
        for message in messages {
            let _ = writeln!(text, "  {file}: {message}");
        }
    }
    // What is printed otherwise may be for machines.
    eprint!("{text}");
    Ok(())
}

/// The spec of all drafts. One that the spec with the others does not take is said, and left out.
fn all(checkout: &Checkout) -> Result<Spec, ExitCode> {
    let (spec, source) = spec_file::parse(Path::new("drafts"), spec_file::HEAD)?;
    let pages = checkout.pages(sonet_docs::REFERENCE, true);
    let pages = pages.map_err(|error| unreadable(&error))?;
    let wanted: Vec<Wanted> = pages.into_iter().map(Wanted::all).collect();
    let drafts = import::draft(
        spec,
        &source,
        checkout,
        &wanted,
        &Handwritten::default(),
        Descriptions::Quoted,
    );
    let drafts = drafts.map_err(|error| unreadable(&error))?;
    for draft in &drafts.drafts {
        let report = draft.mistakes.iter().flat_map(Report::diagnostics);
        for mistake in report {
            eprintln!("left out: {}: {}", draft.file, mistake.message);
        }
    }
    Ok(drafts.spec)
}

/// Writes the crate, under the name of the one that examples are decoded with.
fn write(spec: &Spec, folder: &Path) -> std::io::Result<()> {
    let place = RootModule {
        inside: Inside::Library(Public {
            path: "sonet_types",
            compiled_in: None,
        }),
        made_by: "`cargo xtask docs census --compile`",
        ..RootModule::default()
    };
    emit::write(
        &codegen::generate(spec, place),
        &folder.join("src/generated"),
    )?;
    let lib = "//! Drafts.\n#![allow(warnings)]\nmod generated;\npub use generated::*;\n";
    fs::write(folder.join("src/lib.rs"), lib)?;
    let core = root().join("crates/sonet-core").display().to_string();
    let manifest = format!(
        "[package]\nname = \"sonet-types\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [profile.dev]\ndebug = false\n\n[dependencies]\n\
         chrono = {{ version = \"0.4\", default-features = false }}\n\
         serde = {{ version = \"1.0\", features = [\"derive\"] }}\nserde_json = \"1.0\"\n\
         sonet-core = {{ path = {core:?} }}\n\n[features]\ntesting = [\"sonet-core/testing\"]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map(drop)
}

/// Compiles the crate, or shows what the compiler says.
fn compile(folder: &Path, target: &Path) -> Result<(), ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["check", "--quiet", "--offline", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target.join("docs-examples/target"))
        .status();
    if status.map_err(|error| fail(&error))?.success() {
        Ok(())
    } else {
        Err(ExitCode::FAILURE)
    }
}
