//! Pages, names on the wire, keys of answers, and what is said about lost answers.

use super::context::Context;
use crate::model::{Effect, Method, Text};

pub(super) fn check(cx: &Context<'_>) {
    for method in &cx.spec.methods {
        page(cx, &method.page);
        wire(cx, &method.scope, "user.userfield");
        lost_answer(cx, method);
        keys(cx, method);
        nothing(cx, method);
        wire(cx, &method.name, "sonet_group.user.get");
        for param in method.all_params() {
            wire(cx, &param.name, "GROUP_ID");
        }
        for field in &method.filter_fields {
            wire(cx, &field.name, "GROUP_ID");
        }
    }
    for event in &cx.spec.events {
        page(cx, &event.page);
        wire(cx, &event.scope, "sonet_group");
        wire(cx, &event.name, "onSonetGroupAdd");
        wire(cx, &event.wire, "ONSONETGROUPADD");
    }
    for input in &cx.spec.inputs {
        for param in input.all_params() {
            wire(cx, &param.name, "GROUP_ID");
        }
    }
    for object in &cx.spec.objects {
        for field in &object.fields {
            wire(cx, &field.name, "GROUP_ID");
        }
    }
}

fn page(cx: &Context<'_>, page: &Text) {
    let help = if page.contains("://") {
        "write only what follows `documentation`"
    } else if page.starts_with('/') {
        "remove the `/` at the start"
    } else if page.split('/').any(|part| matches!(part, "" | "." | "..")) {
        "write the whole path below `documentation`, without `.` and `..`"
    } else if std::path::Path::new(page.as_str()).extension() != Some("html".as_ref()) {
        "a page ends with `.html`"
    } else if page.contains(char::is_whitespace) {
        "remove the spaces"
    } else if !page
        .chars()
        .all(|char| char.is_ascii_alphanumeric() || "-._~/".contains(char))
    {
        "write it as it stands in an address, in letters, digits, `-`, `_`, `.` and `~`"
    } else {
        return;
    };
    cx.wrong(
        page,
        format!("`{}` is not a page of the documentation", page.value),
        "not a relative path of a page",
        help,
    );
}

/// What a list or a map of nothing looks like is known; of what else there may be none has to be said by its key.
fn nothing(cx: &Context<'_>, method: &Method) {
    let result = &method.result;
    if result.optional.value && result.within.is_none() {
        cx.wrong(
            &result.optional,
            format!("the result of `{}` can't be `optional`", method.name.value),
            "it stands in no key",
            "only what is `within` a key may be absent; remove `optional`",
        );
    }
}

fn lost_answer(cx: &Context<'_>, method: &Method) {
    // A wrong effect stands nowhere.
    if !cx.problems.was_read(&method.effect) {
        return;
    }
    match (method.effect.value, &method.lost_answer) {
        (Effect::Write, None) => cx.wrong(
            &method.effect,
            format!("`{}` lacks `lost_answer`", method.name.value),
            "a write that must not be repeated",
            "add `lost_answer`: how does a caller find out whether it ran?",
        ),
        (Effect::Read, Some(text)) => cx.clash(
            (text, "not needed"),
            (&method.effect, "a read is repeated"),
            format!("`{}` needs no `lost_answer`", method.name.value),
            "remove it, or write another `effect` if it changes something",
        ),
        _ => {}
    }
}

/// Keys are held against the page where the answer is an object around a map, and nowhere else.
fn keys(cx: &Context<'_>, method: &Method) {
    let ty = &method.result.ty;
    let (Some(first), true) = (method.result.keys.first(), cx.problems.was_read(ty)) else {
        return;
    };
    let is_unknown = ty.name().is_some_and(|name| cx.symbols.get(name).is_none());
    let object = cx.symbols.object(ty);
    if !is_unknown && object.is_none_or(|object| object.around_map().is_none()) {
        cx.clash(
            (first, "a key of what?"),
            (ty, "no object around a map"),
            format!("the result of `{}` has no keys to list", method.name.value),
            "remove `keys`, or make the result an object whose only field is a `map<…>`",
        );
    }
}

/// Names of the wire are made of letters, digits and `_`. Where the example has a `.`, so may the name.
fn wire(cx: &Context<'_>, name: &Text, example: &str) {
    let dots = example.contains('.');
    let known = |char: char| char.is_ascii_alphanumeric() || char == '_' || (dots && char == '.');
    let allowed = if dots {
        "letters, digits, `_` and `.`"
    } else {
        "letters, digits and `_`"
    };
    if !name.chars().all(known) {
        cx.wrong(
            name,
            format!("`{}` is not a valid wire name", name.value),
            &format!("it has a character other than {allowed}"),
            format!("write it as the page does, such as `{example}`"),
        );
    }
}
