//! What is decided about an example.

use serde_json::Value;

use crate::page::Example;
use sonet_spec::model::{Decision, FindingKind, Method};

/// What is said of an answer that has no result.
pub(super) const NO_RESULT: &str = "an answer without its `result`";

/// Whether the spec has a decision on such a finding.
pub(super) fn decides(decisions: &[Decision], kind: FindingKind, on: &str) -> bool {
    decisions.iter().any(|decision| {
        let finding = decision.finding.as_ref();
        decision.on.as_str() == on && finding.is_some_and(|finding| finding.value == kind)
    })
}

/// The result in an answer that an example shows, and the keys around it; nothing where it lacks them, and nobody has decided
/// that it is trimmed.
pub(super) fn result_of<'e>(
    method: &Method,
    example: &'e Example,
) -> Option<(&'e Value, Vec<String>)> {
    match example.json.get("result") {
        Some(result) => Some((result, vec!["result".to_owned()])),
        None if decides(&method.decisions, FindingKind::Unwrapped, "result") => {
            Some((&example.json, Vec::new()))
        }
        None => None,
    }
}

/// Whether it is decided that the spec has no name for the error of an example.
pub(super) fn is_left_out(method: &Method, example: &Example) -> bool {
    let text = example.json.get("error_description");
    let text = text.and_then(Value::as_str).unwrap_or_default();
    let on = format!("errors.{text}");
    decides(&method.decisions, FindingKind::New, &on)
}
