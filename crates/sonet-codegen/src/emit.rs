//! From rendered files to the folder, or to a diff against it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::files::{Files, MARK};

/// What writing the files would do, or did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that differ or are new.
    pub written: Vec<String>,
    /// Files that nothing generates any more.
    pub removed: Vec<String>,
    /// The differences as a unified diff, from what is there to what is generated.
    pub diff: String,
}

impl Changes {
    /// Whether the folder is as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }
}

/// Compares a folder with the files that should be in it.
pub fn compare(files: &Files, folder: &Path) -> io::Result<Changes> {
    let present = list(folder)?;
    let mut changes = Changes::default();
    for (name, text) in files {
        let old = match fs::read_to_string(folder.join(name)) {
            Ok(old) => old,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        if old != *text || !present.contains(name) {
            changes.diff += &diff(name, &old, text);
            changes.written.push(name.clone());
        }
    }
    for name in present.into_iter().filter(|name| !files.contains_key(name)) {
        let old = fs::read(folder.join(&name))?;
        changes.diff += &diff(&name, &String::from_utf8_lossy(&old), "");
        changes.removed.push(name);
    }
    Ok(changes)
}

/// Writes what differs and removes what is stale.
pub fn write(files: &Files, folder: &Path) -> io::Result<Changes> {
    let changes = compare(files, folder)?;
    put(&changes, files, folder)?;
    Ok(changes)
}

/// Compares a folder with the files that should be in it, of which those that nothing has generated are somebody's own.
///
/// # Errors
///
/// If the folder can't be read.
pub fn compare_own(files: &Files, folder: &Path) -> io::Result<Changes> {
    let mut changes = compare(files, folder)?;
    let mut removed = Vec::new();
    for name in changes.removed.drain(..) {
        if is_own(&folder.join(&name))? {
            removed.push(name);
        }
    }
    changes.removed = removed;
    Ok(changes)
}

/// Writes what differs and removes what is stale, as [`write()`]. A file that nothing has generated is left alone.
///
/// # Errors
///
/// If such a file is in the way of one that is to be written, of which none is written then; or if the folder can't be
/// written.
pub fn write_own(files: &Files, folder: &Path) -> io::Result<Changes> {
    let changes = compare_own(files, folder)?;
    for name in &changes.written {
        let path = folder.join(name);
        if path.exists() && !is_own(&path)? {
            let message = format!(
                "{} is in the way: nothing has generated it; move it, or give another folder",
                path.display()
            );
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
    }
    put(&changes, files, folder)?;
    Ok(changes)
}

/// Whether a file was generated: its first line says so.
fn is_own(path: &Path) -> io::Result<bool> {
    let bytes = fs::read(path)?;
    Ok(bytes.starts_with(MARK.as_bytes()))
}

fn put(changes: &Changes, files: &Files, folder: &Path) -> io::Result<()> {
    for name in &changes.written {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, &files[name])?;
    }
    for name in &changes.removed {
        fs::remove_file(folder.join(name))?;
    }
    if folder.is_dir() {
        remove_empty(folder)?;
    }
    Ok(())
}

fn diff(name: &str, old: &str, new: &str) -> String {
    similar::TextDiff::from_lines(old, new)
        .unified_diff()
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

/// The files below a folder, with `/` between the parts of their paths on every system.
fn list(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    let mut folders = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else {
                names.insert(name);
            }
        }
    }
    Ok(names)
}

/// Removes folders that have become empty, innermost first.
fn remove_empty(folder: &Path) -> io::Result<()> {
    let folders: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    for below in folders {
        remove_empty(&below)?;
        if fs::read_dir(&below)?.next().is_none() {
            fs::remove_dir(&below)?;
        }
    }
    Ok(())
}
