//! Scenarios of the engine: what it sends, what it is told, what it waits for, and what comes of it, as transcripts in
//! virtual time.

#![allow(clippy::unwrap_used, clippy::expect_used)]
// Virtual time needs a beginning, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]

mod calls;
mod limits;
mod moves;
mod play;
mod reconcile;
mod retries;
