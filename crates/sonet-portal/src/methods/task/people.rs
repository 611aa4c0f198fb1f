//! The users and the group of a task on the wire.

use crate::domain::model::Group;
use crate::methods::call::Call;
use crate::methods::pictures;
use crate::wire::output::{Json, Object};

/// A user as tasks describe them.
pub(super) fn user(call: &Call<'_>, id: u64) -> Object {
    let user = call.state.users.get(&id);
    let name = user.map(crate::domain::model::User::formatted_name);
    let position = user.map_or("", |user| user.position.as_str());
    Object::new()
        .with("id", Json::digits(id))
        .with("name", name.unwrap_or_default())
        .with("link", format!("/company/personal/user/{id}/"))
        .with("icon", pictures::NOBODY)
        .with("workPosition", position)
}

/// Users by their identifiers, which differ.
pub(super) fn users(call: &Call<'_>, ids: &[u64]) -> Json {
    let users = ids
        .iter()
        .map(|id| (id.to_string(), user(call, *id).into()));
    Json::php_array(users.collect())
}

/// A group as tasks describe it; of none, an empty object.
pub(super) fn group(call: &Call<'_>, group: Option<&Group>) -> Json {
    let Some(group) = group else {
        return Object::new().into();
    };
    let members = call.state.members(group.id).len();
    let image = if group.image.is_some() {
        call.image_url(group)
    } else {
        pictures::GROUP.to_owned()
    };
    Object::new()
        .with("id", Json::digits(group.id))
        .with("name", &*call.shown(&group.name))
        .with("opened", group.opened)
        .with("membersCount", Json::number(members as u64))
        .with("image", image)
        .with("additionalData", Json::List(Vec::new()))
        .into()
}
