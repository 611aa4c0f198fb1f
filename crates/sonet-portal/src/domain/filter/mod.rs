//! Filters and orders over groups, in the two dialects of the two list methods, and over the tables of
//! scrums.
//!
//! What a dialect does not know is dropped without a word, which widens the selection. A client that
//! sends such a key gets more rows than it asked for, exactly as from a real portal.

mod condition;
mod field;
mod like;
mod operands;
mod operator;
mod order;
mod table;

pub(crate) use condition::Filter;
pub(crate) use field::Field;
pub(crate) use operator::{Dialect, scrum_key};
pub(crate) use order::{Direction, Order};
pub(crate) use table::{Cell, Column, Query, print};
