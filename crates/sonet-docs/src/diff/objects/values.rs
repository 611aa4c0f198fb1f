//! The values that examples show: those of an enum and of a flag are compared, as in a list of them.

use serde_json::Value;

use super::example_value::Objects;
use crate::diff::comparison::Comparison;
use crate::diff::finding::Finding;
use crate::diff::row::Declaration;
use crate::diff::site::{Entry, Quote};
use sonet_spec::model::FindingKind;
use sonet_spec::types::Type;

/// Compares the values that examples have under a key.
pub(super) fn compare(
    cx: &mut Comparison<'_>,
    declaration: &Declaration<'_>,
    key: &str,
    shown: &Objects<'_>,
) {
    let inner = declaration.ty.innermost_of_lists();
    let def = cx.symbols.enumeration(inner);
    if def.is_none() && *inner != Type::Flag {
        return;
    }
    for (map, place) in shown {
        for value in texts(map.get(key)) {
            let known = match def {
                Some(def) => def.values.iter().any(|known| *known.wire == *value),
                None => matches!(value, "Y" | "N"),
            };
            // Nothing is shown where there is no value. The name of an event is compared as such.
            let wire = |finding: &Finding| finding.on == "wire" && finding.page == value;
            if known
                || value.is_empty()
                || declaration.is_nothing(value)
                || cx.findings.iter().any(wire)
            {
                continue;
            }
            let at = place.line_of(key);
            let quote = Quote::new(value, &at);
            let message = format!("an example shows `{value}` as `{key}`");
            if let Some(def) = def {
                let entry = Entry::new(&def.name, &def.decisions);
                let site = entry.site(format!("values.{value}"), &def.name.span);
                cx.compatible(&site, FindingKind::New, quote, message);
            } else {
                cx.breaking(&declaration.site, FindingKind::Values, quote, message);
            }
        }
    }
}

/// A text, or those of a list.
fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
