//! `methods` and `method.get`

use crate::methods::call::{Answer, Call, Outcome};
use crate::rules::method_scopes::METHODS;
use crate::wire::output::Object;

/// The names of the methods: of one scope, of all, or of those that the credential may call.
#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let scope = call.params.text("scope");
    let full = call.params.text("full");
    let any = full.is_some_and(|full| matches!(full.as_str(), "1" | "true" | "Y"));
    let fits = |own: &str| match &scope {
        Some(scope) if scope.is_empty() => own == "basic",
        Some(scope) => own == scope,
        None => any || call.credential.grants(own),
    };
    let all = METHODS.into_iter().chain(call.taught.iter().copied());
    let fitting = all.filter(|(_, scope)| fits(scope));
    Ok(Answer::from(
        fitting.map(|(name, _)| name).collect::<Vec<_>>(),
    ))
}

/// Whether there is a method, and whether the credential may call it. An unknown one is no error.
#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let name = call.params.text("name").unwrap_or_default();
    // Here the name must be in lower case.
    let mut all = METHODS.into_iter().chain(call.taught.iter().copied());
    let method = all.find(|(own, _)| *own == name);
    let available = method.is_some_and(|(_, scope)| call.credential.grants(scope));
    Ok(Answer::from(
        Object::new()
            .with("isExisting", method.is_some())
            .with("isAvailable", available),
    ))
}
