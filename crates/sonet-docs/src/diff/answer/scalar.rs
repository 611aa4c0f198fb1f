//! A result that is no object.

use serde_json::Value;

use crate::diff::comparison::Comparison;
use crate::diff::finding::{Effect, Row};
use crate::diff::objects::ExampleValue;
use crate::diff::row::types;
use crate::diff::site::{Entry, Quote, Site};
use crate::page::Item;
use sonet_spec::model::{At, FindingKind};
use sonet_spec::types::Type;

/// Compares what the examples show.
pub(super) fn compare<'p>(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    ty: &At<Type>,
    shown: impl IntoIterator<Item = &'p ExampleValue<'p>>,
) {
    let several = matches!(**ty, Type::List(_) | Type::Empty | Type::Map(_));
    for shown in shown {
        let said = match shown.value {
            Value::Bool(_) => "boolean",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
            // Numbers come as texts, but neither stands for several things.
            Value::Number(_) if several => "integer",
            Value::String(_) if several => "string",
            Value::Null if **ty != Type::Json => "null",
            Value::Number(_) | Value::String(_) | Value::Null => continue,
        };
        let kind = if said == "null" {
            FindingKind::Null
        } else if types::fit(ty, &[said.to_owned()], cx.symbols) {
            continue;
        } else {
            FindingKind::Type
        };
        let at = shown.line();
        let message = format!(
            "an example shows `{said}` as result, which is `{}` in the spec",
            ty.value
        );
        cx.breaking(site, kind, Quote::new(said, &at), message);
    }
}

/// Fields of a result that has none in the spec.
pub(super) fn compare_fields(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    ty: &At<Type>,
    item: &Item,
) {
    // Where the page says that the result is no object, its rows stand beside it, where nobody reads them.
    let beside = types::is(ty, item, cx.symbols) && **ty != Type::Json;
    for field in &item.fields {
        let name = field.name.as_str();
        let (effect, message) = if beside {
            let message = format!("the page has `{name}` beside the result");
            (Effect::Compatible, message)
        } else {
            let message =
                format!("the result has a field `{name}` on the page, and none in the spec");
            (Effect::Breaking, message)
        };
        let site = entry.site(format!("result.{name}"), &ty.span);
        let quote = Quote::new(name, &field.at);
        cx.report(&site, FindingKind::New, effect, quote, message)
            .on_row(Row::Item(Box::new(field.clone())));
    }
}
