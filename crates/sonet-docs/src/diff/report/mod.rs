//! What was found, for people and for programs.

mod human;
mod json;
mod lines;
mod markdown;
mod summary;

pub use human::{human, problems};
pub use json::json;
pub use markdown::markdown;
