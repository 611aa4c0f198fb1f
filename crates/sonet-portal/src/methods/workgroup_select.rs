//! What `select` adds to the answer of `socialnetwork.api.workgroup.get`. It never takes away.

use super::workgroup_list::FEATURES;
use crate::domain::access;
use crate::domain::dates;
use crate::domain::model::{Group, InitiatedBy, Relation, Role, SYSTEM_AVATAR};
use crate::methods::call::{Call, id_numbers, objects};
use crate::methods::pictures;
use crate::wire::output::{Json, Object};

/// How many of those who wait are told about.
const AWAITING_SHOWN: usize = 10;

/// Adds what a code stands for; an unknown code adds nothing.
pub(crate) fn add(result: &mut Object, code: &str, group: &Group, call: &Call<'_>) {
    let (key, value): (&'static str, Json) = match code {
        "ACTIONS" => ("ACTIONS", actions(group, call).into()),
        "AVATAR" => ("AVATAR", call.image_url(group).into()),
        "AVATAR_DATA" => ("AVATAR_DATA", avatar_data(group, call).into()),
        "AVATAR_TYPES" => ("AVATAR_TYPES", avatar_types(call).into()),
        "COUNTERS" => ("COUNTERS", counters(group, call).into()),
        // This one changes a field that is there already.
        "DATE_CREATE" => (
            "DATE_CREATE",
            dates::readable(group.date_create, call.now).into(),
        ),
        // Departments are not simulated: none was ever added to a group.
        "DEPARTMENTS" => ("DEPARTMENTS", id_numbers([])),
        // The share of tasks done in time does not exist for scrums.
        "EFFICIENCY" if group.scrum_master_id != 0 => return,
        "EFFICIENCY" => ("EFFICIENCY", Json::Int(100)),
        "FEATURES" => ("FEATURES", features().into()),
        "GROUP_MEMBERS_LIST" => ("GROUP_MEMBERS_LIST", group_members(group, call)),
        "LIST_OF_MEMBERS" => ("LIST_OF_MEMBERS", members(group, call)),
        "LIST_OF_MEMBERS_AWAITING_INVITE" => {
            ("LIST_OF_MEMBERS_AWAITING_INVITE", awaiting(group, call))
        }
        "OWNER_DATA" => ("OWNER_DATA", owner(group, call).into()),
        "PIN" => ("IS_PIN", false.into()),
        "PRIVACY_TYPE" => ("PRIVACY_CODE", privacy(group).into()),
        "SUBJECT_DATA" => (
            "SUBJECT_DATA",
            Object::new()
                .with("ID", Json::number(group.subject_id))
                .with("NAME", group.subject_name())
                .into(),
        ),
        "TAGS" => ("TAGS", group.tags().into()),
        "USER_DATA" => ("USER_DATA", user_data(group, call).into()),
        _ => return,
    };
    result.set(key, value);
}

fn actions(group: &Group, call: &Call<'_>) -> Object {
    let role = call.state.role(group.id, call.user.id);
    let manages = access::manages(&call.user, group);
    let is_member = role.is_some_and(Role::is_member);
    let tied = [group.owner_id, group.scrum_master_id].contains(&call.user.id);
    Object::new()
        .with("EDIT", manages)
        .with("DELETE", manages)
        .with("INVITE", access::invites(call.state, &call.user, group))
        .with("JOIN", role.is_none())
        .with("LEAVE", is_member && !tied)
        .with("FOLLOW", is_member)
        .with("PIN", is_member)
        .with("EDIT_FEATURES", manages)
}

fn avatar_data(group: &Group, call: &Call<'_>) -> Object {
    let kind = if group.image.is_some() {
        "image"
    } else {
        "icon"
    };
    let id = if group.image.is_some() {
        call.image_url(group)
    } else {
        SYSTEM_AVATAR.to_owned()
    };
    Object::new().with("type", kind).with("id", id)
}

/// A map from a system avatar's type to what shows it.
fn avatar_types(call: &Call<'_>) -> Object {
    let mut types = Object::new();
    let [mobile, selector] = pictures::PLACES;
    for (sort, (code, css)) in (1_i64..).zip(pictures::TYPES) {
        let url = |place: &str| pictures::address(call.address, &pictures::system_path(place, css));
        let entry = Object::new()
            .with("sort", Json::Int(sort * 100))
            .with("mobileUrl", url(mobile))
            .with("webCssClass", css)
            .with("entitySelectorUrl", url(selector));
        types.set(code, entry);
    }
    types
}

