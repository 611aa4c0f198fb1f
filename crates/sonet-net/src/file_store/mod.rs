//! Tokens in a file.

mod draft;
mod files;
mod leftover;
mod saved;

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use fs4::{FileExt, TryLockError};
use sonet_core::{Error, Lease, StoreError, TokenStore, Tokens};

use draft::{Draft, beside};
use saved::{Saved, Unreadable};

/// How soon one looks again whether another process is done with its refresh.
const LOOK: Duration = Duration::from_millis(250);

/// How long the identifier of a portal is at most. The vendor's have 32 digits.
const MAX_MEMBER_ID: usize = 64;

/// Keeps a pair of tokens in a file, as JSON.
///
/// ```no_run
/// # mod sonet_async {
/// #     pub use sonet_core::*;
/// #     pub use sonet_net::*;
/// # }
/// use sonet_async::{App, Config, FileStore, TokenStore as _, Tokens};
///
/// fn config() -> Result<Config, Box<dyn std::error::Error + Send + Sync>> {
///     let store = FileStore::new("tokens.json");
///     let tokens = match store.load()? {
///         Some(tokens) => tokens,
///         None => {
///             let tokens = Tokens::new("example.bitrix24.com", "access token", "refresh token")?;
///             // A client saves the pairs that it gets, and not the one that it begins with.
///             store.save(&tokens)?;
///             tokens
///         }
///     };
///     Ok(Config::app(App::new("local.1", "secret key"), tokens)?.token_store(store))
/// }
/// ```
///
/// - **Whole, old or new**: a pair is written to a file beside it, `tokens.json.….tmp`, and brought to the disk before it
///   takes the file's place. What a process leaves there that ends in between is put in its place by the next
///   [`TokenStore::load`], if it is a whole pair and newer than the one there, and removed otherwise. A pair is lost only
///   where a process ends after the token server has answered and before that file has been written.
/// - **Room first**: the file beside it is made, and has its room on the disk, before the token server is asked. A full disk
///   costs no pair. File systems that copy on writing may need more room later.
/// - **For its owner only**: on Unix the file has the mode 0600 from its creation on. A file with tokens that others may
///   read, since it was made by hand, is narrowed when it is read; where that fails, or it is another user's, so does
///   reading. Elsewhere the rights are those that the directory gives.
/// - **Nothing else is touched**: in the place of the file, or of the lock, a directory, a pipe or a device is told and
///   left as it is.
/// - **Several processes of a machine** may share the file: a lock on `tokens.json.lock`, which stays there and may be no
///   symbolic link, lets one of them refresh at a time. The system frees the lock of a process that ends. Whether the lock
///   holds between machines depends on their network's file system.
///
/// The file may have fields beside those of [`Tokens`], which are the store's own. The directory must exist. A symbolic link
/// in the file's place is read through, and replaced by the file when a pair is saved.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    /// The lock that this store has, and until when.
    lease: Mutex<Option<(File, Instant)>>,
    /// The room that was made for the next pair.
    draft: Mutex<Option<Draft>>,
}

