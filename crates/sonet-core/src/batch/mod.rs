//! Several methods in one request.

mod answers;
#[cfg(test)]
mod arrival;
mod batch_request;
mod builder;
mod call;
mod command;
mod done;
mod handle;
mod outcome;
mod query;
mod reference;
mod request;
mod result;
mod retry;
mod run;
mod split;
mod tuple;
mod typed;
mod unsayable;

pub use answers::BatchAnswers;
pub use batch_request::BatchRequest;
pub use builder::Batch;
pub use call::BatchCall;
pub use handle::Handle;
pub(crate) use query::Query;
pub use reference::{Placeholder, Reference, References, ResultPath};
pub use run::{BatchRun, BatchStep};
pub use tuple::Commands;
pub use typed::TypedAnswers;
pub(crate) use typed::{TypedAnswer, key};

/// How many commands a batch can have.
pub(crate) const COMMANDS: usize = 50;