fn counters(group: &Group, call: &Call<'_>) -> Object {
    let count = |by| {
        Json::number(
            waiting(group, call)
                .filter(|r| r.initiated_by == by)
                .count() as u64,
        )
    };
    Object::new()
        .with("workgroup_requests_out", count(InitiatedBy::Group))
        .with("workgroup_requests_in", count(InitiatedBy::User))
}

fn features() -> Vec<Object> {
    let names = ["Tasks", "Calendar", "Drive", "Photo gallery", "Feed"];
    let numbered = FEATURES.into_iter().zip(names).zip(1_u64..);
    let feature = |((code, name), id)| {
        Object::new()
            .with("featureName", code)
            .with("name", name)
            .with("customName", "")
            .with("id", Json::digits(id))
            .with("active", true)
    };
    numbered.map(feature).collect()
}

/// Everybody who relates to the group, told only to those who may let others in.
fn group_members(group: &Group, call: &Call<'_>) -> Json {
    let told = admits(group, call);
    let rows = call
        .state
        .relations_of(group.id)
        .filter(|_| told)
        .map(|relation| {
            let by_group = relation.initiated_by == InitiatedBy::Group;
            let waits = relation.role == Role::Awaiting;
            Object::new()
                .with("id", Json::number(relation.user_id))
                .with("invited", waits && by_group)
                .with("isAwaiting", waits && !by_group)
                .with("isMember", !waits)
        });
    objects(rows.collect())
}

fn members(group: &Group, call: &Call<'_>) -> Json {
    let rows = call
        .state
        .members(group.id)
        .into_iter()
        .filter_map(|member| {
            let user = call.state.active_user(member.user_id)?;
            let row = Object::new()
                .with("id", Json::number(user.id))
                .with("isOwner", member.role == Role::Owner)
                .with("isModerator", member.role == Role::Moderator)
                .with("isScrumMaster", user.id == group.scrum_master_id)
                .with("isAutoMember", false)
                .with("name", user.name.as_str())
                .with("lastName", user.last_name.as_str())
                .with("position", user.position.as_str())
                .with("photo", "");
            Some(row)
        });
    objects(rows.collect())
}

/// Who asks to join, told only to those who may let them in.
fn awaiting(group: &Group, call: &Call<'_>) -> Json {
    let told = admits(group, call);
    let asking = waiting(group, call).filter(|r| told && r.initiated_by == InitiatedBy::User);
    let users = asking.filter_map(|relation| call.state.active_user(relation.user_id));
    let rows = users.take(AWAITING_SHOWN).map(|user| {
        Object::new()
            .with("id", Json::number(user.id))
            .with("name", user.formatted_name())
            .with("photo", "")
    });
    objects(rows.collect())
}

fn owner(group: &Group, call: &Call<'_>) -> Object {
    let owner = call.state.users.get(&group.owner_id);
    Object::new()
        .with("ID", Json::number(group.owner_id))
        .with("PHOTO", "")
        .with(
            "FORMATTED_NAME",
            owner
                .map(crate::domain::model::User::formatted_name)
                .unwrap_or_default(),
        )
}

fn privacy(group: &Group) -> &'static str {
    match (group.visible, group.opened) {
        (false, _) => "secret",
        (true, true) => "open",
        (true, false) => "closed",
    }
}

/// Unlike in `ADDITIONAL_DATA`, what is absent is `false` and not an empty text.
fn user_data(group: &Group, call: &Call<'_>) -> Object {
    let relation = call.state.relation(group.id, call.user.id);
    let absent = Json::Bool(false);
    Object::new()
        .with(
            "ROLE",
            relation.map_or(absent.clone(), |r| r.role.code().into()),
        )
        .with(
            "INITIATED_BY_TYPE",
            relation.map_or(absent, |r| r.initiated_by.code().into()),
        )
        .with(
            "IS_SUBSCRIBED",
            relation.is_some_and(|r| r.role.is_member()),
        )
}

/// Whether the caller may let others into the group.
fn admits(group: &Group, call: &Call<'_>) -> bool {
    access::manages(&call.user, group) || access::invites(call.state, &call.user, group)
}

fn waiting<'a>(group: &Group, call: &'a Call<'_>) -> impl Iterator<Item = &'a Relation> + use<'a> {
    call.state
        .relations_of(group.id)
        .filter(|relation| relation.role == Role::Awaiting)
}
