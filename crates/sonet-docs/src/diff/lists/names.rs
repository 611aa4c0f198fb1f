//! The names in the lists of the spec and in those of the page.

use crate::diff::comparison::Comparison;
use crate::diff::finding::Row;
use crate::diff::names::{Changes, Renames};
use crate::diff::site::{Entry, Quote};
use crate::diff::statement::Statement;
use crate::markup::Location;
use crate::page::Item;
use crate::words::role;
use sonet_spec::model::{FindingKind, Method, Text};
use sonet_spec::types::Type;

/// A list of names in the spec and on the page.
struct List<'l> {
    key: &'l str,
    /// What one of them is.
    what: &'l str,
    spec: Vec<&'l Text>,
    page: Option<Vec<(&'l str, &'l Location)>>,
    /// The rows that have the page's names, if they stand in a table.
    rows: &'l [Item],
}

impl<'l> List<'l> {
    fn of_rows(key: &'l str, what: &'l str, spec: Vec<&'l Text>, rows: Option<&'l [Item]>) -> Self {
        let page = rows.map(|rows| rows.iter().map(|row| (row.name.as_str(), &row.at)));
        Self {
            key,
            what,
            spec,
            page: page.map(Iterator::collect),
            rows: rows.unwrap_or_default(),
        }
    }
}

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let said = page.filter_operators.as_deref();
    let said = said.map(|said| said.iter().map(|said| (said.text.as_str(), &said.at)));
    let filter_fields = method.filter_fields.iter().map(|field| &field.name);
    let select_fields = method.select_fields.iter().map(|field| &field.name);
    let orders = List::of_rows(
        "order_fields",
        "field to sort by",
        method.order_fields.iter().collect(),
        page.order_fields.as_deref(),
    );
    let selections = List::of_rows(
        "select_fields",
        "field to select",
        select_fields.collect(),
        page.select_fields.as_deref(),
    );
    for list in [&orders, &selections] {
        for row in list.rows {
            let site = entry.site(format!("{}.{}", list.key, row.name), &entry.name.span);
            cx.says(&site, Statement::of(row));
        }
    }
    let lists = [
        List {
            key: "filter_operators",
            what: "operator",
            spec: method.filter_operators.iter().collect(),
            page: said.map(Iterator::collect),
            rows: &[],
        },
        List::of_rows(
            "filter_fields",
            "field to filter by",
            filter_fields.collect(),
            page.filter_fields.as_deref(),
        ),
        orders,
        selections,
    ];
    for list in lists {
        if !takes_anything(method, list.key) {
            compare_names(cx, entry, &list);
        }
    }
}

/// Whether the parameter that a list is for takes anything, so that nothing is listed.
fn takes_anything(method: &Method, list: &str) -> bool {
    let wanted = list.split('_').next();
    let mut params = method.all_params().into_iter();
    params.any(|param| (*param.ty == Type::Json || param.open.value) && role(&param.name) == wanted)
}

fn compare_names(cx: &mut Comparison<'_>, entry: Entry<'_>, list: &List<'_>) {
    let start = cx.page.start();
    let (key, what) = (list.key, list.what);
    let Some(said) = &list.page else {
        if !list.spec.is_empty() {
            let site = entry.site(key, &entry.name.span);
            let message = format!("the page does not list any {what}");
            cx.compatible(&site, FindingKind::Missing, Quote::nothing(&start), message);
        }
        return;
    };
    let spec = list.spec.iter().copied();
    let missing = spec
        .filter(|name| !name.is_empty() && said.iter().all(|(other, _)| *other != name.as_str()));
    let page = said.iter().copied();
    let new = page.filter(|(name, _)| list.spec.iter().all(|known| known.as_str() != *name));
    let changes = Changes {
        entry,
        list: key,
        what,
        missing: missing.collect(),
        new: new.collect(),
        at: said.first().map_or(&start, |(_, at)| at),
    };
    // Operators are too short to be like one another.
    let is_word = |(name, _): &(&str, _)| name.chars().any(char::is_alphanumeric);
    let renames = if changes.new.iter().all(is_word) {
        changes.renames()
    } else {
        Renames::default()
    };
    changes.report_missing(cx, &renames);
    for (index, (name, at)) in changes.new.into_iter().enumerate() {
        if renames.is_new(index) {
            let site = entry.site(format!("{key}.{name}"), &entry.name.span);
            let message = format!("the {what} `{name}` is only on the page");
            let row = list.rows.iter().find(|row| row.name == name);
            let finding = cx.compatible(&site, FindingKind::New, Quote::new(name, at), message);
            finding.row = row.cloned().map(|row| Row::Item(Box::new(row)));
            finding.among(said.iter().map(|(name, _)| *name), name);
        }
    }
}
