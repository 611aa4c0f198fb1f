//! Tokens in a file.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use fs4::{FileExt, TryLockError};
use sonet_core::{Lease, StoreError, TokenStore, Tokens};

/// How soon one looks again whether another process is done with its refresh.
const LOOK: Duration = Duration::from_millis(250);

/// Keeps a pair of tokens in a file, as JSON.
///
/// ```no_run
/// # use sonet_net::FileStore;
/// use sonet_core::{App, Config, TokenStore as _, Tokens};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// let store = FileStore::new("tokens.json");
/// let tokens = match store.load()? {
///     Some(tokens) => tokens,
///     None => Tokens::new("example.bitrix24.com", "access token", "refresh token")?,
/// };
/// let config = Config::app(App::new("local.1", "secret key"), tokens)?.token_store(store);
/// # Ok(())
/// # }
/// ```
///
/// - **Whole, old or new**: a pair is written to a temporary file beside it and brought to the disk before it takes the
///   file's place. A process that ends in between leaves the old pair, and a file `tokens.json.….tmp` with the new one,
///   which may be removed.
/// - **For its owner only**: on Unix the file has the mode 0600 from its creation on. A file that others may read, since it
///   was made by hand, is narrowed when it is read; where that fails, so does reading. Elsewhere the rights are those
///   that the directory gives.
/// - **Several processes of a machine** may share the file: a lock on `tokens.json.lock`, which stays there, lets one of
///   them refresh at a time. The system frees the lock of a process that ends. One that goes on although its runtime was
///   shut down in the middle of a refresh has the lock until its next refresh, or until it drops the client. Whether the
///   lock holds between machines depends on their network's file system.
///
/// The directory must exist. A symbolic link in the file's place is replaced by the file.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    /// The lock that this store has, and until when.
    lease: Mutex<Option<(File, Instant)>>,
}

impl FileStore {
    /// A store in this file, which need not exist yet.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            lease: Mutex::default(),
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file beside this one.
    fn beside(&self, suffix: &str) -> PathBuf {
        let mut path = OsString::from(&self.path);
        path.push(suffix);
        path.into()
    }

    /// A new file, with a name of its own.
    fn temporary(&self) -> io::Result<(PathBuf, File)> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = self.beside(&format!(".{}-{count}.tmp", std::process::id()));
            match private().write(true).create_new(true).open(&path) {
                // Left behind by a process that had this number before.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                opened => return opened.map(|file| (path, file)),
            }
        }
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let (temporary, mut file) = self.temporary()?;
        let written = file
            .write_all(bytes)
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&temporary, &self.path));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written?;
        sync_directory(&self.path);
        Ok(())
    }

    fn problem(&self, what: &str, error: &io::Error) -> StoreError {
        format!("{} can't be {what}: {error}", self.path.display()).into()
    }
}

impl TokenStore for FileStore {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.problem("opened", &error)),
        };
        narrow(&file)
            .map_err(|error| self.problem("kept from others (its mode should be 0600)", &error))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .map_err(|error| self.problem("read", &error))?;
        let tokens = serde_json::from_slice(&bytes).map_err(|error| {
            // Not the error's text, which may quote a token.
            let (line, column) = (error.line(), error.column());
            format!(
                "{} has no tokens that can be read (line {line}, column {column}); restore the file, or remove it and let a \
                 user authorize the application again",
                self.path.display()
            )
        })?;
        Ok(Some(tokens))
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        let mut bytes = serde_json::to_vec_pretty(tokens)?;
        bytes.push(b'\n');
        self.write(&bytes)
            .map_err(|error| self.problem("written", &error))
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        let mut lease = self.lease.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if let Some((_, until)) = &*lease {
            if *until > now {
                return Ok(Lease::Held(until.duration_since(now)));
            }
        }
        // One that was not given back in time is over.
        *lease = None;
        let lock = private()
            .write(true)
            .create(true)
            .truncate(false)
            .open(self.beside(".lock"))
            .map_err(|error| self.problem("locked", &error))?;
        match FileExt::try_lock(&lock) {
            Ok(()) => {
                let until = now.checked_add(time).unwrap_or(now);
                *lease = Some((lock, until));
                Ok(Lease::Granted)
            }
            Err(TryLockError::WouldBlock) => Ok(Lease::Held(LOOK)),
            Err(TryLockError::Error(error)) => Err(self.problem("locked", &error)),
        }
    }

    fn release(&self) -> Result<(), StoreError> {
        // Closing the file frees the lock.
        *self.lease.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }
}

/// How files are opened that are their owner's only, from their creation on.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes the rights of others away from a file.
#[cfg(unix)]
fn narrow(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let mut permissions = file.metadata()?.permissions();
    if permissions.mode() & 0o077 != 0 {
        permissions.set_mode(0o600);
        file.set_permissions(permissions)?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
fn narrow(_: &File) -> io::Result<()> {
    Ok(())
}

/// Brings the file's new entry in its directory to the disk. The file itself is there, and not every file system can do
/// this, so a failure is none of the store.
fn sync_directory(path: &Path) {
    #[cfg(unix)]
    if let Some(directory) = path.parent() {
        let directory = if directory.as_os_str().is_empty() {
            Path::new(".")
        } else {
            directory
        };
        if let Ok(directory) = File::open(directory) {
            let _ = directory.sync_all();
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}
