//! `event.bind`

use crate::domain::events::{Binding, EVENTS};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let client_id = call.app()?.client_id.clone();
    let params = call.params;
    let event = params.text("event").unwrap_or_default();
    let event = event.to_ascii_uppercase();
    let known = EVENTS.iter().find(|(_, name)| *name == event);
    if !known.is_some_and(|(scope, _)| call.credential.grants(scope)) {
        let text = "Event not found";
        return Err(Refusal::coded(400, "ERROR_EVENT_NOT_FOUND", text));
    }
    let offline = params.text("event_type").as_deref() == Some("offline");
    if offline && !call.user.admin {
        let text = "Access denied! Offline events binding requires administrator access rights";
        return Err(Refusal::coded(403, "ACCESS_DENIED", text));
    }
    let auth_type = params.id("auth_type").unwrap_or_default();
    if ![0, call.user.id].contains(&auth_type) && !call.user.admin {
        let text =
            "Access denied! Event binding with AUTH_TYPE requires administrator access rights";
        return Err(Refusal::coded(403, "ACCESS_DENIED", text));
    }
    let url = params.text("handler").unwrap_or_default();
    let is_address = url.starts_with("http://") || url.starts_with("https://");
    if !offline && !is_address {
        let text = "Argument 'HANDLER' must be an http or https address";
        return Err(Refusal::coded(400, "ERROR_ARGUMENT", text));
    }
    let twin = call.handlers.iter().any(|own| {
        own.app.as_deref() == Some(&client_id)
            && own.event == event
            && own.url == url
            && own.auth_type == auth_type
            && own.offline == offline
    });
    if twin {
        let text = "Unable to set event handler";
        return Err(Refusal::coded(400, "ERROR_HANDLER_ALREADY_EXIST", text));
    }
    call.handlers.add(Binding {
        event,
        url,
        app: Some(client_id),
        application_token: None,
        auth_type,
        bound_by: call.user.id,
        offline,
    });
    Ok(Answer::from(true))
}
