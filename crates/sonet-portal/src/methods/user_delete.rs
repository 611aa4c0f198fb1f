//! `sonet_group.user.delete`

use crate::methods::call::{Answer, Call, Outcome, id_texts};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let Some(id) = call.params.id("GROUP_ID") else {
        return Err(Refusal::text("Wrong group ID"));
    };
    if !call.user.admin {
        // The text of `sonet_group.user.update`: the two methods really share it.
        return Err(Refusal::text("No permissions to update users role"));
    }
    let Some(users) = call.params.ids("USER_ID") else {
        return Err(Refusal::text("Wrong user IDs"));
    };
    let group = call.reach(id, "Socialnetwork group not found")?;
    let kept = [group.owner_id, group.scrum_master_id];
    let mut removed = Vec::new();
    for user_id in users {
        if !kept.contains(&user_id) && call.state.relation(id, user_id).is_some() {
            call.state.unrelate(id, user_id);
            removed.push(user_id);
        }
    }
    Ok(Answer::from(id_texts(&removed)))
}
