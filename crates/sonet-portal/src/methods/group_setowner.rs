//! `sonet_group.setowner`

use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let wrong_group = "Invalid workgroup/project ID";
    let Some(id) = call.params.id("GROUP_ID") else {
        return Err(Refusal::text(wrong_group));
    };
    let Some(user_id) = call.params.id("USER_ID") else {
        return Err(Refusal::text("Invalid user ID"));
    };
    let group = call.reach(id, wrong_group)?;
    let by_admin = call.user.admin && call.rules.setowner_by_admin;
    if group.owner_id != call.user.id && !by_admin {
        return Err(Refusal::text(
            "Insufficient permissions to complete the operation.",
        ));
    }
    if call.state.active_user(user_id).is_none() {
        return Err(Refusal::text("Cannot complete operation."));
    }
    call.before_write()?;
    call.state.set_owner(id, user_id);
    Ok(Answer::from(true))
}
