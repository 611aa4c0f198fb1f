//! What a page calls outdated. It works until the vendor takes it away, so a person decides what to do.

use crate::diff::comparison::Comparison;
use crate::diff::site::{Quote, Site};
use crate::markup::Location;
use crate::page::Item;
use crate::words;
use sonet_spec::model::FindingKind;

/// A parameter or field, by its description.
pub(crate) fn compare(cx: &mut Comparison<'_>, site: &Site<'_>, item: &Item) {
    compare_text(cx, site, &item.name, &item.text, &item.at);
}

/// A parameter, of whose use the spec may warn already.
pub(crate) fn compare_sent(cx: &mut Comparison<'_>, site: &Site<'_>, item: &Item, is_known: bool) {
    if !is_known {
        compare(cx, site, item);
    } else if words::outdated(&item.text).is_none() {
        no_longer(cx, site, &item.name, &item.at);
    }
}

/// Says that the page does not call something outdated of which the spec warns.
pub(crate) fn no_longer(cx: &mut Comparison<'_>, site: &Site<'_>, name: &str, at: &Location) {
    let message = format!("the page does not call `{name}` outdated");
    cx.compatible(site, FindingKind::Outdated, Quote::nothing(at), message);
}

/// Something that is called outdated, by what the page says of it.
pub(crate) fn compare_text(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    name: &str,
    text: &str,
    at: &Location,
) {
    if let Some(sentence) = words::outdated(text) {
        report(cx, site, name, Quote::new(sentence, at));
    }
}

/// Says that a sentence of the page calls something outdated.
pub(crate) fn report(cx: &mut Comparison<'_>, site: &Site<'_>, name: &str, sentence: Quote<'_>) {
    let message = format!("the page calls `{name}` outdated: {}", sentence.text);
    cx.compatible(site, FindingKind::Outdated, sentence, message);
}
