//! What the HTTP libraries write to `log`.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use log::{LevelFilter, Log, Metadata, Record};

struct Ears;

static HEARD: Mutex<String> = Mutex::new(String::new());
static LISTENERS: AtomicUsize = AtomicUsize::new(0);

/// Begins to listen, to all tests that run beside this one too.
pub(super) fn listen() {
    LISTENERS.fetch_add(1, Ordering::SeqCst);
    // A second test finds it done.
    let _ = log::set_logger(&Ears);
    log::set_max_level(LevelFilter::Trace);
}

/// Ends listening; all that was written so far.
pub(super) fn heard() -> String {
    if LISTENERS.fetch_sub(1, Ordering::SeqCst) == 1 {
        log::set_max_level(LevelFilter::Off);
    }
    let heard = heard_so_far().clone();
    assert!(!heard.is_empty(), "nobody listened");
    heard
}

fn heard_so_far() -> MutexGuard<'static, String> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Log for Ears {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let _ = writeln!(heard_so_far(), "{} {}", record.target(), record.args());
    }

    fn flush(&self) {}
}
