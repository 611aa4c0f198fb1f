//! What the rows of fields to filter by say beside their names.

use crate::diff::comparison::Comparison;
use crate::diff::finding::Effect;
use crate::diff::row::required::{self, Required};
use crate::diff::row::{Declaration, compare_values, outdated, types};
use crate::diff::site::Entry;
use crate::diff::statement::Statement;
use sonet_spec::model::Method;

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let rows = cx.page.filter_fields.as_deref().unwrap_or_default();
    for field in &method.filter_fields {
        let declaration = Declaration::filter_field(entry, field);
        let site = &declaration.site;
        for row in rows.iter().filter(|row| row.name == *field.name) {
            cx.says(site, Statement::of(row));
            let subject = format!("the filter by `{}`", row.name);
            types::compare(cx, site, &field.ty, row, &subject);
            types::compare_presence(cx, site, &field.ty, row, rows);
            if !row.values.is_empty() {
                compare_values(cx, &declaration, row);
            }
            outdated::compare(cx, site, row);
            let required = Required {
                page: row.required == Some(true),
                spec: false,
            };
            required::compare_sent(cx, site, Effect::Breaking, row, &required);
        }
    }
}
