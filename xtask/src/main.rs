//! `cargo xtask`: the maintainer's commands.

mod docs_command;
mod progress;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sonet_codegen::{self as codegen, Handwritten, RootModule};
use sonet_spec as spec;
use sonet_spec::diagnostics::{Report, Source};
use sonet_spec::model::Spec;

const HELP: &str = "\
The maintainer's commands of the sonet workspace.

Usage: cargo xtask <command>

Commands:
  codegen            generate crates/sonet-types/src/generated from spec/sonet.toml
  codegen --check    only say, as a diff, what that would change; exit code 1 if anything
  spec               check spec/sonet.toml
  spec --json        check it, and print it as JSON, resolved
  docs diff PATH     hold the spec against a checkout of the vendor's documentation; exit code 1 if anything is found,
                     2 if anything could not be read; with --format human, json or markdown
  docs apply PATH    write into spec/sonet.toml what breaks nothing, and list the rest; with --dry-run, only print the
                     patch; exit code 1 if anything is left, 2 if anything could not be read
  docs import PAGE…  print drafts of the entries for methods that the spec does not have, each doubt as a comment;
                     exit code 1 if there is any, 2 if a page is not about a new method
  docs examples PATH decode every answer and error on its pages, and build every request; exit codes as of
                     docs diff
";

/// The command line isn't understood.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--help" | "-h" | "help"] | ["codegen" | "spec", "--help" | "-h"] => print(HELP),
        ["codegen"] => generate(false),
        ["codegen", "--check"] => generate(true),
        ["docs", words @ ..] => docs_command::run(words),
        ["spec"] => spec(false),
        ["spec", "--json"] => spec(true),
        [] => usage("which command?"),
        ["codegen", rest @ ..] => usage(&format!(
            "`codegen` does not understand `{}`",
            rest.join(" ")
        )),
        ["spec", rest @ ..] => usage(&format!("`spec` does not understand `{}`", rest.join(" "))),
        [word, ..] => usage(&format!("there is no command `{word}`")),
    }
}

/// Says what was wrong with the command line.
fn usage(message: &str) -> ExitCode {
    eprintln!("error: {message}\n\n{HELP}");
    ExitCode::from(USAGE)
}

fn spec(json: bool) -> ExitCode {
    let (spec, source) = match load() {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    if !json {
        return print(&format!("{} is in order\n", source.name));
    }
    match spec::json::render(&spec) {
        Ok(text) => print(&text),
        Err(error) => fail(&error),
    }
}

/// Writes the generated code, or says what writing it would change.
fn generate(check: bool) -> ExitCode {
    let spec = match load() {
        Ok((spec, _)) => spec,
        Err(code) => return code,
    };
    let files = codegen::generate(&spec, RootModule::default());
    let folder = root().join(codegen::FOLDER);
    if !check {
        return match codegen::emit::write(&files, &folder) {
            Ok(changes) => print(&format!(
                "{} files: {} written, {} removed\n",
                files.len(),
                changes.written.len(),
                changes.removed.len()
            )),
            Err(error) => fail(&error),
        };
    }
    match codegen::emit::compare(&files, &folder) {
        Ok(changes) if changes.is_empty() => print("the generated code is up to date\n"),
        Ok(changes) => {
            print(&changes.diff);
            eprintln!(
                "error: the generated code is not what the spec says; run `cargo xtask codegen`"
            );
            ExitCode::FAILURE
        }
        Err(error) => fail(&error),
    }
}

/// The spec, in order; or how to end without it, its mistakes shown.
fn load() -> Result<(Spec, Source), ExitCode> {
    let handwritten = Handwritten::of_workspace(&root()).map_err(|error| fail(&error))?;
    let loaded = codegen::load(&root(), spec::FILE, &handwritten);
    loaded.map_err(|report| mistakes(&report))
}

/// Shows the mistakes in the spec.
fn mistakes(report: &Report) -> ExitCode {
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    eprint!("{}", report.render(colours));
    ExitCode::FAILURE
}

/// Prints a result. That nobody reads it to the end, as in `… | head`, is no failure.
fn print(text: &str) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => fail(&error),
        _ => ExitCode::SUCCESS,
    }
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

/// The workspace's directory.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}
