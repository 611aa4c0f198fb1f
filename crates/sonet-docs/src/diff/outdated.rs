//! What a page calls outdated. It works until the vendor takes it away, so a person decides what to do.

use std::ops::Range;

use super::compare::{Comparison, Entry, Found};
use super::finding::Effect;
use crate::markup::Place;
use crate::page::Item;
use crate::words;
use sonet_spec::model::{FindingKind, Text};

/// The method or event itself.
pub(super) fn whole(cx: &mut Comparison<'_>, entry: Entry<'_>, name: &Text) {
    let page = cx.page;
    for said in &page.outdated {
        let message = format!("the page calls `{}` outdated: {}", name.value, said.text);
        find(cx, entry, "name", &said.text, &said.at, &name.span, message);
    }
}

/// A parameter or field, by its description.
pub(super) fn row(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    on: &str,
    item: &Item,
    spec: &Range<usize>,
) {
    text(cx, entry, on, (&item.name, &item.text), &item.at, spec);
}

/// Something that is called so, by what the page says of it.
pub(super) fn text(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    on: &str,
    (name, text): (&str, &str),
    at: &Place,
    spec: &Range<usize>,
) {
    if let Some(sentence) = words::outdated(text) {
        let message = format!("the page calls `{name}` outdated: {sentence}");
        find(cx, entry, on, sentence, at, spec, message);
    }
}

fn find(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    on: &str,
    said: &str,
    at: &Place,
    spec: &Range<usize>,
    message: String,
) {
    cx.found(
        entry,
        Found {
            on: on.to_owned(),
            kind: FindingKind::Outdated,
            effect: Effect::Compatible,
            page: said.to_owned(),
            at,
            spec,
            message,
        },
    );
}
