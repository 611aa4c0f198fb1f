//! The values that a parameter or field may have.

use super::{Declaration, enumeration};
use crate::diff::comparison::Comparison;
use crate::diff::site::Quote;
use crate::diff::statement::listed;
use crate::page::{Item, Said};
use sonet_spec::model::FindingKind;
use sonet_spec::types::Type;

/// Compares the values that a row lists with those of the spec.
pub(crate) fn compare(cx: &mut Comparison<'_>, declaration: &Declaration<'_>, item: &Item) {
    let said = item.values.iter();
    let said: Vec<&Said> = said
        .filter(|value| !declaration.is_nothing(&value.text))
        .collect();
    let inner = declaration.ty.innermost_of_lists();
    // They take any value or name, those of the page among them.
    let is_open = declaration.open && matches!(inner, Type::Filter | Type::Order | Type::Select);
    if **declaration.ty == Type::Json || is_open {
        return;
    }
    match cx.symbols.enumeration(inner) {
        Some(_) if said.is_empty() => unlisted(cx, declaration, item),
        Some(def) => enumeration::compare(cx, def, &said, item),
        None => compare_few(cx, declaration, &said, item),
    }
}

/// Says that a page lists none of an enum's values.
fn unlisted(cx: &mut Comparison<'_>, declaration: &Declaration<'_>, item: &Item) {
    let message = format!(
        "the page does not list the values of `{}`, which are those of `{}` in the spec",
        item.name, declaration.ty.value
    );
    let quote = Quote::nothing(&item.at);
    cx.compatible(&declaration.site, FindingKind::Values, quote, message);
}

/// Compares the few values that a type has without an enum.
fn compare_few(
    cx: &mut Comparison<'_>,
    declaration: &Declaration<'_>,
    said: &[&Said],
    item: &Item,
) {
    let inner = declaration.ty.innermost_of_lists();
    let expected: Vec<&str> = match inner {
        Type::Flag if declaration.values.is_empty() => vec!["Y", "N"],
        Type::Flag => {
            let values = declaration.values.iter();
            values.map(|value| value.wire.as_str()).collect()
        }
        Type::Boolean | Type::Accepted => vec!["true", "false"],
        // The directions of sorting.
        Type::Order => vec!["ASC", "DESC"],
        _ => Vec::new(),
    };
    let all_known = said.iter().all(|value| {
        let mut expected = expected.iter();
        expected.any(|known| is_same(known, &value.text, inner))
    });
    let none_needed = said.is_empty() && !must_list(declaration, item);
    if all_known && (said.len() == expected.len() || none_needed) {
        return;
    }
    let values = listed(said.iter().map(|value| value.text.as_str()));
    let message = if expected.is_empty() {
        format!(
            "`{}` takes only some values on the page: {values}",
            item.name
        )
    } else {
        format!(
            "the values of `{}` are {values} on the page, and {} in the spec",
            item.name,
            listed(expected)
        )
    };
    let at = said.first().map_or(&item.at, |value| &value.at);
    let quote = Quote::new(values, at);
    cx.breaking(&declaration.site, FindingKind::Values, quote, message);
}

/// Whether a page that says a type has to list the few values that a flag takes. Those of a flag that takes both need not
/// be listed.
fn must_list(declaration: &Declaration<'_>, item: &Item) -> bool {
    !declaration.values.is_empty() && !item.types.is_empty()
}

/// Whether a value is the known one. Directions are compared without regard to case, as servers do.
fn is_same(known: &str, value: &str, ty: &Type) -> bool {
    known == value || (*ty == Type::Order && known.eq_ignore_ascii_case(value))
}
