//! The file that a pair is written to before it takes the other's place.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use fs4::{FileExt, TryLockError};

use super::files;

/// How much room is made for a pair. It has some hundred bytes.
const ROOM: usize = 16 * 1024;

/// A file beside the tokens' own, which is locked as long as somebody is at it. Without a pair in it, it is removed.
#[derive(Debug)]
pub(super) struct Draft {
    path: PathBuf,
    file: File,
    /// Whether there is a whole pair in it.
    is_whole: bool,
}

impl Draft {
    /// A new file, with a name of its own.
    pub(super) fn create(target: &Path) -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = beside(target, &format!(".{}-{count}.tmp", std::process::id()));
            let file = match files::private().create_new(true).open(&path) {
                Ok(file) => file,
                // Left behind by a process that had this number before.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            let taken = matches!(FileExt::try_lock(&file), Err(TryLockError::WouldBlock));
            // Somebody may have taken it for a leftover before it was locked.
            if !taken && path.exists() {
                return Ok(Self {
                    path,
                    file,
                    is_whole: false,
                });
            }
        }
    }

    /// Makes room for a pair on the disk.
    pub(super) fn reserve(&mut self) -> io::Result<()> {
        // Written, since a file that only has a length has no room yet.
        self.file.write_all(&[b' '; ROOM])?;
        self.file.sync_all()?;
        self.file.rewind()
    }

    /// Writes a pair, brings it to the disk, and puts it in its place. Where it can't get there, it stays here: whoever
    /// looks later finds it.
    pub(super) fn put(mut self, bytes: &[u8], target: &Path) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.set_len(bytes.len() as u64)?;
        self.is_whole = true;
        self.file.sync_all()?;
        files::may_replace(target)?;
        // There, a lock keeps others from reading.
        #[cfg(windows)]
        FileExt::unlock(&self.file)?;
        fs::rename(&self.path, target)?;
        files::sync_directory(target);
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_whole {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A file beside another one.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut path = OsString::from(path);
    path.push(suffix);
    path.into()
}

/// The drafts beside a file, of whichever process, by their names alone.
pub(super) fn all_beside(target: &Path) -> Vec<PathBuf> {
    let Some(name) = target.file_name() else {
        return Vec::new();
    };
    let is_draft = |other: &[u8]| {
        let rest = other.strip_prefix(name.as_encoded_bytes());
        let number = rest.and_then(|rest| rest.strip_prefix(b".")?.strip_suffix(b".tmp"));
        number.is_some_and(|number| {
            let mut parts = number.split(|byte| *byte == b'-');
            let mut is_number = || {
                let part = parts.next().unwrap_or_default();
                !part.is_empty() && part.iter().all(u8::is_ascii_digit)
            };
            is_number() && is_number() && parts.next().is_none()
        })
    };
    let directory = files::directory(target);
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| is_draft(entry.file_name().as_encoded_bytes()))
        .map(|entry| directory.join(entry.file_name()))
        .collect()
}
