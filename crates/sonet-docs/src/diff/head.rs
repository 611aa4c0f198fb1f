//! Names, scopes, and who may call.

use super::compare::{Comparison, Entry, Found, Saying};
use super::finding::Effect;
use super::{outdated, who};
use crate::page::Said;
use sonet_spec::model::{FindingKind, Text};

pub(super) fn compare<'s>(
    cx: &mut Comparison<'s>,
    entry: Entry<'s>,
    name: &Text,
    scope: &Text,
    who: &str,
) {
    cx.visit(entry);
    outdated::whole(cx, entry, name);
    let page = cx.page;
    if let Some(said) = page.name.as_ref().filter(|said| said.text != name.value) {
        let message = format!("the page is about `{}`", said.text);
        text(
            cx,
            entry,
            "name",
            Some(said),
            name,
            Effect::Breaking,
            message,
        );
    }
    let is_named = || {
        page.name
            .as_ref()
            .is_some_and(|said| said.text == name.value)
    };
    if let Some(doubt) = page.name_doubt.as_ref().filter(|_| is_named()) {
        let message = doubt.text.clone();
        let at = page
            .name
            .as_ref()
            .map_or_else(|| page.start(), |said| said.at.clone());
        let titled = Said::new(doubt.title.as_str(), &at);
        text(
            cx,
            entry,
            "name",
            Some(&titled),
            name,
            Effect::Breaking,
            message,
        );
    }
    let message = match &page.scope {
        Some(said) => format!(
            "the scope is `{}` on the page, and `{}` in the spec",
            said.text, scope.value
        ),
        None => "the page has no scope".to_owned(),
    };
    if page
        .scope
        .as_ref()
        .is_none_or(|said| said.text != scope.value)
    {
        text(
            cx,
            entry,
            "scope",
            page.scope.as_ref(),
            scope,
            Effect::Breaking,
            message,
        );
    }
    let same = |said: &Said| who::who(&said.text) == who::who(who);
    if !page.who.as_ref().is_some_and(same) {
        let message = match &page.who {
            Some(said) => format!(
                "who may is `{}` on the page, and `{who}` in the spec",
                said.text
            ),
            None => "the page does not say who may".to_owned(),
        };
        text(
            cx,
            entry,
            "who",
            page.who.as_ref(),
            name,
            Effect::Compatible,
            message,
        );
    }
    for (on, said) in [("scope", &page.scope), ("who", &page.who)] {
        let text = said.as_ref().map_or("", |said| said.text.as_str());
        let saying = Saying {
            words: vec![text.to_owned()],
            text: text.to_owned(),
            precise: true,
        };
        cx.says(entry, on, saying);
    }
}

fn text(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    on: &str,
    said: Option<&Said>,
    spec: &Text,
    effect: Effect,
    message: String,
) {
    let start = cx.page.start();
    cx.found(
        entry,
        Found {
            on: on.to_owned(),
            kind: FindingKind::Text,
            effect,
            page: said.map_or_else(String::new, |said| said.text.clone()),
            at: said.map_or(&start, |said| &said.at),
            spec: &spec.span,
            message,
        },
    );
}
