//! `app.info`

use crate::domain::app::{App, Installation};
use crate::domain::credential::ACCESS_SECONDS;
use crate::domain::dates;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::{Json, Object};

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    // Unlike the methods of events, this one has an error of its own for webhooks.
    let Some(app) = call.app else {
        let text = "Access denied! Application context required";
        return Err(Refusal::coded(400, "ACCESS_DENIED", text));
    };
    if call.address.is_token_server() {
        return Ok(Answer::from(at_token_server(call, app)));
    }
    Ok(Answer::from(
        Object::new()
            .with("ID", 1_i64)
            .with("CODE", app.client_id.as_str())
            .with("VERSION", 1_i64)
            .with("STATUS", app.status.code())
            .with("INSTALLED", app.installation == Installation::Finished)
            .with("PAYMENT_EXPIRED", Json::flag(!app.paid))
            .with("DAYS", Json::Null)
            .with("LANGUAGE_ID", "en")
            .with("LICENSE", "en_basic")
            .with("LICENSE_TYPE", "basic")
            .with("LICENSE_FAMILY", "basic"),
    ))
}

/// What the token server answers, as the vendor's own SDK reads it.
fn at_token_server(call: &Call<'_>, app: &App) -> Object {
    // A token of the portal's own application lives on, and is good for another hour at any time.
    let expires = call.credential.expires();
    let expires = expires.unwrap_or(call.now + ACCESS_SECONDS);
    let install = Object::new()
        .with("installed", app.installation == Installation::Finished)
        .with("version", "1")
        .with("status", app.status.code())
        .with("scope", app.scopes.join(","))
        .with("domain", call.address.domain())
        .with("uri", call.address.portal())
        .with("client_endpoint", call.address.client_endpoint())
        .with("member_id", call.member_id)
        .with("member_type", "user");
    Object::new()
        .with("client_id", app.client_id.as_str())
        .with("scope", call.credential.scopes().join(","))
        .with("expires", dates::iso(expires))
        .with("install", install)
        .with("user_id", Json::digits(call.user.id))
}
