//! Methods that a program has taught the portal.

mod call;
pub(crate) mod handler;
mod reply;
pub(crate) mod table;
mod walk;

pub use call::TaughtCall;
pub use reply::Reply;
pub use table::TeachError;
