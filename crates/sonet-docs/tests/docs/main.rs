//! The vendor's pages: what is read of them, and how the spec is held against them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod apply;
mod apply_edits;
mod bodies;
mod checkouts;
mod depth;
mod examples;
mod findings;
mod fixtures;
mod forms;
mod import;
mod imported_agree;
mod imported_answers;
mod imported_calls;
mod imported_inputs;
mod imported_names;
mod imported_sections;
mod imported_twins;
mod mutations;
mod other_forms;
mod outline;
mod partial;
mod progress;
mod removals;
mod roundtrip;
mod unusual_layouts;
mod update;
