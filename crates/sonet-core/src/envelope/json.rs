//! Bodies as JSON texts, before anything is made of them.

use serde::de::IgnoredAny;

/// The text of a body, if it is UTF-8, without the byte order marks that a PHP file puts before its output.
///
/// One check of the whole body is cheaper than one of each text in it.
pub(super) fn json_of(body: &[u8]) -> Option<&str> {
    let text = simdutf8::basic::from_utf8(body).ok()?;
    Some(text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_ascii_whitespace()))
}

/// Whether a text is JSON, whatever its values are.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Whether a text can be an envelope: a list could be read too, as the fields in their order.
pub(super) fn is_object(text: &str) -> bool {
    text.starts_with('{')
}

/// The message without the line and column: the path says more.
pub(super) fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
