//! `app.info`

use crate::app::Installation;
use crate::call::{Answer, Call, Outcome};
use crate::refusal::Refusal;
use crate::wire::output::{Json, Object};

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    // Unlike the methods of events, this one has an error of its own for webhooks.
    let Some(app) = call.app else {
        let text = "Access denied! Application context required";
        return Err(Refusal::coded(400, "ACCESS_DENIED", text));
    };
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
