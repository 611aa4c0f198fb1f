//! `sonet_group.user.request`

use crate::domain::model::{InitiatedBy, Role};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let Some(id) = call.params.id("GROUP_ID") else {
        return Err(Refusal::text("Wrong group ID"));
    };
    let group = call.reach_to_join(id, "Socialnetwork group not found")?;
    let opened = group.opened;
    let user_id = call.user.id;
    if call.state.relation(id, user_id).is_some() {
        if call.rules.repeated_request_fails {
            return Err(Refusal::text("Cannot request to join group"));
        }
        // The vendor's live tests ask as the owner, and are content with this answer only.
        return Ok(Answer::from(true));
    }
    call.before_write()?;
    let role = if opened { Role::Member } else { Role::Awaiting };
    call.state.relate(id, user_id, role, InitiatedBy::User);
    Ok(Answer::from(true))
}
