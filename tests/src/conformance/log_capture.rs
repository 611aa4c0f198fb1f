//! What the HTTP libraries write to `log`.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use log::{LevelFilter, Log, Metadata, Record};

struct LogCapture;

static CAPTURED: Mutex<String> = Mutex::new(String::new());
static CAPTURES: AtomicUsize = AtomicUsize::new(0);

/// Begins to capture, of all tests that run beside this one too.
pub(super) fn start() {
    CAPTURES.fetch_add(1, Ordering::SeqCst);
    // A second test finds it done.
    let _ = log::set_logger(&LogCapture);
    log::set_max_level(LevelFilter::Trace);
}

/// Ends the capture; all that was written so far.
pub(super) fn finish() -> String {
    if CAPTURES.fetch_sub(1, Ordering::SeqCst) == 1 {
        log::set_max_level(LevelFilter::Off);
    }
    let captured = captured().clone();
    assert!(!captured.is_empty(), "nothing was captured");
    captured
}

fn captured() -> MutexGuard<'static, String> {
    CAPTURED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Log for LogCapture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let _ = writeln!(captured(), "{} {}", record.target(), record.args());
    }

    fn flush(&self) {}
}
