//! A file that only its owner can read.
//!
//! What `SQLite` writes beside it, such as its journal, has the same mode as the file itself.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes the file if there is none. From its first moment on nobody else can open it.
pub(super) fn make(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(()),
        // Opening a pipe would wait for its other end.
        Ok(_) => Err(io::Error::other("it is not a file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, MODE);
            options.open(path).map(drop)
        }
        Err(error) => Err(error),
    }
}

/// Takes a file away from everybody else that was made in another way, by an earlier version perhaps.
/// It has to be known to be a portal's.
#[cfg(unix)]
pub(super) fn tighten(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let file = File::open(path)?;
    let mut permissions = file.metadata()?.permissions();
    if permissions.mode() & 0o777 == MODE {
        return Ok(());
    }
    permissions.set_mode(MODE);
    file.set_permissions(permissions)
}

#[cfg(not(unix))]
pub(super) fn tighten(path: &Path) -> io::Result<()> {
    File::open(path).map(drop)
}

#[cfg(unix)]
const MODE: u32 = 0o600;
