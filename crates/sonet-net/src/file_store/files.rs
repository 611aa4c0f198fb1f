//! What is opened, and what is not: regular files, and nothing that waits, follows or belongs to others.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// How large a file may be. A pair of tokens has some hundred bytes.
const LIMIT: u64 = 4 * 1024 * 1024;

/// How files are opened that are their owner's only, from their creation on.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Opens a regular file to read, through a symbolic link too. What else there may be is not even opened: a pipe would be
/// waited for, and a device may do anything.
pub(super) fn open(path: &Path) -> io::Result<(File, Metadata)> {
    regular(&fs::metadata(path)?)?;
    opened(path, false)
}

/// The same for a file that is to be ours alone: no link, and none of another user's.
pub(super) fn open_own(path: &Path) -> io::Result<(File, Metadata)> {
    let metadata = fs::symlink_metadata(path)?;
    not_link(&metadata)?;
    regular(&metadata)?;
    let (file, metadata) = opened(path, true)?;
    own(&metadata)?;
    Ok((file, metadata))
}

/// Opens what was a regular file a moment ago, and may be something else by now.
fn opened(path: &Path, follow_no_link: bool) -> io::Result<(File, Metadata)> {
    let mut options = OpenOptions::new();
    options.read(true);
    cautious(&mut options, follow_no_link);
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    regular(&metadata)?;
    Ok((file, metadata))
}

/// Opens the file that is locked, or makes it.
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => {
            not_link(&metadata)?;
            regular(&metadata)?;
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut options = private();
    options.create(true).truncate(false);
    // It may be something else by now.
    cautious(&mut options, true);
    let file = options.open(path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

/// Whether a file may take this place: it is free, or there is a file that it replaces. A symbolic link is replaced, too.
pub(super) fn may_replace(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => Ok(()),
        Ok(metadata) => regular(&metadata),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Reads a file to its end, if that is near.
pub(super) fn read(file: &File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if length as u64 > LIMIT {
        return Err(io::Error::new(
            ErrorKind::InvalidData,
            "it is too large for a pair of tokens",
        ));
    }
    Ok(bytes)
}

/// Brings a file's new entry in its directory to the disk. The file itself is there, and not every file system can do
/// this, so a failure is none of the store.
pub(super) fn sync_directory(path: &Path) {
    #[cfg(unix)]
    if let Ok(directory) = File::open(directory(path)) {
        let _ = directory.sync_all();
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// The directory that a file is in.
pub(super) fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Takes the rights of others away from a file, unless it is another user's.
#[cfg(unix)]
pub(super) fn restrict(file: &File, metadata: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let mut permissions = metadata.permissions();
    let others = permissions.mode() & 0o077;
    if others == 0 {
        return Ok(());
    }
    own(metadata)?;
    permissions.set_mode(0o600);
    file.set_permissions(permissions)
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
pub(super) fn restrict(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn own(metadata: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;

    if metadata.uid() == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    Err(io::Error::new(
        ErrorKind::PermissionDenied,
        "it belongs to another user",
    ))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
fn own(_: &Metadata) -> io::Result<()> {
    Ok(())
}

fn regular(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(io::Error::new(
        ErrorKind::InvalidInput,
        if metadata.is_dir() {
            "it is a directory; name a file in it"
        } else {
            "it is not a regular file"
        },
    ))
}

fn not_link(metadata: &Metadata) -> io::Result<()> {
    if !metadata.is_symlink() {
        return Ok(());
    }
    Err(io::Error::new(
        ErrorKind::InvalidInput,
        "it is a symbolic link, which is not followed; remove it",
    ))
}

/// Lets a file be opened without waiting for whoever is at the other end, and, if it is so, follow no link.
fn cautious(options: &mut OpenOptions, follow_no_link: bool) {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;

        let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        flags.set(OFlags::NOFOLLOW, follow_no_link);
        // They are far below the sign.
        let bits = i32::try_from(flags.bits()).unwrap_or_default();
        std::os::unix::fs::OpenOptionsExt::custom_flags(options, bits);
    }
    #[cfg(windows)]
    if follow_no_link {
        const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
        std::os::windows::fs::OpenOptionsExt::custom_flags(options, FILE_FLAG_OPEN_REPARSE_POINT);
    }
    #[cfg(not(any(unix, windows)))]
    let _ = (options, follow_no_link);
}
