//! Collects the examples in the documentation of the crates that the clients re-export.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The crates whose items a reader meets in the documentation of a client.
const CRATES: [&str; 3] = ["sonet-core", "sonet-net", "sonet-types"];

/// The front page of a crate is not re-exported, and speaks to those who depend on that crate.
const FRONT_PAGE: &str = "lib.rs";

struct Example {
    place: String,
    text: String,
}

fn main() -> io::Result<()> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates");
    let mut examples = Vec::new();
    for name in CRATES {
        let source = crates.join(name).join("src");
        println!("cargo::rerun-if-changed={}", source.display());
        for file in rust_files(&source)? {
            if file != source.join(FRONT_PAGE) {
                let place = file.strip_prefix(&crates).unwrap_or(&file);
                collect(
                    &place.display().to_string(),
                    &fs::read_to_string(&file)?,
                    &mut examples,
                );
            }
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for client in ["sonet_async", "sonet_blocking"] {
        fs::write(
            out.join(client).with_extension("rs"),
            functions(&examples, client),
        )?;
    }
    fs::write(out.join("texts.rs"), texts(&examples))
}

fn rust_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The lines of each example that the documentation shows.
fn collect(place: &str, source: &str, examples: &mut Vec<Example>) {
    let mut open: Option<(bool, Example)> = None;
    for (number, line) in (1..).zip(source.lines()) {
        let line = line.trim_start();
        let Some(line) = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        else {
            continue;
        };
        let line = line.strip_prefix(' ').unwrap_or(line);
        let fence = line.trim_start().strip_prefix("```");
        match (&mut open, fence) {
            (None, Some(language)) => {
                let rust = matches!(language, "" | "no_run" | "ignore");
                let place = format!("{place}:{number}");
                let text = String::new();
                open = Some((rust, Example { place, text }));
            }
            (Some(_), Some(_)) => {
                let ended = open.take().filter(|(rust, _)| *rust);
                examples.extend(ended.map(|(_, example)| example));
            }
            (Some((_, example)), None) if !is_hidden(line) => {
                let _ = writeln!(example.text, "{line}");
            }
            _ => {}
        }
    }
}

fn is_hidden(line: &str) -> bool {
    let line = line.trim();
    line == "#" || line.starts_with("# ")
}

/// Each example in a function of its own, with a client as the only crate of ours.
fn functions(examples: &[Example], client: &str) -> String {
    let mut code = String::new();
    for (number, Example { place, text }) in examples.iter().enumerate() {
        let text = text.replace("sonet_async", client);
        let _ = write!(
            code,
            "// {place}\n#[allow(warnings, clippy::all, clippy::pedantic)]\n\
             fn example_{number}() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {{\n\
             {text};\nOk(())\n}}\n"
        );
    }
    code
}

fn texts(examples: &[Example]) -> String {
    let mut list = String::from("&[");
    for Example { place, text } in examples {
        let _ = write!(list, "({place:?}, {text:?}),");
    }
    list.push(']');
    list
}
