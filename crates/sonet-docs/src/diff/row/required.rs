//! What must be there.

use crate::diff::comparison::Comparison;
use crate::diff::finding::Effect;
use crate::diff::site::{Quote, Site};
use crate::diff::statement::required_word;
use crate::page::Item;
use sonet_spec::model::FindingKind;

/// Whether a page and the spec say that something must be there.
pub(crate) struct Required {
    pub(crate) page: bool,
    pub(crate) spec: bool,
}

/// What a caller must send.
pub(crate) fn compare_sent(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    effect: Effect,
    item: &Item,
    required: &Required,
) {
    compare(cx, site, effect, item, required, "required");
}

/// What is in every answer.
pub(crate) fn compare_answered(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    item: &Item,
    required: &Required,
) {
    compare(cx, site, Effect::Breaking, item, required, "always there");
}

fn compare(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    effect: Effect,
    item: &Item,
    required: &Required,
    positive: &str,
) {
    if required.page == required.spec {
        return;
    }
    let word = |required: bool| if required { positive } else { "optional" };
    let message = format!(
        "`{}` is {} on the page, and {} in the spec",
        item.name,
        word(required.page),
        word(required.spec)
    );
    let quote = Quote::new(required_word(required.page), &item.at);
    cx.report(site, FindingKind::Required, effect, quote, message);
}
