//! The function behind a taught method.

use super::{Reply, TaughtCall};
use crate::methods::call::{Call, Outcome};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

/// The function behind a taught method.
#[derive(Clone)]
pub(crate) struct Handler(Arc<Mutex<Function>>);

type Function = dyn FnMut(&TaughtCall) -> Reply + Send;

impl Handler {
    pub(crate) fn new(function: impl FnMut(&TaughtCall) -> Reply + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(function)))
    }

    /// Runs it. One that panics, or whose reply is none, is told by a text.
    pub(crate) fn run(&self, method: &'static str, call: &Call<'_>) -> Result<Outcome, String> {
        let taught = TaughtCall::of(method, call);
        let run = || (self.0.lock().unwrap_or_else(PoisonError::into_inner))(&taught);
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(reply) => reply.outcome(call),
            Err(panic) => {
                let text = panic.downcast_ref::<&str>().copied();
                let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
                Err(format!("panicked: {}", text.unwrap_or("without a text")))
            }
        }
    }
}
