//! Methods, and what stands in them.

use super::{At, Decision, Text};
use crate::types::Type;

/// A REST method.
#[derive(Debug, Clone)]
pub struct Method {
    /// The name on the wire.
    pub name: Text,
    /// The Rust type's name, where it can't be derived.
    pub rust: Option<Text>,
    /// Its page, relative to the documentation.
    pub page: Text,
    /// The scope that the portal checks.
    pub scope: Text,
    /// What may be done after a lost answer.
    pub effect: At<Effect>,
    /// How to find out whether a write ran.
    pub lost_answer: Option<Text>,
    /// Who may call it.
    pub who: String,
    /// What it does.
    pub doc: String,
    /// What to use instead, if the vendor no longer develops it.
    pub deprecated: Option<Text>,
    /// Its parameters, in order.
    pub params: Vec<Param>,
    /// Prefixes of filter keys.
    pub filter_operators: Vec<Text>,
    /// Fields to filter by.
    pub filter_fields: Vec<FilterField>,
    /// Fields to sort by, out of `filter_fields`.
    pub order_fields: Vec<Text>,
    /// Fields to select.
    pub select_fields: Vec<SelectField>,
    /// What `result` is.
    pub result: MethodResult,
    /// How it pages, if it does.
    pub paged: Option<Paged>,
    /// Its documented errors.
    pub errors: Vec<ErrorDef>,
    /// Contradictions and what was decided.
    pub decisions: Vec<Decision>,
    /// What nobody has judged yet.
    pub doubts: Vec<Text>,
}

impl Method {
    /// The parameters at every depth, outer before inner.
    #[must_use]
    pub fn all_params(&self) -> Vec<&Param> {
        Param::all(&self.params)
    }
}

/// What may be done after a lost answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Reads: repeat.
    Read,
    /// A write that may be repeated.
    Repeatable,
    /// A write that must not be repeated.
    Write,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Param {
    /// The name on the wire.
    pub name: Text,
    /// The Rust name, where it can't be derived.
    pub rust: Option<Text>,
    /// The type; the names in it are not resolved.
    pub ty: At<Type>,
    /// Whether the method needs it.
    pub required: bool,
    /// What the server assumes.
    pub default: Option<String>,
    /// Whether an empty text or list is refused before sending.
    pub non_empty: At<bool>,
    /// Whether more may be sent than is listed: values of an enum, keys of an object, fields of a filter, an order or a
    /// selection.
    pub open: At<bool>,
    /// Meanings of a flag's values.
    pub values: Vec<ParamValue>,
    /// Whether setting it turns a repeatable call into a write.
    pub once: At<bool>,
    /// A setter of its own for a value that clears.
    pub clear: Option<Clear>,
    /// What to use instead, if the vendor calls it outdated.
    pub deprecated: Option<Text>,
    /// The parameters inside an `object`.
    pub fields: Vec<Param>,
    /// What it says.
    pub doc: String,
}

impl Param {
    /// The parameters at every depth, outer before inner.
    #[must_use]
    pub fn all(params: &[Self]) -> Vec<&Self> {
        let mut all = Vec::new();
        for param in params {
            all.push(param);
            all.extend(Self::all(&param.fields));
        }
        all
    }
}

/// A value of a parameter and its meaning.
#[derive(Debug, Clone)]
pub struct ParamValue {
    /// The value on the wire.
    pub wire: Text,
    /// What it means.
    pub doc: String,
}

/// A setter that sends a value which clears.
#[derive(Debug, Clone)]
pub struct Clear {
    /// The setter's name.
    pub rust: Text,
    /// The value that it sends.
    pub value: At<i64>,
    /// What it does.
    pub doc: String,
}

/// A field to filter by.
#[derive(Debug, Clone)]
pub struct FilterField {
    /// The name in the filter.
    pub name: Text,
    /// The type; the names in it are not resolved.
    pub ty: At<Type>,
    /// What it says.
    pub doc: String,
}

/// A field to select.
#[derive(Debug, Clone)]
pub struct SelectField {
    /// The name in the request.
    pub name: Text,
    /// The name in the answer, where it differs.
    pub returns: Option<Text>,
    /// Whether a selection without it can't be decoded.
    pub required: bool,
    /// What it says.
    pub doc: String,
}

/// What `result` is.
#[derive(Debug, Clone)]
pub struct MethodResult {
    /// The type; the names in it are not resolved.
    pub ty: At<Type>,
    /// What it says.
    pub doc: String,
    /// The only key of the result, which holds the value.
    pub within: Option<Text>,
    /// Whether the method may answer that there is nothing, with `[]` in place of what is in that key.
    pub optional: At<bool>,
    /// The keys that the page lists, where it is an object around a map.
    pub keys: Vec<Text>,
}

/// How a method pages.
#[derive(Debug, Clone)]
pub struct Paged {
    /// Where the rows stand: `result` or `result.<key>`.
    pub rows: Text,
    /// Whether `start = -1` is documented.
    pub uncounted: bool,
    /// The error by which the method says that there are no rows.
    pub nothing: Option<Text>,
    /// The field to walk by, in the filter and the order; without one, a walk goes by offset.
    pub cursor: Option<Text>,
    /// The number that a row is known by: with a cursor, the same field in a row.
    pub row_cursor: Option<Text>,
}

impl Paged {
    /// How many rows a page has, in every list.
    pub const ROWS: usize = 50;
}

/// A documented error.
#[derive(Debug, Clone)]
pub struct ErrorDef {
    /// Our name of it.
    pub name: Text,
    /// The wire's `error`.
    pub code: Text,
    /// The wire's `error_description`.
    pub text: Text,
    /// Whether the text follows the portal's language.
    pub localized: bool,
    /// The HTTP status, where it is not the usual one.
    pub status: Option<At<i64>>,
    /// When it is answered.
    pub doc: String,
}

impl ErrorDef {
    /// The HTTP status of nearly all errors.
    pub const USUAL_STATUS: i64 = 400;

    /// The HTTP status that it comes with.
    #[must_use]
    pub fn status(&self) -> i64 {
        self.status
            .as_ref()
            .map_or(Self::USUAL_STATUS, |status| status.value)
    }

    /// Whether its code tells it from others. A number doesn't: methods answer the same one whatever went wrong.
    #[must_use]
    pub fn is_told_by_code(&self) -> bool {
        Self::is_telling(&self.code)
    }

    /// Whether a code tells an error from others: it is more than a number, or a number of six digits at least. Clients have
    /// the same rule.
    #[must_use]
    pub fn is_telling(code: &str) -> bool {
        code.len() >= 6 || !code.bytes().all(|byte| byte.is_ascii_digit())
    }
}
