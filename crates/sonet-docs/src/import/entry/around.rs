//! Where a parameter stands, and what examples send there.

use serde_json::Value;

use super::form::Form;
use super::sent::{Wrapped, sent};

/// What the parameters are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Method,
    /// Of an object that is a parameter of the method.
    Object,
    /// Of an object with an entry of its own.
    Input,
}

/// What a parameter stands in.
pub(super) struct Around<'a> {
    pub(super) level: Level,
    /// The path of it in the entry.
    pub(super) path: &'a str,
    /// The path of it on the page.
    pub(super) said: &'a str,
    /// Whether rows there have types.
    pub(super) is_typed: bool,
    /// What examples send there.
    pub(super) shown: &'a [&'a Value],
    /// What programs send there, as far as they say it in literals.
    pub(super) programs: &'a [&'a Value],
    /// The calls that have everything once more within one of their parameters.
    pub(super) wrapped: &'a [Wrapped<'a>],
    /// The calls that tell what can be left out: what programs send, where nothing else is shown.
    pub(super) calls: &'a [&'a Value],
}

/// A parameter with a table of its own.
pub(super) struct Inner<'a> {
    /// Its path in the entry.
    pub(super) on: &'a str,
    /// Its path on the page.
    pub(super) said: &'a str,
    pub(super) form: Form,
    /// What examples send for it.
    pub(super) shown: &'a [&'a Value],
    /// What programs send for it.
    pub(super) programs: &'a [&'a Value],
}

/// What is sent under a name.
pub(super) fn under<'v>(values: &[&'v Value], name: &str) -> Vec<&'v Value> {
    let values = values.iter();
    values.filter_map(|value| sent(value, name)).collect()
}
