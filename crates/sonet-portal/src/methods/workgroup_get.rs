//! `socialnetwork.api.workgroup.get`

use super::workgroup_list::SPRINT_SECONDS;
use super::workgroup_select;
use crate::domain::access;
use crate::domain::dates;
use crate::domain::model::{Group, InitiatedBy, Relation, Role, SYSTEM_AVATAR};
use crate::methods::call::{Answer, Call, Outcome, id_numbers};
use crate::methods::refusal::Refusal;
use crate::rules::Language;
use crate::wire::output::{Json, Object};
use crate::wire::value::{Array, Value};

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let params = call.params.array("params");
    let value = |name: &str| params.and_then(|params| params.get(name));
    let Some(id) = value("groupId").and_then(Value::to_id) else {
        return Err(Refusal::coded(
            400,
            "SONET_CONTROLLER_WORKGROUP_EMPTY",
            "No value for the workgroup ID was provided.",
        ));
    };
    let state = &*call.state;
    // An administrator sees secret groups here without asking for it.
    let group = state
        .groups
        .get(&id)
        .filter(|group| access::reaches(state, &call.user, group));
    let Some(group) = group else {
        return Err(Refusal::coded(
            400,
            "SONET_CONTROLLER_WORKGROUP_NOT_FOUND",
            "Workgroup not found.",
        ));
    };
    let mut result = base(call, group);
    let select = value("select").and_then(Value::as_array);
    for code in select
        .into_iter()
        .flat_map(Array::values)
        .filter_map(Value::to_text)
    {
        workgroup_select::add(&mut result, &code, group, call);
    }
    if value("mode").and_then(Value::to_text).as_deref() == Some("mobile") {
        result.set(
            "ADDITIONAL_DATA",
            additional_data(state.relation(id, call.user.id)),
        );
    }
    Ok(Answer::from(result))
}

/// The fields that come unasked.
fn base(call: &Call<'_>, group: &Group) -> Object {
    let (state, language) = (&*call.state, call.rules.language);
    let members = state.members(group.id);
    let with_role = |wanted: fn(Role) -> bool| {
        let fitting = members.iter().filter(|member| wanted(member.role));
        fitting.map(|member| member.user_id).collect::<Vec<_>>()
    };
    let moderators = with_role(|role| role == Role::Moderator);
    // The owner moderates, too, and is counted.
    let moderating = with_role(|role| role != Role::Member).len() as u64;
    let invited = state.relations_of(group.id).filter(|relation| {
        relation.role == Role::Awaiting && relation.initiated_by == InitiatedBy::Group
    });
    let is_scrum = group.scrum_master_id != 0;
    let of_scrum = |number: u64| Json::number(if is_scrum { number } else { 0 });
    Object::new()
        .with("ID", Json::number(group.id))
        .with("ACTIVE", Json::flag(group.active))
        .with("SITE_ID", group.site())
        .with("SUBJECT_ID", Json::number(group.subject_id))
        .with("NAME", &*call.shown(&group.name))
        .with("DESCRIPTION", &*call.shown(&group.description))
        .with("KEYWORDS", group.keywords.as_str())
        .with("CLOSED", Json::flag(group.closed))
        .with("VISIBLE", Json::flag(group.visible))
        .with("OPENED", Json::flag(group.opened))
        .with(
            "DATE_CREATE",
            dates::local_text(group.date_create, language),
        )
        .with(
            "DATE_UPDATE",
            dates::local_text(group.date_update, language),
        )
        .with(
            "DATE_ACTIVITY",
            dates::local_text(group.date_activity, language),
        )
        .with(
            "IMAGE_ID",
            Json::number(group.image.as_ref().map_or(0, |image| image.id)),
        )
        .with(
            "AVATAR_TYPE",
            if group.image.is_some() {
                ""
            } else {
                SYSTEM_AVATAR
            },
        )
        .with("OWNER_ID", Json::number(group.owner_id))
        .with("INITIATE_PERMS", group.initiate_perms.code())
        .with("NUMBER_OF_MEMBERS", Json::number(members.len() as u64))
        .with("NUMBER_OF_MODERATORS", Json::number(moderating))
        .with("PROJECT", Json::flag(group.is_project()))
        .with(
            "PROJECT_DATE_START",
            date(group.project_date_start, language),
        )
        .with(
            "PROJECT_DATE_FINISH",
            date(group.project_date_finish, language),
        )
        .with("SEARCH_INDEX", search_index(group))
        .with("LANDING", Json::flag(false))
        .with("SCRUM_OWNER_ID", of_scrum(group.owner_id))
        .with("SCRUM_MASTER_ID", Json::number(group.scrum_master_id))
        .with("SCRUM_SPRINT_DURATION", of_scrum(SPRINT_SECONDS))
        .with("SCRUM_TASK_RESPONSIBLE", if is_scrum { "A" } else { "" })
        .with("TYPE", group.kind.code())
        .with("MEMBERS", id_numbers(with_role(Role::is_member)))
        .with("CHAT_ID", Json::number(group.chat_id))
        .with("DIALOG_ID", group.dialog_id())
        .with(
            "ORDINARY_MEMBERS",
            id_numbers(with_role(|role| role == Role::Member)),
        )
        .with(
            "INVITED_MEMBERS",
            id_numbers(invited.map(|relation| relation.user_id)),
        )
        .with("MODERATOR_MEMBERS", id_numbers(moderators))
        .with(
            "SITE_IDS",
            group.sites.iter().map(String::as_str).collect::<Vec<_>>(),
        )
        .with("NUMBER_OF_MEMBERS_PLURAL", plural(members.len()))
}

fn additional_data(relation: Option<&Relation>) -> Object {
    Object::new()
        .with("ROLE", relation.map_or("", |relation| relation.role.code()))
        .with(
            "INITIATED_BY_TYPE",
            relation.map_or("", |relation| relation.initiated_by.code()),
        )
}

fn date(seconds: Option<i64>, language: Language) -> Json {
    seconds.map_or(Json::Null, |seconds| {
        dates::local_text(seconds, language).into()
    })
}

/// What the search looks in: all texts of the group, and the tags with their sign.
fn search_index(group: &Group) -> String {
    let mut words = vec![group.name.clone(), group.description.clone()];
    words.extend(
        group
            .tags()
            .into_iter()
            .flat_map(|tag| [tag.clone(), format!("#{tag}")]),
    );
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// The form of the noun after the number: 0 for one, 1 for more.
fn plural(count: usize) -> i64 {
    i64::from(count != 1)
}
