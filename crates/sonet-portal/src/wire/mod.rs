//! What goes over the wire: parameters on the way in, JSON on the way out.

pub(crate) mod brackets;
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod multipart;
pub(crate) mod output;
pub(crate) mod params;
#[cfg(test)]
mod properties;
pub(crate) mod value;
