//! `cargo sonet generate`

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sonet_codegen::{RootModule, emit};

use crate::arguments::Generate;
use crate::client;
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
    let client = client::name_in_code(&out, wanted.client);
    let client = client.map_err(|error| unreadable(&error))?;
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
    let root = RootModule::of_application(&module, &client, &made_by);
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
}
