//! The documented errors of a method.

use super::context::Context;
use crate::model::{At, ErrorDef, Method};
use crate::names;

pub(super) fn check(cx: &Context<'_>, method: &Method) {
    for (index, error) in method.errors.iter().enumerate() {
        if !names::is_upper_camel(&error.name) || names::is_reserved(&error.name) {
            cx.wrong(
                &error.name,
                format!("`{}` is not a valid error name", error.name.value),
                "not in upper camel case",
                match names::upper_camel(&error.name) {
                    name if names::is_upper_camel(&name) => format!("write `{name}`"),
                    _ => "write it as a type is written, such as `GroupNotFound`".to_owned(),
                },
            );
        }
        recognisable(cx, error);
        status(cx, error);
        let earlier = method.errors[..index].iter();
        if let Some(earlier) = earlier.into_iter().find(|earlier| same(earlier, error)) {
            cx.clash(
                (&error.text, "this one"),
                (&earlier.text, "and this one"),
                format!("two errors of `{}` can't be told apart", method.name.value),
                "remove one of them; a `localized` error is recognized by its code alone",
            );
        }
    }
}

fn recognisable(cx: &Context<'_>, error: &ErrorDef) {
    let (no_code, no_text) = (error.code.is_empty(), error.text.is_empty());
    if !cx.problems.was_read(&error.code) || !cx.problems.was_read(&error.text) {
        return;
    }
    if no_code && no_text {
        cx.wrong(
            &error.name,
            format!("nothing says when an error is `{}`", error.name.value),
            "neither a code nor a text",
            "write the `code` or the `text` that the page shows",
        );
    } else if !no_code && !error.is_told_by_code() && (no_text || error.localized) {
        cx.wrong(
            &error.code,
            format!("nothing says when an error is `{}`", error.name.value),
            "a number says nothing",
            "write its `text`, and remove `localized`",
        );
    } else if no_code && error.localized {
        cx.wrong(
            &error.name,
            format!("nothing says when an error is `{}`", error.name.value),
            "no code, and a text that changes with the language",
            "write its `code`, or remove `localized`",
        );
    }
}

fn status(cx: &Context<'_>, error: &ErrorDef) {
    let Some(status) = &error.status else {
        return;
    };
    if status.value == ErrorDef::USUAL_STATUS {
        cx.wrong(
            status,
            "an error has the usual status".to_owned(),
            "this is the default",
            "remove `status`",
        );
    } else {
        range(cx, status);
    }
}

/// The errors that any method may answer.
pub(super) fn system(cx: &Context<'_>) {
    for error in &cx.spec.system_errors {
        range(cx, &error.status);
    }
}

fn range(cx: &Context<'_>, status: &At<i64>) {
    if !(200..600).contains(&status.value) {
        cx.wrong(
            status,
            format!("`{}` is not a status that an answer can have", status.value),
            "not between 200 and 599",
            "write the status that the page shows",
        );
    }
}

fn same(one: &ErrorDef, other: &ErrorDef) -> bool {
    let by_code = (one.localized || other.localized) && one.is_told_by_code();
    *one.code == *other.code && (by_code || *one.text == *other.text)
}
