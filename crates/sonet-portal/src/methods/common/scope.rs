//! `scope`

use crate::domain::credential::ALL_SCOPES;
use crate::methods::call::{Answer, Call, Outcome};

#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let all = call.params.get("full").is_some_and(|full| {
        let text = full.to_text().unwrap_or_default();
        matches!(text.as_str(), "1" | "true" | "Y")
    });
    Ok(if all {
        Answer::from(ALL_SCOPES.to_vec())
    } else {
        Answer::from(call.credential.scopes().to_vec())
    })
}
