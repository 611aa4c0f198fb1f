//! `profile`

use crate::methods::call::{Answer, Call, Outcome};
use crate::wire::output::{Json, Object};

#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let user = &call.user;
    Ok(Answer::from(
        Object::new()
            .with("ID", Json::digits(user.id))
            .with("ADMIN", user.admin)
            .with("NAME", user.name.as_str())
            .with("LAST_NAME", user.last_name.as_str())
            .with("PERSONAL_GENDER", "")
            .with("TIME_ZONE", "")
            .with("TIME_ZONE_OFFSET", 0_i64),
    ))
}
