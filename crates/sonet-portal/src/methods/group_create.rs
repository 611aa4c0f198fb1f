//! `sonet_group.create`

use super::group_avatar::{self, Avatar};
use super::group_fields;
use crate::domain::events::EventKind;
use crate::domain::model::{
    EXTRANET_SITE, Group, GroupKind, InitiatePerms, MAIN_SITE, SUBJECTS, UserKind,
};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::Json;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    if call.params.is_shapeless() || group_fields::ill_typed(call.params) {
        return Err(Refusal::text("Incorrect input data"));
    }
    if !call.user.can_create_groups {
        return Err(Refusal::text("You have no permissions to create a group"));
    }
    let cannot = || Refusal::text("Cannot create group");
    if call
        .params
        .text("NAME")
        .is_none_or(|name| name.trim().is_empty())
    {
        if call.rules.server_codes {
            return Err(Refusal::empty_name());
        }
        return Err(cannot());
    }
    let avatar = group_avatar::read(call.params, false, call.state.next_file_id())?;
    let mut group = draft(call).ok_or_else(cannot)?;
    if let Avatar::Set(image) = avatar {
        group.image = Some(image);
    }
    if !group_fields::apply(&mut group, call) {
        return Err(cannot());
    }
    call.before_write()?;
    let id = group.id;
    call.state.insert_group(group);
    call.emit(EventKind::Add, id);
    Ok(Answer::from(Json::number(id)))
}

/// A group with all defaults and with what can only be given at the start; `None` if one of the
/// users or the subject is impossible.
fn draft(call: &Call<'_>) -> Option<Group> {
    let params = call.params;
    let external = call.user.is_extranet();
    let owner_id = match params.id("OWNER_ID") {
        Some(id) if call.user.admin => call.state.active_user(id)?.id,
        _ => call.user.id,
    };
    let scrum_master_id = match params.id("SCRUM_MASTER_ID") {
        Some(id) => {
            call.state
                .active_user(id)
                .filter(|u| u.kind != UserKind::Other)?
                .id
        }
        None => 0,
    };
    let subject_id = match params.id("SUBJECT_ID") {
        Some(id) => SUBJECTS.iter().find(|(known, _)| *known == id)?.0,
        None => SUBJECTS[0].0,
    };
    let id = call.state.next_group_id();
    let kind = match (scrum_master_id, params.says_yes("PROJECT")) {
        (0, false) => GroupKind::Group,
        (0, true) => GroupKind::Project,
        _ => GroupKind::Scrum,
    };
    Some(Group {
        id,
        sites: vec![(if external { EXTRANET_SITE } else { MAIN_SITE }).to_owned()],
        subject_id,
        name: String::new(),
        description: String::new(),
        keywords: String::new(),
        kind,
        active: true,
        visible: !external,
        opened: false,
        closed: false,
        date_create: call.now,
        date_update: call.now,
        date_activity: call.now,
        image: None,
        owner_id,
        scrum_master_id,
        initiate_perms: if external {
            InitiatePerms::Moderators
        } else {
            InitiatePerms::Members
        },
        project_date_start: None,
        project_date_finish: None,
        chat_id: 1_000 + id,
    })
}
