//! What a row of a table says of a parameter or field, property by property.

mod declaration;
mod default;
mod enumeration;
pub(super) mod outdated;
pub(super) mod required;
pub(crate) mod types;
pub(super) mod values;

pub(super) use declaration::Declaration;
pub(super) use default::compare as compare_default;
pub(super) use values::compare as compare_values;
