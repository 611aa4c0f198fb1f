//! What the rows of fields to select say beside their names.

use crate::diff::comparison::Comparison;
use crate::diff::finding::Effect;
use crate::diff::row::required::{self, Required};
use crate::diff::row::{outdated, types};
use crate::diff::site::{Entry, Quote, Site};
use crate::page::Item;
use sonet_spec::model::{Field, FindingKind, Method, Object, SelectField};

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let rows = cx.page.select_fields.as_deref().unwrap_or_default();
    let typed = are_types_of_fields(rows);
    for field in &method.select_fields {
        let site = entry.site(format!("select_fields.{}", *field.name), &field.name.span);
        for row in rows.iter().filter(|row| row.name == *field.name) {
            outdated::compare(cx, &site, row);
            if row.required == Some(true) {
                let required = Required {
                    page: true,
                    spec: field.required,
                };
                required::compare_sent(cx, &site, Effect::Compatible, row, &required);
            }
            if typed || row.types.iter().any(|ty| ty != "string") {
                compare_answered(cx, &site, method, field, row);
            }
        }
    }
}

/// Some tables have the types of the fields, and others the one of their names: `string` in every row.
fn are_types_of_fields(rows: &[Item]) -> bool {
    let other = rows
        .iter()
        .filter(|row| row.types.iter().any(|ty| ty != "string"));
    other.count() > 1
}

/// What is selected has the type of what is answered.
fn compare_answered(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    method: &Method,
    selected: &SelectField,
    row: &Item,
) {
    let Some(field) = answered(cx, method, selected) else {
        return;
    };
    if types::fit(&field.ty, &row.types, cx.symbols) {
        return;
    }
    let said = row.ty();
    let message = format!(
        "`{}` is `{said}` on the page, and answered as `{}` in the spec",
        row.name, field.ty.value
    );
    let quote = Quote::new(said, &row.at);
    cx.compatible(site, FindingKind::Type, quote, message);
}

/// The field of the rows that a selected one comes as.
fn answered<'s>(cx: &Comparison<'s>, method: &Method, selected: &SelectField) -> Option<&'s Field> {
    let answer = cx.symbols.object(method.result.ty.innermost_of_lists())?;
    let object = row_of(cx, answer);
    let name = selected.returns.as_ref().unwrap_or(&selected.name);
    let letters = |name: &str| name.replace('_', "").to_lowercase();
    let find = |is: &dyn Fn(&str) -> bool| object.fields.iter().find(|field| is(&field.name));
    find(&|field| *field == name.value).or_else(|| find(&|field| letters(field) == letters(name)))
}

/// The object of a row, where an answer has a list of them under a key.
fn row_of<'s>(cx: &Comparison<'s>, object: &'s Object) -> &'s Object {
    let [field] = object.fields.as_slice() else {
        return object;
    };
    let inner = cx.symbols.object(field.ty.innermost_of_lists());
    inner.unwrap_or(object)
}
