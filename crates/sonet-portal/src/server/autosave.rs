//! A thread that keeps a portal's data in a file.

use super::shared::Shared;
use crate::domain::state::State;
use crate::rest::snapshot::Snapshot;
use crate::server::store::Store;
use std::io;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How old what is in the file may be.
const PERIOD: Duration = Duration::from_secs(1);

/// Saves what changes, once a second and at the end. Writing each change on its own would make
/// every call wait for the disk.
pub(super) struct Autosave {
    /// Dropped at the end, which the thread notices.
    running: Sender<()>,
    thread: JoinHandle<()>,
}

impl Autosave {
    /// Begins with what the file holds already.
    pub(super) fn start(
        shared: Arc<Shared>,
        store: Store,
        seed: u64,
        saved: State,
    ) -> io::Result<Self> {
        let (running, ended) = mpsc::channel::<()>();
        let mut work = Work {
            shared,
            store,
            seed,
            saved,
            saved_access: None,
            last_call: 0,
        };
        // Whoever starts a server learns at once that the file can't be written.
        work.save()?;
        let thread = thread::Builder::new()
            .name("portal-autosave".to_owned())
            .spawn(move || {
                loop {
                    let ending = ended.recv_timeout(PERIOD) != Err(RecvTimeoutError::Timeout);
                    if ending || work.has_news() {
                        if let Err(error) = work.save() {
                            eprintln!("warning: {error}");
                        }
                    }
                    if ending {
                        return;
                    }
                }
            })?;
        Ok(Self { running, thread })
    }

    /// Saves what is left.
    pub(super) fn finish(self) {
        drop(self.running);
        let _ = self.thread.join();
    }
}

struct Work {
    shared: Arc<Shared>,
    store: Store,
    seed: u64,
    /// What is in the file.
    saved: State,
    /// Who may come in as the file has it.
    saved_access: Option<Snapshot>,
    last_call: u64,
}

impl Work {
    /// Whether anybody has called since the last time.
    fn has_news(&mut self) -> bool {
        let last = self.shared.log.last_number();
        std::mem::replace(&mut self.last_call, last) != last
    }

    fn save(&mut self) -> io::Result<()> {
        let portal = self.shared.portal.lock();
        let portal = portal.unwrap_or_else(PoisonError::into_inner);
        let changes = portal.changes_since(&self.saved);
        let access = Some(portal.access_snapshot());
        drop(portal);
        let news = access.as_ref().filter(|_| access != self.saved_access);
        if changes.is_empty() && news.is_none() {
            return Ok(());
        }
        self.store.save(self.seed, &changes, news)?;
        self.saved.apply(changes);
        self.saved_access = access;
        Ok(())
    }
}
