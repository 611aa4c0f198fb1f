//! The vendor's pages: what is read of them, and how the spec is held against them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod apply;
mod checkouts;
mod examples;
mod findings;
mod forms;
mod import;
mod losses;
mod outline;
mod pages;
mod roundtrip;
mod watching;
