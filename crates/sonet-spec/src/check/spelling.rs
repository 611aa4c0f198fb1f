//! How a single name is written in Rust.

use super::context::Context;
use crate::model::Text;
use crate::names;

/// Reports a name that is none of a type.
pub(super) fn upper_camel(cx: &Context<'_>, name: &Text, what: &str) {
    if !names::is_upper_camel(name) {
        cx.wrong(
            name,
            format!("`{}` is not a valid Rust name for {what}", name.value),
            "not in upper camel case",
            suggestion(&names::upper_camel(name), names::is_upper_camel),
        );
    }
}

/// What to write instead, if that would be right.
pub(super) fn suggestion(name: &str, is_right: impl Fn(&str) -> bool) -> String {
    if is_right(name) {
        format!("write `{name}`")
    } else {
        "use letters and digits, a letter first".to_owned()
    }
}

/// Reports a `rust` that says what would be derived.
pub(super) fn redundant(cx: &Context<'_>, rust: &Text, derived: &str) {
    if rust.as_str() == derived {
        cx.wrong(
            rust,
            format!("`{derived}` is the derived name anyway"),
            "not needed",
            "remove `rust`",
        );
    }
}
