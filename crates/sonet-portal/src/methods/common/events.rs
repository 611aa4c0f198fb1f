//! `events`

use crate::domain::events::EVENTS;
use crate::methods::call::{Answer, Call, Outcome};

/// The names of the events: of one scope, of all, or of those that the application may bind to.
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    call.app()?;
    let scope = call.params.text("SCOPE");
    let full = call.params.text("FULL");
    let all = full.is_some_and(|full| matches!(full.as_str(), "1" | "true" | "Y"));
    let fits = |own: &str| match &scope {
        Some(scope) => own == scope,
        None => all || call.credential.grants(own),
    };
    let names = EVENTS.iter().filter(|(own, _)| fits(own));
    Ok(Answer::from(
        names.map(|(_, name)| *name).collect::<Vec<_>>(),
    ))
}
