//! The errors in examples.

use serde_json::Value;

use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::markup::Location;
use crate::page::{ErrorRow, Example, ExampleKind};
use sonet_spec::model::{FindingKind, Method};

/// An error in an example.
pub(super) struct ExampleError {
    code: String,
    pub(super) text: String,
    pub(super) at: Location,
}

impl ExampleError {
    pub(super) fn all(cx: &Comparison<'_>) -> Vec<Self> {
        let examples = cx.examples(ExampleKind::Error);
        examples.filter_map(Self::of).collect()
    }

    fn of(example: &Example) -> Option<Self> {
        let text = |key: &str| match example.json.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        Some(Self {
            code: text("error")?,
            text: text("error_description").unwrap_or_default(),
            at: example.line_of(&["error_description"]),
        })
    }

    /// Says that neither the table nor the spec has it.
    pub(super) fn compare(
        &self,
        cx: &mut Comparison<'_>,
        entry: Entry<'_>,
        method: &Method,
        rows: &[ErrorRow],
    ) {
        let text = &self.text;
        let in_table = rows.iter().any(|row| {
            row.code == self.code && row.text.as_ref().is_none_or(|other| other == text)
        });
        let in_spec = method.errors.iter().any(|known| {
            *known.code == self.code && (known.text.value == *text || known.localized)
        });
        if !in_table && !in_spec {
            let message = format!(
                "an example has the error `{text}`, which neither the table nor the spec has"
            );
            let site = entry.site(format!("errors.{text}"), &method.name.span);
            let quote = Quote::new(text.as_str(), &self.at);
            cx.compatible(&site, FindingKind::New, quote, message);
        }
    }
}
