//! The generated code of the generator's fixture, so that everything that the generator can write is compiled.

// Objects of the wire have as many flags as they have, and a module may hold the object that it is named after.
#[allow(clippy::struct_excessive_bools, clippy::module_inception)]
#[rustfmt::skip]
mod generated;

pub use generated::*;
