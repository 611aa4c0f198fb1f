//! `socialnetwork.api.workgroup.get`, without `select`; `selected` has it with.

use serde_json::json;
use sonet_core::{Method as _, Raw};
use sonet_portal::{self as portal, Group, GroupKind, Role};
use sonet_types::socialnetwork::api::workgroup::{
    AvatarType, Get, GroupType, InitiatedBy, Mode, RelationRole, ScrumTaskResponsible, Workgroup,
};
use sonet_types::{ChatId, FileId, InitiatePerms, SubjectId, UserId};

use crate::conformance::caller::Caller;
use crate::conformance::refusal::{Attempt, Unchecked, assert_not_sent};
use crate::conformance::times::local;
use crate::conformance::world::{World, group_id, user_id};

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Get {
    Get::new(world.open_group())
        .select(Get::TAGS)
        .mode(Mode::Mobile)
}

fn every_field_is_what_the_portal_has<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    for group in world.groups() {
        let workgroup = client.call(&Get::new(group_id(group.id))).unwrap();
        check_texts_and_flags(&workgroup, &group);
        check_numbers(&workgroup, &group);
        check_members(world, &workgroup, &group);
        assert_nothing_selected(&workgroup);
        assert!(workgroup.extra.is_empty(), "{:?}", workgroup.extra);
    }
    let calls = u64::try_from(world.groups().len()).unwrap();
    assert_eq!(world.executed(Get::NAME), calls);
}

fn check_texts_and_flags(workgroup: &Workgroup, group: &Group) {
    assert_eq!(workgroup.id, group_id(group.id));
    assert_eq!(workgroup.name.as_ref(), Some(&group.name));
    // An empty text is none, here as in `sonet_group.get`.
    let text = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
    assert_eq!(workgroup.description, text(&group.description));
    assert_eq!(workgroup.keywords, text(&group.keywords));
    assert_eq!(
        (workgroup.active, workgroup.closed),
        (Some(group.active), Some(group.closed))
    );
    assert_eq!(
        (workgroup.visible, workgroup.opened),
        (Some(group.visible), Some(group.opened))
    );
    assert_eq!(workgroup.project, Some(group.is_project()));
    assert_eq!(workgroup.landing, Some(false));
    assert_eq!(workgroup.date_create, Some(local(group.date_create)));
    assert_eq!(workgroup.date_update, Some(local(group.date_update)));
    assert_eq!(workgroup.date_activity, Some(local(group.date_activity)));
    assert_eq!(
        workgroup.project_date_start,
        group.project_date_start.map(local)
    );
    assert_eq!(
        workgroup.project_date_finish,
        group.project_date_finish.map(local)
    );
    let words = workgroup.search_index.as_deref().unwrap();
    assert!(words.contains(&group.name), "{words}");
    assert_eq!(workgroup.site_id.as_ref(), Some(&group.sites[0]));
    assert_eq!(workgroup.site_ids.as_ref(), Some(&group.sites));
    let kind = match group.kind {
        GroupKind::Group => GroupType::Group,
        GroupKind::Project => GroupType::Project,
        GroupKind::Scrum => GroupType::Scrum,
    };
    assert_eq!(workgroup.kind, Some(kind));
    let perms = match group.initiate_perms {
        portal::InitiatePerms::Owner => InitiatePerms::Owner,
        portal::InitiatePerms::Moderators => InitiatePerms::OwnerAndModerators,
        portal::InitiatePerms::Members => InitiatePerms::AllMembers,
    };
    assert_eq!(workgroup.initiate_perms, Some(perms));
}

fn check_numbers(workgroup: &Workgroup, group: &Group) {
    let signed = |number: u64| i64::try_from(number).unwrap();
    assert_eq!(
        workgroup.subject_id,
        Some(SubjectId::from(signed(group.subject_id)))
    );
    let image = group.image.as_ref();
    assert_eq!(
        workgroup.image_id,
        image.map(|image| FileId::from(signed(image.id)))
    );
    let picture = image.is_none().then_some(AvatarType::Folder);
    assert_eq!(workgroup.avatar_type, picture);
    assert_eq!(workgroup.owner_id, Some(user_id(group.owner_id)));
    let has_chat = group.chat_id != 0;
    let chat = has_chat.then(|| ChatId::from(signed(group.chat_id)));
    assert_eq!(workgroup.chat_id, chat);
    let dialog = has_chat.then(|| format!("chat{}", group.chat_id));
    assert_eq!(workgroup.dialog_id, dialog);
    let is_scrum = group.kind == GroupKind::Scrum;
    let master = is_scrum.then(|| user_id(group.scrum_master_id));
    assert_eq!(workgroup.scrum_master_id, master);
    let owner = is_scrum.then(|| user_id(group.owner_id));
    assert_eq!(workgroup.scrum_owner_id, owner);
    let two_weeks = is_scrum.then_some(14 * 24 * 3_600);
    assert_eq!(workgroup.scrum_sprint_duration, two_weeks);
    let responsible = is_scrum.then_some(ScrumTaskResponsible::Creator);
    assert_eq!(workgroup.scrum_task_responsible, responsible);
}

