//! Parameters and fields, as tables, lists and sentences describe them.
//!
//! `reader` is the recursive descent: a row has a description, which has lists and tables, which have rows. What a heading
//! of a table, a first cell, the beginning of an entry and a sentence say, each has a file of its own.

mod alternatives;
mod columns;
mod first_cell;
mod nest;
mod reader;
mod section;
mod sentence;
mod term;
mod values;

pub(super) use alternatives::one_of;
pub(super) use columns::{columns, too_long};
pub(super) use nest::nest;
pub(super) use reader::Reader;
pub(super) use section::items;
