//! Parameters.

use super::compare::{Comparison, Entry, Found, Saying, required_word};
use super::decided::has_words;
use super::finding::{Effect, Row};
use super::types;
use super::values::{self, Known};
use super::{outdated, rename};
use crate::page::{DefaultValue, Item};
use crate::words::{flag_in_words, is_russian, requiredness};
use sonet_spec::model::{FindingKind, Method, Param};

pub(super) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    let page = cx.page;
    let start = page.start();
    match &page.params {
        Some(items) => {
            let items = unwrapped(cx, entry, method, items);
            list(cx, entry, "params", &method.params, &items, &start);
            settle_moved(cx);
        }
        None if method.params.is_empty() || page.incomplete => {}
        None => cx.found(
            entry,
            Found {
                on: "params".to_owned(),
                kind: FindingKind::Missing,
                effect: Effect::Compatible,
                page: String::new(),
                at: &start,
                spec: &method.name.span,
                message: "the page has no table of parameters".to_owned(),
            },
        ),
    }
}

/// What moved is not missing.
fn settle_moved(cx: &mut Comparison<'_>) {
    let moved = cx
        .findings
        .iter()
        .filter(|finding| finding.kind == FindingKind::Moved);
    let moved: Vec<String> = moved.map(|finding| finding.on.clone()).collect();
    cx.findings
        .retain(|finding| finding.kind != FindingKind::Missing || !moved.contains(&finding.on));
}

/// Parameters that the page has in another one, which the spec does not have.
fn unwrapped(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    method: &Method,
    items: &[Item],
) -> Vec<Item> {
    let has = |items: &[Item], param: &Param| items.iter().any(|item| item.name == *param.name);
    let missing: Vec<&Param> = method
        .params
        .iter()
        .filter(|param| !has(items, param))
        .collect();
    let wrapper = items.iter().position(|item| {
        let known = method.params.iter().any(|param| *param.name == item.name);
        let inside = missing
            .iter()
            .filter(|param| has(&item.fields, param))
            .count();
        !known && inside > 1
    });
    let mut items = items.to_vec();
    if let Some(at) = wrapper {
        let wrapper = items.remove(at);
        cx.found(
            entry,
            Found {
                on: "params".to_owned(),
                kind: FindingKind::Moved,
                effect: Effect::Breaking,
                page: wrapper.name.clone(),
                at: &wrapper.at,
                spec: &method.name.span,
                message: format!("the page has the parameters in `{}`", wrapper.name),
            },
        );
        items.splice(at..at, wrapper.fields);
    }
    items
}

fn list(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    prefix: &str,
    params: &[Param],
    items: &[Item],
    at: &crate::markup::Place,
) {
    let at = items.first().map_or(at, |item| &item.at).clone();
    let names: Vec<&str> = params.iter().map(|param| param.name.as_str()).collect();
    let new = rename::unknown(items, &names);
    let mut missing = Vec::new();
    for param in params {
        // A page may have a row twice, and say two things.
        let mut rows = items
            .iter()
            .filter(|item| item.name == *param.name)
            .peekable();
        if rows.peek().is_none() {
            missing.push(param);
        }
        for item in rows {
            let on = format!("{prefix}.{}", *param.name);
            one(cx, entry, &on, param, item);
            if types::is_lost(&param.ty, item, items) {
                cx.found(entry, types::lost(&on, item, &param.ty));
            }
        }
    }
    let old: Vec<&str> = missing.iter().map(|param| param.name.as_str()).collect();
    let now: Vec<&str> = new.iter().map(|item| item.name.as_str()).collect();
    let old = entry.renamable(prefix, old);
    let renamed = rename::likely(&old, &now);
    for (index, param) in missing.iter().enumerate() {
        let on = format!("{prefix}.{}", *param.name);
        let other = renamed.iter().find(|(old, _)| *old == index);
        let item = other.map(|(_, now)| new[*now]);
        let (kind, message) = match item {
            Some(item) => (
                FindingKind::Renamed,
                format!(
                    "the parameter `{}` is probably called `{}` on the page",
                    *param.name, item.name
                ),
            ),
            None => (
                FindingKind::Missing,
                format!("the parameter `{}` is not on the page", *param.name),
            ),
        };
        cx.found(
            entry,
            Found {
                on,
                kind,
                effect: Effect::Breaking,
                page: item.map_or_else(String::new, |item| item.name.clone()),
                at: item.map_or(&at, |item| &item.at),
                spec: &param.name.span,
                message,
            },
        );
    }
    for (index, item) in new.iter().enumerate() {
        if renamed.iter().all(|(_, now)| *now != index) {
            added(cx, entry, prefix, item, items);
        }
    }
}

/// Where the spec has a parameter of this name, if that is somewhere else.
fn elsewhere<'m>(method: &'m Method, prefix: &str, name: &str) -> Option<(String, &'m Param)> {
    fn search<'m>(params: &'m [Param], path: &str, name: &str, all: &mut Vec<(String, &'m Param)>) {
        for param in params {
            let on = format!("{path}.{}", *param.name);
            search(&param.fields, &on, name, all);
            if *param.name == name {
                all.push((on, param));
            }
        }
    }
    let mut all = Vec::new();
    search(&method.params, "params", name, &mut all);
    let here = format!("{prefix}.{name}");
    all.into_iter().find(|(on, _)| *on != here)
}

