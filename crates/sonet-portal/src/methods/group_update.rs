//! `sonet_group.update`

use super::group_avatar::{self, Avatar};
use super::group_fields;
use crate::domain::access;
use crate::domain::events::EventKind;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::Json;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let Some(id) = call.params.id("GROUP_ID") else {
        return Err(Refusal::text("Wrong group ID"));
    };
    // There is no "not found" here: a missing group is one that the user has no rights to.
    let denied = "User has no permissions to update group";
    let group = call.reach(id, denied)?;
    if !access::manages(&call.user, group) {
        return Err(Refusal::text(denied));
    }
    let mut group = group.clone();
    match group_avatar::read(call.params, true, call.state.next_file_id())? {
        Avatar::Unchanged => {}
        Avatar::Removed => group.image = None,
        Avatar::Set(image) => group.image = Some(image),
    }
    let cannot = || Refusal::text("Cannot update group");
    let owner = match call.params.get("OWNER_ID") {
        Some(owner) => {
            let owner = owner.to_id().and_then(|id| call.state.active_user(id));
            Some(owner.ok_or_else(cannot)?.id)
        }
        None => None,
    };
    let applied = !group_fields::ill_typed(call.params) && group_fields::apply(&mut group, call);
    if !applied {
        return Err(cannot());
    }
    call.before_write()?;
    group.date_update = call.now;
    if let Some(image) = &group.image {
        call.state.take_file_id(image.id);
    }
    call.state.put_group(group);
    if let Some(owner) = owner {
        call.state.set_owner(id, owner);
    }
    call.emit(EventKind::Update, id);
    Ok(Answer::from(Json::number(id)))
}
