//! From rendered files to the folder, or to a diff against it.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use crate::files::Files;

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

/// Compares a folder with the files that should be in it, all of which are generated.
pub fn compare(files: &Files, folder: &Path) -> io::Result<Changes> {
    compare_those(files, folder, |_| Ok(true))
}

/// Writes what differs and removes what is stale.
pub fn write(files: &Files, folder: &Path) -> io::Result<Changes> {
    let changes = compare(files, folder)?;
    put(&changes, files, folder)?;
    Ok(changes)
}

/// Compares a folder with the files that should be in it. What the same command has not generated from the same spec is
/// somebody's own, and none of its business.
///
/// # Errors
///
/// If the folder can't be read.
pub fn compare_own(files: &Files, folder: &Path) -> io::Result<Changes> {
    compare_those(files, folder, |path| is_own(path, files))
}

/// Writes what differs and removes what is stale, as [`write()`]. What is somebody's own is left alone.
///
/// # Errors
///
/// If such a file is in the way of one that is to be written, of which none is written then; or if the folder can't be
/// written.
pub fn write_own(files: &Files, folder: &Path) -> io::Result<Changes> {
    let changes = compare_own(files, folder)?;
    for name in &changes.written {
        let path = folder.join(name);
        // A link that leads nowhere is somebody's, too.
        if fs::symlink_metadata(&path).is_ok() && !is_own(&path, files)? {
            let message = format!(
                "{} is in the way: it was not generated from this spec; move it, or give another folder",
                path.display()
            );
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
    }
    put(&changes, files, folder)?;
    Ok(changes)
}

/// Compares a folder with the files that should be in it. Of the others, only those count that `is_own` knows.
fn compare_those(
    files: &Files,
    folder: &Path,
    is_own: impl Fn(&Path) -> io::Result<bool>,
) -> io::Result<Changes> {
    let present = list(folder)?;
    let mut changes = Changes::default();
    for (name, text) in files {
        let path = folder.join(name);
        let old = match fs::read(&path) {
            Ok(old) => String::from_utf8_lossy(&old).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(at(&path, &error)),
        };
        if old != *text || !present.contains(name) {
            changes.diff += &diff(name, &old, text);
            changes.written.push(name.clone());
        }
    }
    for name in present.into_iter().filter(|name| !files.contains_key(name)) {
        let path = folder.join(&name);
        if is_own(&path)? {
            let old = fs::read(&path).map_err(|error| at(&path, &error))?;
            changes.diff += &diff(&name, &String::from_utf8_lossy(&old), "");
            changes.removed.push(name);
        }
    }
    Ok(changes)
}

/// Whether a file begins with the line that all of these do.
fn is_own(path: &Path, files: &Files) -> io::Result<bool> {
    if !fs::symlink_metadata(path).is_ok_and(|data| data.is_file()) {
        return Ok(false);
    }
    let first = files.values().next().and_then(|text| text.lines().next());
    let first = first.unwrap_or_default();
    let mut begin = Vec::new();
    let file = fs::File::open(path).map_err(|error| at(path, &error))?;
    let mut file = io::Read::take(file, first.len() as u64 + 1);
    io::Read::read_to_end(&mut file, &mut begin).map_err(|error| at(path, &error))?;
    Ok(begin.strip_suffix(b"\n") == Some(first.as_bytes()))
}

/// An error with the path that it is about.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
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
        let path = folder.join(name);
        fs::remove_file(&path)?;
        remove_empty(&path, folder)?;
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

/// Removes the folders that a file was the last one in, innermost first.
fn remove_empty(file: &Path, root: &Path) -> io::Result<()> {
    let folders = file.ancestors().skip(1);
    for folder in folders.take_while(|folder| *folder != root) {
        if fs::read_dir(folder)?.next().is_some() {
            break;
        }
        fs::remove_dir(folder)?;
    }
    Ok(())
}
