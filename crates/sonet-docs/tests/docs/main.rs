//! The vendor's pages: what is read of them, and how the spec is held against them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod apply;
mod bodies;
mod checkouts;
mod depth;
mod examples;
mod findings;
mod forms;
mod import;
mod imported_names;
mod losses;
mod mutations;
mod other_forms;
mod outline;
mod pages;
mod partial;
mod progress;
mod roundtrip;
mod silence;
mod written;
