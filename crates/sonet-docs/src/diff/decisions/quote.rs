//! How decisions quote pages.

use crate::diff::finding::{Finding, Row};
use crate::page::Item;
use sonet_spec::model::FindingKind;

/// What the page says of a finding, as a decision quotes it. A row that only the page has is quoted with its star and its
/// type, so that they are watched as those of any other row.
pub(super) fn quote(finding: &Finding) -> String {
    let Some(Row::Item(item)) = finding
        .row
        .as_ref()
        .filter(|_| finding.kind == FindingKind::New)
    else {
        return finding.page.clone();
    };
    quote_row(&finding.page, item)
}

/// A row that only the page has, by its name there.
pub(crate) fn quote_row(name: &str, item: &Item) -> String {
    let star = if item.required == Some(true) { "*" } else { "" };
    let ty = Some(item.ty()).filter(|ty| !ty.is_empty());
    let ty = ty.map_or_else(String::new, |ty| format!(": {ty}"));
    format!("{name}{star}{ty}")
}

/// Whether a quote is a type, or a word of the comparison: the same in every language.
pub(super) fn is_type(quote: &str) -> bool {
    let words = [
        "string",
        "text",
        "integer",
        "boolean",
        "array",
        "object",
        "any",
        "datetime",
        "date",
        "enum",
        "user",
        "file",
        "timestamp",
        "required",
        "optional",
        "double",
        "char",
    ];
    let mut parts = quote.split(" | ").map(|part| part.trim_end_matches("[]"));
    parts.all(|part| words.contains(&part))
}

/// Whether a path ends with what a parameter or field has, such as its type.
pub(super) fn is_property(on: &str) -> bool {
    let last = on.rsplit('.').next().unwrap_or_default();
    matches!(
        last,
        "type"
            | "required"
            | "default"
            | "values"
            | "nullable"
            | "optional"
            | "none"
            | "doc"
            | "text"
            | "code"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_from_sentences() {
        assert!(is_type("integer | string[]"));
        assert!(is_type("required"));
        assert!(!is_type("the owner"));
    }

    #[test]
    fn a_property_is_the_last_part_of_a_path() {
        assert!(is_property("fields.NAME.type"));
        assert!(!is_property("fields.type.NAME"));
    }
}
