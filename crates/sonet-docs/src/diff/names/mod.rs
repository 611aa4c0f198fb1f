//! Names that a list of the spec has and a table of a page has not, and the other way round.

mod changes;
mod renames;

pub(super) use changes::Changes;
pub(super) use renames::{Order, Renames};
