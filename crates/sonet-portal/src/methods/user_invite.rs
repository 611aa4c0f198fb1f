//! `sonet_group.user.invite`

use crate::domain::access;
use crate::domain::model::{InitiatedBy, Role};
use crate::methods::call::{Answer, Call, Outcome, id_texts};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let Some(id) = call.params.id("GROUP_ID") else {
        return Err(Refusal::text("Wrong group ID"));
    };
    let Some(users) = call.params.ids("USER_ID") else {
        return Err(Refusal::text("Wrong user IDs"));
    };
    let group = call.reach_to_join(id, "Socialnetwork group not found")?;
    let mut invited = Vec::new();
    // Without the right to invite nobody is invited, which is an answer and not an error.
    if access::invites(call.state, &call.user, group) {
        for user_id in users {
            let known = call.state.active_user(user_id).is_some();
            if known && user_id != call.user.id && call.state.relation(id, user_id).is_none() {
                call.state
                    .relate(id, user_id, Role::Awaiting, InitiatedBy::Group);
                invited.push(user_id);
            }
        }
    }
    Ok(Answer::from(id_texts(&invited)))
}
