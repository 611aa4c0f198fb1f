//! Objects of answers and events: their fields in tables and in examples.

mod example_value;
mod examples;
mod object;
mod stars;
mod table;
mod values;

pub(super) use example_value::ExampleValue;
pub(crate) use example_value::{is_numbered, numbered_rows};
pub(super) use object::compare;
