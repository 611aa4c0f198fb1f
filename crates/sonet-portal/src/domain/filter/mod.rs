//! Filters and orders over groups, in the two dialects of the two list methods, over the tables of
//! scrums, and over whatever else has fields (`search`).
//!
//! What a dialect does not know is dropped without a word, which widens the selection. A client that
//! sends such a key gets more rows than it asked for, exactly as from a real portal.
//!
//! A new operator is a variant of `operator`, which knows how each dialect writes it, and a line in
//! `operands`, which says what meets it. A new field of groups is a variant of `field`.

mod condition;
mod field;
mod like;
mod operands;
mod operator;
mod order;
mod search;
mod table;

pub(crate) use condition::Filter;
pub(crate) use field::{Field, FieldValue};
pub(crate) use operator::{Dialect, TableDialect};
pub(crate) use order::{Direction, Order};
pub(crate) use search::{Conditions, Sorting};
pub(crate) use table::{Cell, Column, Query, print};
