//! What processes have left beside a file of tokens that ended in the middle.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use fs4::FileExt;

use super::saved::{Saved, Unreadable};
use super::{draft, files};

/// A draft that nobody is at any more. It is locked as long as it is looked at.
struct Leftover {
    path: PathBuf,
    file: File,
    metadata: Metadata,
    /// The pair in it, if it is whole.
    saved: Option<Saved>,
}

impl Leftover {
    /// Opens a file that has the name of a draft, if it is one, and a process has left it.
    fn open(path: PathBuf) -> Option<Self> {
        let (file, metadata) = files::open_own(&path).ok()?;
        // Somebody is at it, or nobody can tell.
        FileExt::try_lock(&file).ok()?;
        let bytes = files::read(&file).ok()?;
        let saved = match Saved::read(&bytes, &metadata) {
            Ok(saved) if saved.is_whole() => Some(saved),
            Err(Unreadable::Unfinished) => None,
            // Something else, by accident under this name.
            Ok(_) | Err(Unreadable::Other { .. }) => return None,
        };
        Some(Self {
            path,
            file,
            metadata,
            saved,
        })
    }

    /// Brings it to the disk, and puts it in its place.
    fn put(&self, target: &Path) -> io::Result<()> {
        files::may_replace(target)?;
        files::restrict(&self.file, &self.metadata)?;
        self.file.sync_all()?;
        #[cfg(windows)]
        FileExt::unlock(&self.file)?;
        fs::rename(&self.path, target)?;
        files::sync_directory(target);
        Ok(())
    }
}

/// The leftovers beside a file, the newest first. Those of processes that go on are none.
fn all(target: &Path) -> Vec<Leftover> {
    let drafts = draft::all_beside(target).into_iter();
    let mut all: Vec<_> = drafts.filter_map(Leftover::open).collect();
    let modified = |leftover: &Leftover| leftover.saved.as_ref().and_then(Saved::modified);
    all.sort_by_key(|leftover| std::cmp::Reverse(modified(leftover)));
    all
}

/// Puts the newest whole pair in its place if it is newer than the one that is there, and removes the others.
pub(super) fn adopt(target: &Path, mut kept: Option<Saved>) -> Option<Saved> {
    let mut adopted = false;
    for mut leftover in all(target) {
        let is_newer = |saved: &Saved| !adopted && saved.is_newer_than(kept.as_ref());
        match leftover.saved.take_if(|saved| is_newer(saved)) {
            Some(saved) => {
                // Where it can't be put there, it stays where it is, and is found again.
                let _ = leftover.put(target);
                kept = Some(saved);
                adopted = true;
            }
            None => {
                let _ = fs::remove_file(&leftover.path);
            }
        }
    }
    kept
}

/// Removes all leftovers: a newer pair is in its place.
pub(super) fn remove_all(target: &Path) {
    for leftover in all(target) {
        let _ = fs::remove_file(&leftover.path);
    }
}
