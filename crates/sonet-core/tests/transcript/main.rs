//! Scenarios of the engine: what it sends, what it is told, what it waits for, and what comes of it, as transcripts in
//! virtual time.

#![allow(clippy::unwrap_used, clippy::expect_used)]
// Virtual time needs a beginning, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]

mod batch;
mod batches_at_once;
mod calls;
mod crowd;
mod dice;
mod errors;
mod liar;
mod limits;
mod lists;
mod moves;
mod oauth;
mod oauth_answers;
mod oauth_room;
mod oauth_sharing;
mod play;
mod queue;
mod reconcile;
mod references;
mod refusals;
mod retries;
mod shared_limit;
mod shelf;
mod walks;
mod windows;
