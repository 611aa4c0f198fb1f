//! Defaults: what is assumed without a parameter.

use super::Declaration;
use crate::diff::comparison::Comparison;
use crate::diff::finding::Row;
use crate::diff::site::Quote;
use crate::diff::statement::has_words;
use crate::page::{DefaultValue, Item};
use crate::words::{flag_in_words, is_russian};
use sonet_spec::model::FindingKind;

/// Compares codes, and sentences where there are none.
pub(crate) fn compare(
    cx: &mut Comparison<'_>,
    declaration: &Declaration<'_>,
    known: Option<&str>,
    item: &Item,
) {
    let name = &item.name;
    let (quote, message) = match (known, &item.default) {
        (Some(known), Some(said)) if is_same(known, said, cx.page.russian) => return,
        (Some(known), Some(said)) => (
            said.quote(),
            format!(
                "the default of `{name}` is {} on the page, and `{known}` in the spec",
                said.text
            ),
        ),
        (None, Some(said)) => (
            said.quote(),
            format!("`{name}` has a default on the page: {}", said.text),
        ),
        // Old pages have no types either, and are silent about much.
        (Some(known), None) if !item.types.is_empty() => (
            String::new(),
            format!("the page has no default of `{name}`, which is `{known}` in the spec"),
        ),
        _ => return,
    };
    let quote = Quote::new(quote, &item.at);
    cx.compatible(&declaration.site, FindingKind::Default, quote, message)
        .on_row(Row::Item(Box::new(item.clone())));
}

/// Whether a page says the default of the spec: all of its codes, or the same words.
fn is_same(known: &str, said: &DefaultValue, russian: bool) -> bool {
    if !said.codes.is_empty() {
        return said.codes.iter().all(|code| has_words(known, code));
    }
    // Words of another language can't be compared.
    let translated = russian && is_russian(&said.text);
    let same = || has_words(&said.text, known) || has_words(known, &said.text);
    flag_in_words(&said.text) == Some(known) || translated || (!said.text.is_empty() && same())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, codes: &[&str]) -> DefaultValue {
        DefaultValue {
            text: text.to_owned(),
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        }
    }

    #[test]
    fn a_default_is_the_same_by_its_codes_or_by_its_words() {
        assert!(is_same("N", &said("`N`", &["N"]), false));
        assert!(!is_same("N", &said("`N` or `Y`", &["N", "Y"]), false));
        assert!(is_same(
            "the owner",
            &said("the owner of the club", &[]),
            false
        ));
        assert!(!is_same("the owner", &said("nobody", &[]), false));
        assert!(!is_same("the owner", &said("", &[]), false));
    }

    #[test]
    fn words_of_another_language_are_not_compared() {
        assert!(is_same("the owner", &said("владелец", &[]), true));
        assert!(!is_same("the owner", &said("владелец", &[]), false));
    }
}
