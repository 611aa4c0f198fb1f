//! The stars of a table, which may say which fields are always there.

use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::diff::statement::required_word;
use crate::page::Item;
use sonet_spec::model::{FindingKind, Object};

/// Whether the stars of a table say which fields are always there.
pub(super) enum Stars<'i> {
    /// No row has one.
    None,
    /// Some row has one that need not, and most of those that are always there by the spec have none: it says nothing of the
    /// others.
    Few(&'i Item),
    /// They do.
    All,
}

impl<'i> Stars<'i> {
    pub(super) fn of(object: &Object, rows: &'i [Item]) -> Self {
        let starred = |row: &&Item| row.required == Some(true);
        let Some(first) = rows.iter().find(starred) else {
            return Self::None;
        };
        let always = object.fields.iter().filter(|field| !field.optional);
        let always = always.filter_map(|field| {
            let mut rows = rows.iter();
            rows.find(|row| row.name == *field.name)
        });
        let (with, without): (Vec<_>, Vec<_>) = always.partition(starred);
        if with.len() >= without.len() {
            Self::All
        } else {
            Self::Few(with.first().copied().unwrap_or(first))
        }
    }

    /// Whether a row says whether its field is always there.
    pub(super) fn tell(&self, row: &Item) -> bool {
        matches!(self, Self::All) || row.required == Some(true)
    }

    /// Says that there are few. One star where there was none is one change, whatever it does not say of the other rows.
    pub(super) fn compare(&self, cx: &mut Comparison<'_>, entry: Entry<'_>, object: &Object) {
        let Self::Few(row) = self else {
            return;
        };
        let mut fields = object.fields.iter();
        let Some(field) = fields.find(|field| *field.name == row.name && !field.optional) else {
            // It is found as always there.
            return;
        };
        let site = entry.site(format!("fields.{}", row.name), &field.name.span);
        let message = format!(
            "`{}` has a star on the page, and others that are always there in the spec have none",
            row.name
        );
        let quote = Quote::new(required_word(true), &row.at);
        cx.compatible(&site, FindingKind::Required, quote, message);
    }
}
