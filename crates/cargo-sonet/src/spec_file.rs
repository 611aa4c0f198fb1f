//! A consumer's spec.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sonet_codegen::Handwritten;
use sonet_docs::import::{Code, Descriptions};
use sonet_docs::update::Records;
use sonet_spec::Part;
use sonet_spec::diagnostics::Source;
use sonet_spec::model::Spec;

use crate::output::{UNREAD, mistakes, unreadable};

/// What a spec begins with that does not exist yet.
pub const HEAD: &str = "\
# Methods of the Bitrix24 REST API. `cargo sonet import` drafts entries, `cargo sonet doubts` lists what is left to judge, and
# `cargo sonet generate` writes Rust.
format = 1
documentation = \"https://apidocs.bitrix24.com/api-reference/\"
";

/// Reads a spec without checking it; one with [`HEAD`] alone where there is no file.
///
/// # Errors
///
/// The exit code, if it is there and can't be read.
pub fn read_or_new(path: &Path) -> Result<Source, ExitCode> {
    let name = path.display().to_string();
    let is_there = fs::metadata(path).is_ok_and(|file| file.len() > 0) || path.is_dir();
    if !is_there {
        let text = HEAD.to_owned();
        return Ok(Source { name, text });
    }
    read(path)
}

fn read(path: &Path) -> Result<Source, ExitCode> {
    let name = path.display().to_string();
    sonet_spec::read(Path::new(""), &name).map_err(|report| {
        let _ = mistakes(&report);
        ExitCode::from(UNREAD)
    })
}

/// Reads and checks a spec, or says how to end without it, the reason shown.
///
/// # Errors
///
/// The exit code, if it can't be read or has mistakes, which are shown.
pub fn load(path: &Path) -> Result<(Spec, Source), ExitCode> {
    parse(path, &read(path)?.text)
}

/// Checks the text of a spec.
///
/// # Errors
///
/// The exit code, if it has mistakes, which are shown.
pub fn parse(path: &Path, text: &str) -> Result<(Spec, Source), ExitCode> {
    let name = path.display().to_string();
    sonet_codegen::parse(&name, text, &Handwritten::default()).map_err(|report| {
        let _ = mistakes(&report);
        ExitCode::from(UNREAD)
    })
}

/// Where the drafts of a spec are recorded: `api.drafts.toml` beside `api.toml`, or beside what a link of this name leads to.
#[must_use]
pub fn records_beside(spec: &Path) -> PathBuf {
    behind_links(spec).with_extension("drafts.toml")
}

/// The file that a link leads to, whether or not it is there; a file itself.
fn behind_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // As many as Linux follows.
    for _ in 0..40 {
        let Ok(target) = fs::read_link(&path) else {
            break;
        };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}

/// What is recorded of the drafts of a spec; nothing, if nothing is.
///
/// # Errors
///
/// The exit code, if the file can't be read or has mistakes, which are shown.
pub fn records(path: &Path) -> Result<Option<Records>, ExitCode> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&of(path, &error))),
        Ok(text) => text,
    };
    let name = path.display().to_string();
    let records = with_code(|code| Records::parse(&name, &text, code));
    records.map(Some).map_err(|report| {
        let _ = mistakes(&report);
        ExitCode::from(UNREAD)
    })
}

/// What code of a consumer asks of a spec.
pub fn with_code<T>(then: impl FnOnce(Code<'_>) -> T) -> T {
    let handwritten = Handwritten::default();
    then(Code {
        further: &[&|cx| sonet_codegen::check(cx, &handwritten)],
        taken: &sonet_codegen::is_taken,
        descriptions: Descriptions::Quoted,
    })
}

/// Writes a file whole or not at all: what a person has judged is worth more than a draft. It may be used by whom it could be
/// used before.
///
/// # Errors
///
/// If it can't be written.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one, and what it leads to is replaced.
    let path = behind_links(path);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    let written = write(&new, &path, text).and_then(|()| fs::rename(&new, &path));
    written.map_err(|error| {
        let _ = fs::remove_file(&new);
        of(&path, &error)
    })
}

/// Writes the files of a spec whose text was edited: those that differ.
///
/// # Errors
///
/// If one of them can't be written, or the text does not tell any more which file is which.
pub fn replace_parts(source: &Source, text: &str) -> io::Result<()> {
    let (old, new) = (source.parts(), source.parts_of(text));
    let names = |parts: &[Part<'_>]| -> Vec<String> {
        parts.iter().map(|part| part.name.to_owned()).collect()
    };
    if names(&old) != names(&new) {
        let message = "the entry that a file of the spec begins with is gone: take it out by hand";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    for (old, new) in old.iter().zip(&new) {
        let path = Path::new(new.name);
        if old.text != new.text || !path.exists() {
            replace(path, new.text)?;
        }
    }
    Ok(())
}

/// Writes a new file with the permissions of an old one, if there is one. It is on the disk before it takes the place of that.
fn write(new: &Path, old: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(new)?;
    if let Ok(there) = fs::metadata(old) {
        file.set_permissions(there.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The error, with the file that it is about.
fn of(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_file_that_is_replaced_keeps_its_permissions_and_its_links() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (
            folder.path().join("api.toml"),
            folder.path().join("link.toml"),
        );
        fs::write(&file, "before").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, "after").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "after");
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        // A link may lead to what is not there yet.
        fs::remove_file(&file).unwrap();
        replace(&link, "anew").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "anew");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        assert_eq!(records_beside(&link), folder.path().join("api.drafts.toml"));
    }

    #[test]
    fn records_lie_beside_their_spec() {
        let path = records_beside(Path::new("spec/api.toml"));
        assert_eq!(path, Path::new("spec/api.drafts.toml"));
    }
}
