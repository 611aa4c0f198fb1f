//! Several methods in one request.

mod parts;
mod query;

pub use parts::Parts;
pub(crate) use parts::{Part, key};
pub(crate) use query::Query;

/// How many commands a batch can have.
pub(crate) const COMMANDS: usize = 50;
