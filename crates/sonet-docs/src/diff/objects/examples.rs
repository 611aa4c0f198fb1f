//! What examples have of the fields of an object.

use serde_json::Value;

use super::example_value::{ExampleValue, Objects};
use super::table::report_null;
use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote, Site};
use crate::page::Item;
use sonet_spec::model::{Field, FindingKind};

/// What of the objects in examples have the key of a field.
pub(super) struct KeyUse<'e, 'p> {
    /// The first one with it.
    pub(super) present: Option<&'e ExampleValue<'p>>,
    /// The first one in which it is `null`.
    null: Option<&'e ExampleValue<'p>>,
    /// The first one without it.
    lacking: Option<&'e ExampleValue<'p>>,
}

impl<'e, 'p> KeyUse<'e, 'p> {
    pub(super) fn of(key: &str, shown: &'e Objects<'p>) -> Self {
        let first = |is: &dyn Fn(Option<&Value>) -> bool| {
            let mut objects = shown.iter();
            let found = objects.find(|(map, _)| is(map.get(key)));
            found.map(|(_, shown)| shown)
        };
        Self {
            present: first(&|value| value.is_some()),
            null: first(&|value| value.is_some_and(Value::is_null)),
            lacking: first(&|value| value.is_none()),
        }
    }
}

/// A field that is always there by the spec must be in every example.
pub(super) fn compare(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    field: &Field,
    key: &KeyUse<'_, '_>,
) {
    let name = &field.name.value;
    if let Some(null) = key.null.filter(|_| !field.is_option()) {
        let message = format!("an example has `null` in `{name}`");
        report_null(cx, site, &null.line_of(name), message);
    }
    let Some(lacking) = key.lacking.filter(|_| !field.optional) else {
        return;
    };
    let examples = if key.present.is_some() {
        "not in every example"
    } else {
        "in no example"
    };
    let message = format!("`{name}` is {examples}, and always there in the spec");
    let at = lacking.line();
    let quote = Quote::nothing(&at);
    cx.breaking(site, FindingKind::NotInExample, quote, message);
}

/// Says that an example has a field, and the table has not.
pub(super) fn report_not_in_table(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    key: &str,
    example: &ExampleValue<'_>,
) {
    let at = example.line_of(key);
    let message = format!("an example has `{key}`, and the table has not");
    cx.compatible(site, FindingKind::NotInTable, Quote::nothing(&at), message);
}

/// Keys of examples that neither the spec nor the table has.
pub(super) fn compare_keys(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    names: &[&str],
    rows: &[Item],
    shown: &Objects<'_>,
) {
    let mut told: Vec<&str> = Vec::new();
    for (map, shown) in shown {
        for key in map.keys().map(String::as_str) {
            let known = names.contains(&key) || rows.iter().any(|row| row.name == key);
            if known || told.contains(&key) {
                continue;
            }
            told.push(key);
            let at = shown.line_of(key);
            let message =
                format!("an example has `{key}`, which neither the table nor the spec has");
            let site = entry.site(format!("fields.{key}"), &entry.name.span);
            cx.compatible(&site, FindingKind::New, Quote::new(key, &at), message);
        }
    }
}
