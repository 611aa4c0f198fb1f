//! Filters and orders over groups, in the two dialects of the two list methods.
//!
//! What a dialect does not know is dropped without a word, which widens the selection. A client that
//! sends such a key gets more rows than it asked for, exactly as from a real portal.

mod condition;
mod field;
mod like;
mod operator;
mod order;

pub(crate) use condition::Filter;
pub(crate) use field::Field;
pub(crate) use operator::Dialect;
pub(crate) use order::Order;
