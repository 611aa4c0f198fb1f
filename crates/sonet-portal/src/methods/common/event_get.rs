//! `event.get`

use crate::domain::events::Binding;
use crate::domain::model::User;
use crate::methods::call::{Answer, Call, Outcome, objects};
use crate::wire::output::{Json, Object};

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let client_id = &call.app()?.client_id;
    let own = call.handlers.iter();
    let own = own.filter(|own| is_own(own, client_id, &call.user));
    let rows = own.map(|own| {
        Object::new()
            .with("event", own.event.as_str())
            .with("handler", own.url.as_str())
            // A text here, and a number there.
            .with("auth_type", Json::digits(own.auth_type))
            .with("offline", i64::from(own.offline))
    });
    Ok(Answer::from(objects(rows.collect())))
}

/// Whether a user of an application may know and remove a handler: it is the user's own, or the
/// user is an administrator.
pub(super) fn is_own(binding: &Binding, client_id: &str, user: &User) -> bool {
    binding.app.as_deref() == Some(client_id) && (user.admin || binding.bound_by == user.id)
}
