//! What is decided about an example.

use sonet_spec::model::{FindingKind, Method};

/// Whether the spec has a decision on such a finding.
pub(super) fn decides(method: &Method, kind: FindingKind, on: &str) -> bool {
    method.decisions.iter().any(|decision| {
        let finding = decision.finding.as_ref();
        decision.on.as_str() == on && finding.is_some_and(|finding| finding.value == kind)
    })
}
