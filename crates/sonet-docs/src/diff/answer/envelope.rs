//! What stands beside `result` in an answer.

use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::diff::statement::Statement;
use crate::page::{ENVELOPE, ExampleKind, Item};
use sonet_spec::model::{FindingKind, Method};

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    compare_keys(cx, entry, method);
    compare_types(cx, entry, method);
}

/// Keys beside `result` in the examples that no answer of the vendor's has.
fn compare_keys(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    for example in cx.examples(ExampleKind::Response) {
        let map = example.json.as_object();
        let map = map.filter(|map| map.contains_key("result"));
        for key in map.into_iter().flat_map(|map| map.keys()) {
            if key == "result" || ENVELOPE.contains(&key.as_str()) {
                continue;
            }
            let at = example.line_of(&[key]);
            let site = entry.site(format!("result.{key}"), &method.result.ty.span);
            let message = format!("an example has `{key}` beside the result");
            let quote = Quote::new(key.as_str(), &at);
            cx.compatible(&site, FindingKind::New, quote, message);
        }
    }
}

/// Whether a row beside `result` has the type that this has in every answer.
pub(crate) fn is_in_envelope(row: &Item) -> bool {
    let known = types_of(row);
    row.types.iter().all(|ty| known.contains(&ty.as_str()))
}

/// The vendor's words for the type of what stands beside `result`.
fn types_of(row: &Item) -> &'static [&'static str] {
    match row.name.as_str() {
        "time" => &["time", "object"],
        _ => &["integer", "int"],
    }
}

/// The types that rows beside `result` have.
fn compare_types(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    for row in &cx.page.envelope {
        let site = entry.site(format!("result.{}", row.name), &method.result.ty.span);
        cx.says(&site, Statement::of(row));
        if is_in_envelope(row) {
            continue;
        }
        let said = row.ty();
        let message = format!(
            "`{}` is `{said}` on the page, and `{}` in every answer",
            row.name,
            types_of(row)[0]
        );
        let quote = Quote::new(said, &row.at);
        cx.compatible(&site, FindingKind::Type, quote, message);
    }
}