impl FileStore {
    /// A store in this file, which need not exist yet.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            lease: Mutex::default(),
            draft: Mutex::default(),
        }
    }

    /// A store for one of many portals: the file `portal-{member_id}.json` in this folder.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: it is not an identifier of a portal, which has letters, digits, `-` and `_` only. One that comes with an
    /// event that is not verified could be a path to somewhere else.
    pub fn of_portal(folder: impl AsRef<Path>, member_id: &str) -> Result<Self, Error> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !(1..=MAX_MEMBER_ID).contains(&member_id.len()) || !member_id.bytes().all(is_plain) {
            return Err(Error::config(
                "the member_id of a portal has only letters, digits, - and _, at most 64 of them; this one is no name for a file",
            ));
        }
        Ok(Self::new(
            folder.as_ref().join(format!("portal-{member_id}.json")),
        ))
    }

    /// Forgets the tokens, as after `ONAPPUNINSTALL`: removes the file, and what a process has left beside it. The file of
    /// the lock stays. A client that refreshes meanwhile may save its pair once more.
    pub fn remove(&self) -> Result<(), StoreError> {
        drop(self.draft().take());
        leftover::remove_all(&self.path);
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(self.problem("removed", &error))
            }
            _ => Ok(()),
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is in the file.
    fn read(&self) -> Result<Option<Saved>, StoreError> {
        let (file, metadata) = match files::open(&self.path) {
            Ok(opened) => opened,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.problem("opened", &error)),
        };
        let bytes = files::read(&file).map_err(|error| self.problem("read", &error))?;
        let saved = Saved::read(&bytes, &metadata).map_err(|unreadable| {
            // Not the error's text, which may quote a token.
            let place = match unreadable {
                Unreadable::Unfinished => "it ends too early".to_owned(),
                Unreadable::Other { line, column } => format!("line {line}, column {column}"),
            };
            format!(
                "{} has no tokens that can be read ({place}); restore the file, or remove it and let a user authorize the \
                 application again",
                self.path.display()
            )
        })?;
        // Now that it is known to be one of tokens.
        files::restrict(&file, &metadata)
            .map_err(|error| self.problem("made private (its mode should be 0600)", &error))?;
        Ok(Some(saved))
    }

    /// Begins a file that is to take the place of the one there.
    fn begin(&self) -> io::Result<Draft> {
        files::may_replace(&self.path)?;
        Draft::create(&self.path)
    }

    /// Locks the other processes out; `None` if one of them has the lock.
    fn lock(&self) -> Result<Option<File>, StoreError> {
        let path = beside(&self.path, ".lock");
        let problem =
            |error: &io::Error| self.problem(&format!("locked by {}", path.display()), error);
        let lock = files::open_lock(&path).map_err(|error| problem(&error))?;
        match FileExt::try_lock(&lock) {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(problem(&error)),
        }
    }

    fn lease(&self) -> MutexGuard<'_, Option<(File, Instant)>> {
        self.lease.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn draft(&self) -> MutexGuard<'_, Option<Draft>> {
        self.draft.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn problem(&self, what: &str, error: &io::Error) -> StoreError {
        format!("{} can't be {what}: {error}", self.path.display()).into()
    }
}

impl TokenStore for FileStore {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        let kept = self.read()?;
        if draft::all_beside(&self.path).is_empty() {
            return Ok(kept.map(|saved| saved.tokens));
        }
        // Whoever refreshes looks after what was left, and so does whoever looks while nobody refreshes.
        let lease = self.lease();
        let lock = match *lease {
            Some(_) => None,
            None => self.lock().ok().flatten(),
        };
        if lease.is_none() && lock.is_none() {
            return Ok(kept.map(|saved| saved.tokens));
        }
        // It may have changed before the lock was there.
        let kept = leftover::adopt(&self.path, self.read()?);
        Ok(kept.map(|saved| saved.tokens))
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        let problem = |error: io::Error| self.problem("written", &error);
        // What can't be read is replaced as well: the new pair is worth more.
        let before = self.read().ok().flatten();
        let bytes = Saved::content(tokens, before.as_ref())?;
        let mut draft = self.draft().take();
        for _ in 0..3 {
            let own = match draft.take() {
                Some(draft) => draft,
                None => self.begin().map_err(problem)?,
            };
            match own.put(&bytes, &self.path) {
                // Somebody has removed it, or taken it for a leftover.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                outcome => {
                    outcome.map_err(problem)?;
                    leftover::remove_all(&self.path);
                    return Ok(());
                }
            }
        }
        Err(problem(ErrorKind::NotFound.into()))
    }

    fn prepare(&self) -> Result<(), StoreError> {
        let problem = |error: io::Error| self.problem("written", &error);
        let mut draft = self.begin().map_err(problem)?;
        draft.reserve().map_err(problem)?;
        *self.draft() = Some(draft);
        Ok(())
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        let mut lease = self.lease();
        let now = Instant::now();
        if let Some((_, until)) = &*lease {
            if *until > now {
                return Ok(Lease::Held(until.duration_since(now)));
            }
        }
        // One that was not given back in time is over.
        *lease = None;
        let Some(lock) = self.lock()? else {
            return Ok(Lease::Held(LOOK));
        };
        *lease = Some((lock, now.checked_add(time).unwrap_or(now)));
        Ok(Lease::Granted)
    }

    fn release(&self) -> Result<(), StoreError> {
        // What was not needed is removed.
        drop(self.draft().take());
        // Closing the file frees the lock.
        *self.lease() = None;
        Ok(())
    }
}
