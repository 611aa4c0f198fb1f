//! The row that a table has of a field.

use crate::diff::comparison::Comparison;
use crate::diff::row::required::{self, Required};
use crate::diff::row::{Declaration, compare_values, outdated, types};
use crate::diff::site::{Quote, Site};
use crate::diff::statement::Statement;
use crate::markup::Location;
use crate::page::Item;
use sonet_spec::model::{Field, FindingKind};

/// Compares a row with its field.
pub(super) fn compare(
    cx: &mut Comparison<'_>,
    declaration: &Declaration<'_>,
    field: &Field,
    row: &Item,
    rows: &[Item],
) {
    let site = &declaration.site;
    cx.says(site, Statement::of(row));
    types::compare(cx, site, &field.ty, row, &format!("`{}`", row.name));
    if row.types.iter().any(|ty| ty == "null") && !field.is_option() {
        let message = format!("`{}` may be `null` on the page", row.name);
        report_null(cx, site, &row.at, message);
    }
    outdated::compare(cx, site, row);
    compare_values(cx, declaration, row);
    types::compare_presence(cx, site, &field.ty, row, rows);
}

/// Compares whether a field is always there, where the stars of the table say so.
pub(super) fn compare_star(cx: &mut Comparison<'_>, site: &Site<'_>, field: &Field, row: &Item) {
    let required = Required {
        page: row.required == Some(true),
        spec: !field.optional,
    };
    required::compare_answered(cx, site, row, &required);
}

/// Says that there may be `null`.
pub(super) fn report_null(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    at: &Location,
    message: String,
) {
    cx.breaking(site, FindingKind::Null, Quote::new("null", at), message);
}
