//! `cargo sonet generate`

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sonet_codegen::{RootModule, emit};

use crate::arguments::Generate;
use crate::output::{fail, print, unreadable};
use crate::spec_file;

/// Writes the code of a spec, or says what that would change.
///
/// # Errors
///
/// The exit code, if the spec can't be read, the client is not known, or a file is in the way.
pub fn run(wanted: &Generate) -> Result<ExitCode, ExitCode> {
    let (spec, _) = spec_file::load(&wanted.spec)?;
    let out = std::path::absolute(&wanted.out).map_err(|error| fail(&error))?;
    let client = match wanted.client {
        Some(client) => client,
        None => client_above(&out).map_err(|error| unreadable(&error))?,
    };
    let module = match &wanted.module {
        Some(module) => module.clone(),
        None => module_of(&out).map_err(|error| unreadable(&error))?,
    };
    if let Err(problem) = sonet_codegen::check_path(&module) {
        let message = format!("{problem}; give `--module`, such as `crate::bitrix`");
        return Err(unreadable(&io::Error::new(
            io::ErrorKind::InvalidInput,
            message,
        )));
    }
    let file = wanted
        .spec
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let made_by = format!("`cargo sonet generate` from {file}");
    let root = RootModule::of_application(&module, client, &made_by);
    let files = sonet_codegen::generate(&spec, root);
    if wanted.check {
        let changes = emit::compare_own(&files, &out).map_err(|error| unreadable(&error))?;
        if changes.is_empty() {
            return Ok(print("the generated code is up to date\n"));
        }
        let _ = print(&changes.diff);
        eprintln!(
            "error: the generated code is not what the spec says; run `cargo sonet generate`"
        );
        return Err(ExitCode::FAILURE);
    }
    let is_new = !out.join("mod.rs").exists();
    let changes = emit::write_own(&files, &out).map_err(|error| fail(&error))?;
    let mut said = format!(
        "{} files: {} written, {} removed\n",
        files.len(),
        changes.written.len(),
        changes.removed.len()
    );
    if is_new {
        let name = module.rsplit("::").next().unwrap_or_default();
        let _ = writeln!(said, "declare the module: `#[rustfmt::skip] mod {name};`");
    }
    Ok(print(&said))
}

/// The client that the package depends on which a folder is in.
fn client_above(out: &Path) -> io::Result<&'static str> {
    let manifest = out
        .ancestors()
        .skip(1)
        .map(|folder| folder.join("Cargo.toml"))
        .find(|manifest| manifest.is_file());
    let give = "give `--client async` or `--client blocking`";
    let Some(manifest) = manifest else {
        let message = format!("there is no Cargo.toml above {}; {give}", out.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    };
    let text = fs::read_to_string(&manifest)?;
    let parsed: toml_edit::DocumentMut = text.parse().map_err(|error| {
        let message = format!("{}: {error}", manifest.display());
        io::Error::new(io::ErrorKind::InvalidData, message)
    })?;
    let has = |name: &str| {
        parsed
            .get("dependencies")
            .is_some_and(|all| all.get(name).is_some())
    };
    let why = match (has("sonet-async"), has("sonet-blocking")) {
        (true, false) => return Ok("sonet_async"),
        (false, true) => return Ok("sonet_blocking"),
        (true, true) => "depends on both clients",
        (false, false) => "depends on neither sonet-async nor sonet-blocking",
    };
    let message = format!("{} {why}; {give}", manifest.display());
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// The path of the module that a folder is, below the nearest `src`.
fn module_of(out: &Path) -> io::Result<String> {
    let mut names: Vec<String> = Vec::new();
    let mut folder: PathBuf = out.to_path_buf();
    while let Some(name) = folder.file_name() {
        if name == "src" && !names.is_empty() {
            names.push("crate".to_owned());
            names.reverse();
            return Ok(names.join("::"));
        }
        names.push(name.to_string_lossy().into_owned());
        folder.pop();
    }
    let message = format!(
        "{} is not below a folder `src`; give `--module`, such as `crate::bitrix`",
        out.display()
    );
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_where_its_folder_lies() {
        let module = |path: &str| module_of(Path::new(path)).ok();
        assert_eq!(module("/app/src/bitrix").as_deref(), Some("crate::bitrix"));
        assert_eq!(
            module("/src/app/src/api/bitrix").as_deref(),
            Some("crate::api::bitrix")
        );
        assert_eq!(module("/app/generated"), None);
        assert_eq!(module("/app/src"), None);
    }

    #[test]
    fn the_client_is_the_one_that_the_package_depends_on() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("src/bitrix");
        fs::create_dir_all(&out).unwrap();
        let client = |dependencies: &str| {
            let manifest = format!("[package]\nname = \"app\"\n\n[dependencies]\n{dependencies}");
            fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
            client_above(&out).map_err(|error| error.to_string())
        };
        assert_eq!(client("sonet-async = \"0.1\"\n"), Ok("sonet_async"));
        assert_eq!(
            client("sonet-blocking = { version = \"0.1\" }\n"),
            Ok("sonet_blocking")
        );
        assert!(
            client("serde = \"1\"\n")
                .unwrap_err()
                .contains("give `--client async`")
        );
    }
}
