//! `socialnetwork.api.workgroup.list`

use sonet_core::Method;
use sonet_core::PageStart;
use sonet_core::wire::Timestamp;
use sonet_portal::{Group, GroupKind, Role};
use sonet_types::socialnetwork::api::workgroup::{
    AvatarType, GroupType, InitiatedBy, List, Mode, RelationRole, ScrumTaskResponsible,
    WorkgroupRow,
};
use sonet_types::{FileId, GroupId, InitiatePerms, SubjectId};

use crate::conformance::caller::Caller;
use crate::conformance::groups::get::visible;
use crate::conformance::refusal::assert_not_sent;
use crate::conformance::times::at;
use crate::conformance::world::{World, group_id, user_id};

/// A call with every parameter and every field.
pub(in crate::conformance) fn with_everything(_: &World) -> List {
    every_field()
        .filter(List::ID.gt(0))
        .order(List::ID.desc())
        .is_admin(true)
        .site_id("s1")
        .mode(Mode::Mobile)
        .features(["tasks", "blog"])
        .mandatory_features(["blog"])
        .should_select_dialog_id(true)
        .start(PageStart::at_row(0))
}

pub(in crate::conformance) fn every_field() -> List {
    List::new()
        .select(List::ID)
        .select(List::ACTIVE)
        .select(List::SUBJECT_ID)
        .select(List::NAME)
        .select(List::DESCRIPTION)
        .select(List::KEYWORDS)
        .select(List::CLOSED)
        .select(List::VISIBLE)
        .select(List::OPENED)
        .select(List::PROJECT)
        .select(List::LANDING)
        .select(List::DATE_CREATE)
        .select(List::DATE_UPDATE)
        .select(List::DATE_ACTIVITY)
        .select(List::IMAGE_ID)
        .select(List::AVATAR_TYPE)
        .select(List::OWNER_ID)
        .select(List::NUMBER_OF_MEMBERS)
        .select(List::NUMBER_OF_MODERATORS)
        .select(List::INITIATE_PERMS)
        .select(List::PROJECT_DATE_START)
        .select(List::PROJECT_DATE_FINISH)
        .select(List::SCRUM_OWNER_ID)
        .select(List::SCRUM_MASTER_ID)
        .select(List::SCRUM_SPRINT_DURATION)
        .select(List::SCRUM_TASK_RESPONSIBLE)
        .select(List::TYPE)
        .select(List::AVATAR)
}

fn every_parameter_arrives<C: Caller>(world: &World) {
    let call = with_everything(world);
    let page = world.admin_client::<C>().call(&call).unwrap();
    let mut expected = on_site(world, "s1");
    expected.reverse();
    assert_eq!(ids(page.rows()), expected);
    assert_eq!(page.total(), Some(u64::try_from(expected.len()).unwrap()));
    assert_eq!(page.next(), None);
    for row in &page {
        check_row(world, row);
        check_extras(world, row);
    }
    let any = |test: fn(&WorkgroupRow) -> bool| page.iter().any(test);
    assert!(any(|row| row.image_id.is_some()) && any(|row| row.image_id.is_none()));
    assert!(any(|row| row.scrum_master_id.is_some()) && any(|row| row.dialog_id.is_none()));
    assert!(any(|row| row.project_date_start.is_some()) && any(|row| row.description.is_none()));
    assert_eq!(world.executed(<List as Method>::NAME), 1);
}

fn check_row(world: &World, row: &WorkgroupRow) {
    let group = world.group(row.id);
    let signed = |number: u64| i64::try_from(number).unwrap();
    let flags = (row.active, row.closed, row.visible, row.opened);
    let expected = (group.active, group.closed, group.visible, group.opened);
    assert_eq!(
        flags,
        (
            Some(expected.0),
            Some(expected.1),
            Some(expected.2),
            Some(expected.3)
        )
    );
    assert_eq!(row.project, Some(group.is_project()));
    assert_eq!(row.landing, Some(false));
    assert_eq!(
        row.subject_id,
        Some(SubjectId::from(signed(group.subject_id)))
    );
    assert_eq!(row.name.as_ref(), Some(&group.name));
    assert_eq!(
        row.description.as_deref().unwrap_or_default(),
        group.description
    );
    assert_eq!(row.keywords.as_deref().unwrap_or_default(), group.keywords);
    assert_eq!(row.date_create, date(Some(group.date_create)));
    assert_eq!(row.date_update, date(Some(group.date_update)));
    assert_eq!(row.date_activity, date(Some(group.date_activity)));
    assert_eq!(row.project_date_start, date(group.project_date_start));
    assert_eq!(row.project_date_finish, date(group.project_date_finish));
    let image = group.image.as_ref();
    assert_eq!(
        row.image_id,
        image.map(|image| FileId::from(signed(image.id)))
    );
    assert_eq!(row.avatar.is_some(), image.is_some());
    // The system's picture, `null` on the wire beside an image of the group's own.
    let picture = image.is_none().then_some(AvatarType::Folder);
    assert_eq!(row.avatar_type, picture);
    assert_eq!(row.owner_id, Some(user_id(group.owner_id)));
    let count = |wanted: fn(Role) -> bool| {
        let users = world.users_with(row.id, |role, _| wanted(role));
        i64::try_from(users.len()).unwrap()
    };
    assert_eq!(row.number_of_members, Some(count(Role::is_member)));
    let moderators = count(|role| role <= Role::Moderator);
    assert_eq!(row.number_of_moderators, Some(moderators));
    let perms = InitiatePerms::from(group.initiate_perms.code());
    assert_eq!(row.initiate_perms, Some(perms));
    check_scrum(row, &group);
}

