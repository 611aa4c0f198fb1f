//! The head of a page: the name, the scope, and who may call.

mod roles;

use super::comparison::Comparison;
use super::finding::Effect;
use super::row::outdated;
use super::site::{Entry, Quote, Site};
use super::statement::Statement;
use crate::page::Said;
use crate::words;
use sonet_spec::model::{FindingKind, Text};

pub(super) use roles::roles;

/// Whether two texts say the same of who may do something.
pub(crate) fn are_same_callers(one: &str, other: &str) -> bool {
    roles(one) == roles(other)
}

pub(super) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, scope: &Text, who: &str) {
    cx.visit(entry);
    name(cx, entry);
    self::scope(cx, entry, scope);
    callers(cx, entry, who);
}

fn scope(cx: &mut Comparison<'_>, entry: Entry<'_>, known: &Text) {
    let said = cx.page.scope.as_ref();
    let site = entry.site("scope", &known.span);
    says(cx, &site, said);
    let message = match said {
        Some(said) if said.text == known.value => return,
        Some(said) => format!(
            "the scope is `{}` on the page, and `{}` in the spec",
            said.text, known.value
        ),
        None => "the page has no scope".to_owned(),
    };
    report(cx, &site, Effect::Breaking, said, message);
}

/// Who may call or subscribe.
fn callers(cx: &mut Comparison<'_>, entry: Entry<'_>, known: &str) {
    let said = cx.page.who.as_ref();
    let site = entry.site("who", &entry.name.span);
    says(cx, &site, said);
    let message = match said {
        Some(said) if roles(&said.text) == roles(known) => return,
        Some(said) => format!(
            "who may use it is `{}` on the page, and `{known}` in the spec",
            said.text
        ),
        None => "the page does not say who may use it".to_owned(),
    };
    report(cx, &site, Effect::Compatible, said, message);
}

/// Whether the page calls the method or event outdated, or something of it. Of a method, the spec may warn already.
pub(super) fn compare_outdated(cx: &mut Comparison<'_>, entry: Entry<'_>, known: Option<&Text>) {
    let page = cx.page;
    let name = &entry.name.value;
    let site = entry.site("name", &entry.name.span);
    let mut is_called_so = false;
    for said in &page.outdated {
        let is_of_method = words::is_of_method(&said.text);
        is_called_so |= is_of_method;
        if known.is_none() || !is_of_method {
            outdated::report(cx, &site, name, Quote::of(said));
        }
    }
    if let Some(known) = known.filter(|_| !is_called_so) {
        let site = site.pointing_at(&known.span);
        outdated::no_longer(cx, &site, name, &page.start());
    }
}

/// The name of the method or event.
fn name(cx: &mut Comparison<'_>, entry: Entry<'_>) {
    let page = cx.page;
    let name = &entry.name.value;
    let site = entry.site("name", &entry.name.span);
    let Some(said) = &page.name else {
        return;
    };
    if said.text != *name {
        let message = format!("the page is about `{}`", said.text);
        report(cx, &site, Effect::Breaking, Some(said), message);
    } else if let Some(doubt) = &page.name_doubt {
        let titled = Said::new(doubt.title.as_str(), &said.at);
        let message = doubt.text.clone();
        report(cx, &site, Effect::Breaking, Some(&titled), message);
    }
}

fn says(cx: &mut Comparison<'_>, site: &Site<'_>, said: Option<&Said>) {
    let text = said.map_or("", |said| said.text.as_str());
    let statement = Statement {
        words: vec![text.to_owned()],
        text: text.to_owned(),
        precise: true,
    };
    cx.says(site, statement);
}

fn report(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    effect: Effect,
    said: Option<&Said>,
    message: String,
) {
    let start = cx.page.start();
    let quote = said.map_or_else(|| Quote::nothing(&start), Quote::of);
    cx.report(site, FindingKind::Text, effect, quote, message);
}
