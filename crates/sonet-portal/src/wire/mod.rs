//! What goes over the wire: parameters on the way in, JSON on the way out.
//!
//! [`params`] reads a request's parameters, be they in [`form`], [`multipart`] or [`json`], into the
//! [`value`]s that PHP would have, with [`brackets`] in their names. [`output`] is the JSON of answers.

pub(crate) mod brackets;
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod multipart;
pub(crate) mod output;
pub(crate) mod params;
#[cfg(test)]
mod properties;
pub(crate) mod value;
