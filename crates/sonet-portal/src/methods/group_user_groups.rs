//! `sonet_group.user.groups`

use crate::domain::model::{Group, Role};
use crate::methods::call::{Answer, Call, Outcome, objects};
use crate::wire::output::{Json, Object};

#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let state = &*call.state;
    let own = state.seen(call.user.id, |_| true, |_| false);
    let rows = own.up().filter_map(|id| {
        let role = state.role(id, call.user.id)?;
        Some(row(call, state.groups.get(&id)?, role))
    });
    Ok(Answer::from(objects(rows.collect())))
}

fn row(call: &Call<'_>, group: &Group, role: Role) -> Object {
    let image_id = group
        .image
        .as_ref()
        .map_or(Json::Null, |image| Json::digits(image.id));
    let row = Object::new()
        .with("GROUP_ID", Json::digits(group.id))
        .with("GROUP_NAME", &*call.shown(&group.name))
        .with("ROLE", role.code())
        .with("GROUP_IMAGE_ID", image_id)
        .with("GROUP_IMAGE", call.image_url(group));
    // Unlike in `sonet_group.get` there is never an `N`.
    if group.is_extranet() {
        row.with("IS_EXTRANET", "Y")
    } else {
        row
    }
}