fn check_scrum(row: &WorkgroupRow, group: &Group) {
    let is_scrum = group.kind == GroupKind::Scrum;
    assert_eq!(row.kind, Some(GroupType::from(group.kind.code())));
    assert_eq!(
        row.scrum_owner_id,
        is_scrum.then(|| user_id(group.owner_id))
    );
    assert_eq!(
        row.scrum_master_id,
        is_scrum.then(|| user_id(group.scrum_master_id))
    );
    assert_eq!(
        row.scrum_sprint_duration,
        is_scrum.then_some(14 * 24 * 3_600)
    );
    let responsible = is_scrum.then_some(ScrumTaskResponsible::Creator);
    assert_eq!(row.scrum_task_responsible, responsible);
}

fn check_extras(world: &World, row: &WorkgroupRow) {
    let chat = world.group(row.id).chat_id;
    let dialog = Some(format!("chat{chat}")).filter(|_| chat != 0);
    assert_eq!(row.dialog_id, dialog);
    let data = row.additional_data.as_ref().unwrap();
    let relation = world.relation(row.id, world.admin());
    let role = relation.map(|(role, _)| RelationRole::from(role.code()));
    let by = relation.map(|(_, by)| InitiatedBy::from(by.code()));
    assert_eq!((&data.role, &data.initiated_by_type), (&role, &by));
    assert_eq!(data.features.as_deref().unwrap(), ["tasks", "blog"]);
}

fn without_a_selection_there_is_only_the_identifier<C: Caller>(world: &World) {
    let rows = world.admin_client::<C>().call(&List::new()).unwrap();
    for row in rows {
        assert!(row.name.is_none() && row.active.is_none() && row.date_create.is_none());
        assert!(row.kind.is_none() && row.avatar.is_none() && row.owner_id.is_none());
        assert!(row.additional_data.is_none() && row.dialog_id.is_none());
    }
}

fn the_avatar_brings_its_image_along<C: Caller>(world: &World) {
    let call = List::new().select(List::AVATAR).is_admin(true);
    let page = world.admin_client::<C>().call(&call).unwrap();
    let mut with_image = page.iter().filter(|row| row.avatar.is_some());
    let row = with_image.next().unwrap();
    assert!(row.image_id.is_some() && row.name.is_none());
}

fn features_are_told_only_if_asked_for<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let call = List::new().mode(Mode::Mobile);
    for row in client.call(&call).unwrap() {
        assert_eq!(row.additional_data.unwrap().features, None);
    }
    let call = List::new().mode(Mode::Mobile).features(["files"]);
    for row in client.call(&call).unwrap() {
        let features = row.additional_data.unwrap().features;
        assert_eq!(features.unwrap(), ["files"]);
    }
}

fn every_user_sees_the_groups_that_are_meant_for_them<C: Caller>(world: &World) {
    for user in [world.admin(), world.employee()] {
        let page = world.client::<C>(user).call(&List::new()).unwrap();
        let on_main = |group: &Group| group.sites.iter().any(|site| site == "s1");
        assert_eq!(ids(page.rows()), visible(world, user, on_main));
    }
    let user = world.extranet_user();
    let call = List::new().site_id("s1");
    let page = world.client::<C>(user).call(&call).unwrap();
    let expected = visible(world, user, Group::is_extranet);
    assert_eq!(
        ids(page.rows()),
        expected,
        "the extranet, whatever they ask for"
    );
}

fn another_site_has_other_groups<C: Caller>(world: &World) {
    let call = List::new().is_admin(true).site_id("ex");
    let page = world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(ids(page.rows()), on_site(world, "ex"));
    assert!(!page.is_empty());
}

fn asking_as_an_administrator_finds_secret_groups<C: Caller>(world: &World) {
    let secret = world.secret_group();
    let call = List::new().filter(List::ID.eq(secret));
    let client: C = world.admin_client();
    assert_eq!(client.call(&call).unwrap().len(), 0);
    let found = client.call(&call.clone().is_admin(true)).unwrap();
    assert_eq!(ids(found.rows()), [secret]);
    let employee: C = world.client(world.stranger(secret));
    let found = employee.call(&call.is_admin(true)).unwrap();
    assert_eq!(found.len(), 0, "it helps no employee");
}

fn an_unknown_mode_is_not_sent<C: Caller>(world: &World) {
    let call = List::new().mode(Mode::from("desktop"));
    assert_not_sent::<C, _>(world, world.admin(), &call, "mode");
}

on_both_clients! {
    every_parameter_arrives,
    without_a_selection_there_is_only_the_identifier,
    the_avatar_brings_its_image_along,
    features_are_told_only_if_asked_for,
    every_user_sees_the_groups_that_are_meant_for_them,
    another_site_has_other_groups,
    asking_as_an_administrator_finds_secret_groups,
    an_unknown_mode_is_not_sent,
}

fn date(seconds: Option<i64>) -> Option<Timestamp> {
    seconds.map(|seconds| Timestamp::At(at(seconds)))
}

fn ids(rows: &[WorkgroupRow]) -> Vec<GroupId> {
    rows.iter().map(|row| row.id).collect()
}

fn on_site(world: &World, site: &str) -> Vec<GroupId> {
    let groups = world.groups();
    let fitting = groups
        .iter()
        .filter(|group| group.sites.iter().any(|own| own == site));
    fitting.map(|group| group_id(group.id)).collect()
}
