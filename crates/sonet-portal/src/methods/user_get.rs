//! `sonet_group.user.get`

use crate::methods::call::{Answer, Call, Outcome, objects};
use crate::methods::refusal::Refusal;
use crate::wire::output::{Json, Object};

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    // This one method calls the group's identifier `ID`.
    let Some(id) = call.params.id("ID") else {
        return Err(Refusal::text("Wrong socialnetwork group ID"));
    };
    call.reach(id, "Socialnetwork group not found")?;
    let members = call.state.members(id).into_iter();
    let active = members.filter(|member| call.state.active_user(member.user_id).is_some());
    let rows = active.map(|member| {
        Object::new()
            .with("USER_ID", Json::digits(member.user_id))
            .with("ROLE", member.role.code())
    });
    Ok(Answer::from(objects(rows.collect())))
}
