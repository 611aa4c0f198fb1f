//! `sonet_group.delete`

use crate::domain::access;
use crate::domain::events::EventKind;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let Some(id) = call.params.id("GROUP_ID") else {
        return Err(Refusal::text("Wrong group ID"));
    };
    let group = call.reach(id, "Socialnetwork group not found")?;
    if !access::manages(&call.user, group) {
        return Err(Refusal::text("User has no permissions to delete group"));
    }
    call.before_write()?;
    call.state.remove_group(id);
    call.emit(EventKind::Delete, id);
    Ok(Answer::from(true))
}