fn check_members(world: &World, workgroup: &Workgroup, group: &Group) {
    let id = group_id(group.id);
    let sorted = |users: &Option<Vec<UserId>>| {
        let mut users = users.clone().unwrap();
        users.sort();
        users
    };
    let members = world.users_with(id, |role, _| role.is_member());
    assert_eq!(sorted(&workgroup.members), members);
    let count = i64::try_from(members.len()).unwrap();
    assert_eq!(workgroup.number_of_members, Some(count));
    let plural = i64::from(count != 1);
    assert_eq!(workgroup.number_of_members_plural, Some(plural));
    let ordinary = world.users_with(id, |role, _| role == Role::Member);
    assert_eq!(sorted(&workgroup.ordinary_members), ordinary);
    let moderators = world.users_with(id, |role, _| role == Role::Moderator);
    assert_eq!(sorted(&workgroup.moderator_members), moderators);
    let with_owner = i64::try_from(moderators.len()).unwrap() + 1;
    assert_eq!(workgroup.number_of_moderators, Some(with_owner));
    let invited = world.users_with(id, |role, by| {
        role == Role::Awaiting && by == portal::InitiatedBy::Group
    });
    assert_eq!(sorted(&workgroup.invited_members), invited);
}

fn assert_nothing_selected(workgroup: &Workgroup) {
    assert!(workgroup.avatar.is_none() && workgroup.avatar_types.is_none());
    assert!(workgroup.avatar_data.is_none() && workgroup.owner_data.is_none());
    assert!(workgroup.subject_data.is_none() && workgroup.tags.is_none());
    assert!(workgroup.actions.is_none() && workgroup.user_data.is_none());
    assert!(workgroup.departments.is_none() && workgroup.is_pin.is_none());
    assert!(workgroup.privacy_code.is_none() && workgroup.list_of_members.is_none());
    assert!(workgroup.features.is_none() && workgroup.counters.is_none());
    assert!(workgroup.list_of_members_awaiting_invite.is_none());
    assert!(workgroup.group_members_list.is_none());
    assert!(workgroup.efficiency.is_none() && workgroup.additional_data.is_none());
}

fn the_mobile_mode_tells_how_the_caller_relates<C: Caller>(world: &World) {
    let group = world.open_group();
    let call = with_everything(world);
    let related = |user| {
        let workgroup = world.client::<C>(user).call(&call).unwrap();
        assert!(workgroup.tags.is_some(), "`select` came along");
        let data = workgroup.additional_data.unwrap();
        (data.role, data.initiated_by_type)
    };
    assert_eq!(related(world.stranger(group)), (None, None));
    let invited = world.member(group, Role::Awaiting);
    assert_eq!(
        related(invited),
        (Some(RelationRole::Awaiting), Some(InitiatedBy::Group))
    );
    for (role, expected) in [
        (Role::Member, RelationRole::Member),
        (Role::Moderator, RelationRole::Moderator),
        (Role::Owner, RelationRole::Owner),
    ] {
        world.relate(group, invited, role);
        assert_eq!(related(invited).0, Some(expected));
    }
}

fn an_administrator_reads_a_secret_group_without_asking<C: Caller>(world: &World) {
    let group = world.secret_group();
    let workgroup = world.admin_client::<C>().call(&Get::new(group)).unwrap();
    assert_eq!(workgroup.name, Some(world.group(group).name));
}

fn an_unknown_mode_is_not_sent<C: Caller>(world: &World) {
    let call = Get::new(world.open_group()).mode(Mode::from("desktop"));
    assert_not_sent::<C, _>(world, world.admin(), &call, "mode");
}

/// Which is why the client refuses such a mode.
fn the_portal_would_ignore_an_unknown_mode<C: Caller>(world: &World) {
    let params = json!({ "groupId": world.open_group(), "mode": "desktop" });
    let call = Raw::new(Get::NAME, json!({ "params": params })).output::<Workgroup>();
    let workgroup = world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(workgroup.additional_data, None);
}

on_both_clients! {
    every_field_is_what_the_portal_has,
    the_mobile_mode_tells_how_the_caller_relates,
    an_administrator_reads_a_secret_group_without_asking,
    an_unknown_mode_is_not_sent,
    the_portal_would_ignore_an_unknown_mode,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Get>> {
    Attempt::by(world.admin(), Unchecked::of(&Get::new(0)))
}

fn a_group_has_to_be_named(world: &World) -> Attempt<Unchecked<Get>> {
    let params = json!({ "params": {} });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn a_group_that_does_not_exist_is_not_found(world: &World) -> Attempt<Get> {
    Attempt::by(world.admin(), Get::new(world.no_group()))
}

fn a_secret_group_is_not_found(world: &World) -> Attempt<Get> {
    let group = world.secret_group();
    Attempt::by(world.stranger(group), Get::new(group))
}

refusals! { Get:
    GroupIdMissing, "No value for the workgroup ID was provided." => zero_is_no_group,
    GroupIdMissing, "No value for the workgroup ID was provided." => a_group_has_to_be_named,
    GroupNotFound, "Workgroup not found." => a_group_that_does_not_exist_is_not_found,
    GroupNotFound, "Workgroup not found." => a_secret_group_is_not_found,
}
