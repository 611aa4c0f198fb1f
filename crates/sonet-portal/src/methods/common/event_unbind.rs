//! `event.unbind`

use super::event_get::is_own;
use crate::domain::events::Binding;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::{Json, Object};

/// Removes the handlers that fit all that is given; without anything that is all of them.
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let client_id = call.app()?.client_id.clone();
    let params = call.params;
    let offline = params.text("event_type").as_deref() == Some("offline");
    if offline && !call.user.admin {
        let text = "Access denied! Offline events unbinding requires administrator access rights";
        return Err(Refusal::coded(403, "ACCESS_DENIED", text));
    }
    let event = params.text("event").map(|event| event.to_ascii_uppercase());
    let url = params.text("handler");
    // An empty text is the same as 0: handlers without a user of their own.
    let auth_type = params.text("auth_type");
    let auth_type = auth_type.map(|text| text.trim().parse::<u64>().unwrap_or_default());
    let foreign = auth_type.is_some_and(|user| ![0, call.user.id].contains(&user));
    if foreign && !call.user.admin {
        let text =
            "Access denied! Event unbinding with AUTH_TYPE requires administrator access rights";
        return Err(Refusal::coded(403, "ACCESS_DENIED", text));
    }
    let user = &call.user;
    let unwanted = |own: &Binding| {
        is_own(own, &client_id, user)
            && event.as_ref().is_none_or(|event| own.event == *event)
            && url.as_ref().is_none_or(|url| own.url == *url)
            && auth_type.is_none_or(|user| own.auth_type == user)
            && own.offline == offline
    };
    let count = call.handlers.remove(unwanted);
    Ok(Answer::from(
        Object::new().with("count", Json::number(count as u64)),
    ))
}