fn added(cx: &mut Comparison<'_>, entry: Entry<'_>, prefix: &str, item: &Item, items: &[Item]) {
    let method = cx
        .spec
        .methods
        .iter()
        .find(|method| method.name.value == entry.name.value);
    let other = method.and_then(|method| elsewhere(method, prefix, &item.name));
    if let Some((on, param)) = other {
        let message = format!("the page has `{prefix}.{}`, and the spec `{on}`", item.name);
        cx.found(
            entry,
            Found {
                on,
                kind: FindingKind::Moved,
                effect: Effect::Breaking,
                page: format!("{prefix}.{}", item.name),
                at: &item.at,
                spec: &param.name.span,
                message,
            },
        );
        return;
    }
    let required = item.required == Some(true);
    let (what, effect) = if required {
        ("required parameter", Effect::Breaking)
    } else {
        ("parameter", Effect::Compatible)
    };
    cx.found(
        entry,
        Found {
            on: format!("{prefix}.{}", item.name),
            kind: FindingKind::New,
            effect,
            page: item.name.clone(),
            at: &item.at,
            spec: &entry.name.span,
            message: format!("the {what} `{}` is only on the page", item.name),
        },
    );
    cx.attach(Row::Item(item.clone()));
    cx.among(items.iter().map(|item| item.name.as_str()), &item.name);
}

fn one(cx: &mut Comparison<'_>, entry: Entry<'_>, on: &str, param: &Param, item: &Item) {
    cx.says(entry, on, Saying::of(item));
    if !types::fit(&param.ty, &item.types, cx.symbols) {
        cx.found(
            entry,
            Found {
                on: on.to_owned(),
                kind: FindingKind::Type,
                effect: Effect::Breaking,
                page: item.ty(),
                at: &item.at,
                spec: &param.ty.span,
                message: format!(
                    "`{}` is `{}` on the page, and `{}` in the spec",
                    item.name,
                    item.ty(),
                    param.ty.value
                ),
            },
        );
    }
    if let Some(required) = item.required.filter(|required| *required != param.required) {
        self::required(cx, entry, on, param, (item, required));
    }
    // A sentence may say the opposite of a star.
    let said = requiredness(&item.text)
        .filter(|said| item.fields.is_empty() && item.required != Some(*said));
    if let Some(required) = said.filter(|said| *said != param.required) {
        self::required(cx, entry, on, param, (item, required));
    }
    outdated::row(cx, entry, on, item, &param.name.span);
    default(cx, entry, on, param, item);
    values::compare(
        cx,
        entry,
        &Known {
            on,
            ty: &param.ty,
            values: &param.values,
            none: Vec::new(),
            span: &param.name.span,
        },
        item,
    );
    let unknown = item.absent && item.fields.is_empty();
    if !param.fields.is_empty() && !unknown {
        list(cx, entry, on, &param.fields, &item.fields, &item.at);
    }
}

fn required(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    on: &str,
    param: &Param,
    (item, required): (&Item, bool),
) {
    let word = required_word(required);
    cx.found(
        entry,
        Found {
            on: on.to_owned(),
            kind: FindingKind::Required,
            effect: Effect::Breaking,
            page: word.to_owned(),
            at: &item.at,
            spec: &param.name.span,
            message: format!(
                "`{}` is {word} on the page, and {} in the spec",
                item.name,
                required_word(param.required)
            ),
        },
    );
}

/// Whether a page says the default of the spec: all of its codes, or the same words.
fn is_default(cx: &Comparison<'_>, known: &str, said: &DefaultValue, codes: &[String]) -> bool {
    if codes.is_empty() {
        // Words of another language can't be compared.
        let translated = cx.page.russian && is_russian(&said.text);
        if flag_in_words(&said.text) == Some(known) {
            return true;
        }
        let same = || has_words(&said.text, known) || has_words(known, &said.text);
        return translated || (!said.text.is_empty() && same());
    }
    codes.iter().all(|code| has_words(known, code))
}

/// Compares codes, and sentences where there are none.
fn default(cx: &mut Comparison<'_>, entry: Entry<'_>, on: &str, param: &Param, item: &Item) {
    let codes = item
        .default
        .as_ref()
        .map(|default| default.codes.as_slice());
    let (page, message) = match (&param.default, &item.default, codes) {
        (Some(known), Some(said), Some(codes)) if is_default(cx, known, said, codes) => return,
        (Some(known), Some(said), Some(codes)) => (
            if codes.is_empty() {
                said.text.clone()
            } else {
                codes.join(", ")
            },
            format!(
                "the default of `{}` is {} on the page, and `{known}` in the spec",
                item.name, said.text
            ),
        ),
        (None, Some(said), Some(codes)) => (
            if codes.is_empty() {
                said.text.clone()
            } else {
                codes.join(", ")
            },
            format!("`{}` has a default on the page: {}", item.name, said.text),
        ),
        // Old pages have no types either, and are silent about much.
        (Some(known), None, _) if !item.types.is_empty() => (
            String::new(),
            format!(
                "the page has no default of `{}`, which is `{known}` in the spec",
                item.name
            ),
        ),
        _ => return,
    };
    cx.found(
        entry,
        Found {
            on: on.to_owned(),
            kind: FindingKind::Default,
            effect: Effect::Compatible,
            page,
            at: &item.at,
            spec: &param.name.span,
            message,
        },
    );
    cx.attach(Row::Item(item.clone()));
}
