//! How many requests of a client are out at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sonet_core::{Config, ProgressEvent};

use super::world::World;

/// How many requests are out, and how many were at most.
#[derive(Clone, Default)]
pub(super) struct Out(Arc<(AtomicUsize, AtomicUsize)>);

impl Out {
    /// An administrator's settings, with which it counts.
    pub(super) fn config(&self, world: &World) -> Config {
        let out = self.clone();
        let config = Config::webhook(&world.webhook(world.admin())).unwrap();
        config.on_progress(move |progress| {
            let (now, most) = &*out.0;
            match progress.event {
                ProgressEvent::Sending => {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                }
                ProgressEvent::Succeeded { .. }
                | ProgressEvent::Failed(_)
                | ProgressEvent::GaveUp(_) => {
                    now.fetch_sub(1, Ordering::SeqCst);
                }
                _ => {}
            }
        })
    }

    pub(super) fn most(&self) -> usize {
        self.0.1.load(Ordering::SeqCst)
    }
}
