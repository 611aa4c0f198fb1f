//! `sonet_group.user.add`

use crate::domain::model::{Role, UserKind};
use crate::methods::call::{Answer, Call, Outcome, id_texts};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let Some(id) = call.params.id("GROUP_ID") else {
        return Err(Refusal::text("Wrong group ID"));
    };
    if !call.user.admin {
        return Err(Refusal::text("No permissions to add users"));
    }
    let Some(users) = call.params.ids("USER_ID") else {
        return Err(Refusal::text("Wrong user IDs"));
    };
    call.reach(id, "Socialnetwork group not found")?;
    let mut added = Vec::new();
    for user_id in users {
        let fit = call
            .state
            .active_user(user_id)
            .is_some_and(|u| u.kind != UserKind::Other);
        // Whoever is invited or waiting is related already, and stays waiting.
        if fit && call.state.relation(id, user_id).is_none() {
            call.state.add_member(id, user_id, Role::Member);
            added.push(user_id);
        }
    }
    Ok(Answer::from(id_texts(&added)))
}
