//! What the spec has where a page has a row.

use crate::diff::site::{Entry, Site};
use sonet_spec::model::{At, Field, FilterField, Nothing, Param, ParamValue};
use sonet_spec::types::Type;

/// A parameter or field of the spec.
pub(crate) struct Declaration<'s> {
    pub(crate) site: Site<'s>,
    pub(crate) ty: &'s At<Type>,
    /// The values of a flag.
    pub(crate) values: &'s [ParamValue],
    /// Whether more is taken than is listed.
    pub(crate) open: bool,
    /// Values that mean "no value".
    pub(crate) none: Vec<Nothing>,
}

impl<'s> Declaration<'s> {
    pub(crate) fn param(entry: Entry<'s>, on: &str, param: &'s Param) -> Self {
        Self {
            site: entry.site(on, &param.name.span),
            ty: &param.ty,
            values: &param.values,
            open: param.open.value,
            none: Vec::new(),
        }
    }

    pub(crate) fn field(entry: Entry<'s>, field: &'s Field) -> Self {
        Self {
            site: entry.site(format!("fields.{}", *field.name), &field.name.span),
            ty: &field.ty,
            values: &[],
            open: false,
            none: field.none.iter().map(|nothing| nothing.value).collect(),
        }
    }

    pub(crate) fn filter_field(entry: Entry<'s>, field: &'s FilterField) -> Self {
        Self {
            site: entry.site(format!("filter_fields.{}", *field.name), &field.name.span),
            ty: &field.ty,
            values: &[],
            open: false,
            none: Vec::new(),
        }
    }

    /// Whether a value means "no value".
    pub(crate) fn is_nothing(&self, value: &str) -> bool {
        self.none.iter().any(|nothing| match nothing {
            Nothing::Zero => value == "0",
            Nothing::Empty => value.is_empty(),
            Nothing::False => value == "false",
        })
    }
}
