//! Several methods in one request.

mod again;
mod answers;
mod builder;
mod chunk;
mod command;
mod handle;
mod parts;
mod query;
mod reference;
mod request;
mod run;
mod settle;
mod split;
mod tuple;

pub use answers::Answers;
pub use builder::Batch;
pub use chunk::Chunk;
pub use handle::Handle;
pub use parts::Parts;
pub(crate) use parts::{Part, key};
pub(crate) use query::Query;
pub use reference::{Path, Reference, References, StandIn};
pub use run::BatchRun;
pub use tuple::Commands;

/// How many commands a batch can have.
pub(crate) const COMMANDS: usize = 50;
