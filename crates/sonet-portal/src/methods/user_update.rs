//! `sonet_group.user.update`

use crate::domain::model::Role;
use crate::methods::call::{Answer, Call, Outcome, id_texts};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let Some(id) = call.params.id("GROUP_ID") else {
        return Err(Refusal::text("Wrong group ID"));
    };
    if !call.user.admin {
        return Err(Refusal::text("No permissions to update users role"));
    }
    let role = match call.params.text("ROLE").as_deref() {
        Some("E") => Role::Moderator,
        Some("K") => Role::Member,
        _ => return Err(Refusal::text("Incorrect role code")),
    };
    let Some(users) = call.params.ids("USER_ID") else {
        return Err(Refusal::text("Wrong user IDs"));
    };
    call.reach(id, "Socialnetwork group not found")?;
    let mut changed = Vec::new();
    for user_id in users {
        // Whoever waits for admission becomes a member by this.
        match call.state.role(id, user_id) {
            Some(present) if present != Role::Owner && present != role => {
                call.state.set_role(id, user_id, role);
                changed.push(user_id);
            }
            _ => {}
        }
    }
    Ok(Answer::from(id_texts(&changed)))
}
