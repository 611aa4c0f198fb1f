//! What the spec's decisions settle, and which of them settle nothing any more.

mod judge;
mod quote;
mod settle;

pub(crate) use quote::quote_row;
pub(super) use settle::{Key, Settled, settle};
