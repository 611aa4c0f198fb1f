//! What `select` adds to `socialnetwork.api.workgroup.get`.

use sonet_portal::{GroupKind, InitiatedBy as By, Role};
use sonet_types::socialnetwork::api::workgroup::{
    AvatarDataType, Get, InitiatedBy, Mode, PrivacyCode, RelatedUser, RelationRole, Workgroup,
};
use sonet_types::{GroupId, UserId};

use crate::conformance::caller::Caller;
use crate::conformance::world::{World, user_id};

/// A call with every code.
pub(in crate::conformance) fn everything(group: GroupId) -> Get {
    Get::new(group)
        .select(Get::ACTIONS)
        .select(Get::AVATAR)
        .select(Get::AVATAR_DATA)
        .select(Get::AVATAR_TYPES)
        .select(Get::COUNTERS)
        .select(Get::DATE_CREATE)
        .select(Get::DEPARTMENTS)
        .select(Get::EFFICIENCY)
        .select(Get::FEATURES)
        .select(Get::GROUP_MEMBERS_LIST)
        .select(Get::LIST_OF_MEMBERS)
        .select(Get::LIST_OF_MEMBERS_AWAITING_INVITE)
        .select(Get::OWNER_DATA)
        .select(Get::PIN)
        .select(Get::PRIVACY_TYPE)
        .select(Get::SUBJECT_DATA)
        .select(Get::TAGS)
        .select(Get::USER_DATA)
        .mode(Mode::Mobile)
}

/// A closed group with a member, an invited user, one who asks to join, and keywords.
fn crowded(world: &World) -> GroupId {
    let group = world.closed_group();
    world.change_group(group, |group| {
        "rust, sans-io".clone_into(&mut group.keywords);
    });
    world.member(group, Role::Moderator);
    world.member(group, Role::Awaiting);
    group
}

fn ask_to_join<C: Caller>(world: &World, group: GroupId) -> UserId {
    let user = world.stranger(group);
    let call = sonet_types::sonet_group::user::Request::new(group);
    world.client::<C>(user).call(&call).unwrap();
    user
}

fn every_code_adds_what_the_portal_has<C: Caller>(world: &World) {
    let group = crowded(world);
    ask_to_join::<C>(world, group);
    let plain = world.admin_client::<C>().call(&Get::new(group)).unwrap();
    let full = world.admin_client::<C>().call(&everything(group)).unwrap();
    assert!(full.extra.is_empty(), "{:?}", full.extra);
    assert_eq!((&full.name, &full.members), (&plain.name, &plain.members));
    check_pictures(world, &full);
    check_people(world, group, &full);
    check_lists(world, group, &full);

    assert_eq!(full.tags.unwrap(), ["rust", "sans-io"]);
    assert_eq!(full.departments.unwrap(), []);
    assert_eq!(full.is_pin, Some(false));
    assert_eq!(full.privacy_code, Some(PrivacyCode::Closed));
    assert_eq!(full.efficiency, Some(100));
    let subject = full.subject_data.unwrap();
    assert_eq!(
        (Some(subject.id), subject.name.is_some()),
        (full.subject_id, true)
    );
}

fn check_pictures(world: &World, full: &Workgroup) {
    assert_eq!(full.avatar, None, "there is no avatar of a user's own");
    let avatar = full.avatar_data.as_ref().unwrap();
    assert_eq!(
        (&avatar.kind, avatar.id.as_deref()),
        (&Some(AvatarDataType::Icon), Some("folder"))
    );
    let types = full.avatar_types.as_ref().unwrap();
    let codes: Vec<&str> = types.keys().map(String::as_str).collect();
    assert_eq!(codes, ["bag", "checks", "folder", "members", "pie"]);
    let folder = &types["folder"];
    assert_eq!(
        (folder.sort, folder.web_css_class.as_deref()),
        (Some(100), Some("folder"))
    );
    let portal = world.server().url();
    for url in [&folder.mobile_url, &folder.entity_selector_url] {
        assert!(url.as_ref().unwrap().starts_with(&portal));
    }
}

fn check_people(world: &World, group: GroupId, full: &Workgroup) {
    let admin = world.admin();
    let owner = full.owner_data.as_ref().unwrap();
    assert_eq!(owner.id, world.owner(group));
    assert_eq!(
        owner.formatted_name,
        Some(world.user(owner.id).formatted_name())
    );
    assert_eq!(owner.photo, None);

    let relation = world.relation(group, admin);
    let role = relation.map(|(role, _)| RelationRole::from(role.code()));
    let by = relation.map(|(_, by)| InitiatedBy::from(by.code()));
    let user = full.user_data.as_ref().unwrap();
    assert_eq!((&user.role, &user.initiated_by_type), (&role, &by));
    let is_member = relation.is_some_and(|(role, _)| role.is_member());
    assert_eq!(user.is_subscribed, Some(is_member));
    let additional = full.additional_data.as_ref().unwrap();
    assert_eq!(
        (&additional.role, &additional.initiated_by_type),
        (&role, &by)
    );

    let actions = full.actions.as_ref().unwrap();
    for allowed in [
        actions.edit,
        actions.delete,
        actions.invite,
        actions.edit_features,
    ] {
        assert_eq!(allowed, Some(true));
    }
    assert_eq!(actions.join, Some(relation.is_none()));
    assert_eq!(
        (actions.follow, actions.pin),
        (Some(is_member), Some(is_member))
    );
}

fn check_lists(world: &World, group: GroupId, full: &Workgroup) {
    let waiting = |by| world.users_with(group, |role, own| role == Role::Awaiting && own == by);
    let (invited, asking) = (waiting(By::Group), waiting(By::User));
    assert!(!invited.is_empty() && !asking.is_empty());
    let counters = full.counters.as_ref().unwrap();
    assert_eq!(
        usize::try_from(counters.workgroup_requests_out.unwrap()),
        Ok(invited.len())
    );
    assert_eq!(
        usize::try_from(counters.workgroup_requests_in.unwrap()),
        Ok(asking.len())
    );

    let awaiting = full.list_of_members_awaiting_invite.as_ref().unwrap();
    let found: Vec<UserId> = awaiting.iter().map(|user| user.id).collect();
    let active: Vec<UserId> = asking
        .iter()
        .copied()
        .filter(|u| world.user(*u).active)
        .collect();
    assert_eq!(found, active);
    assert_eq!(
        awaiting[0].name,
        Some(world.user(awaiting[0].id).formatted_name())
    );
    assert_eq!(awaiting[0].photo, None);

    let everybody = full.group_members_list.as_ref().unwrap();
    let ids = |wanted: fn(&RelatedUser) -> bool| {
        let users = everybody.iter().filter(|user| wanted(user));
        users.map(|user| user.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(|user| user.invited == Some(true)), invited);
    assert_eq!(ids(|user| user.is_awaiting == Some(true)), asking);
    let members = world.users_with(group, |role, _| role.is_member());
    assert_eq!(ids(|user| user.is_member == Some(true)), members);

    for member in full.list_of_members.as_ref().unwrap() {
        let (user, role) = (world.user(member.id), world.role(group, member.id));
        assert_eq!(member.is_owner, Some(role == Some(Role::Owner)));
        assert_eq!(member.is_moderator, Some(role == Some(Role::Moderator)));
        assert_eq!(member.is_scrum_master, Some(false));
        assert_eq!((member.is_auto_member, &member.photo), (Some(false), &None));
        // An empty text is none.
        let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        assert_eq!(member.name, text(&user.name));
        assert_eq!(member.last_name, text(&user.last_name));
        assert_eq!(member.position, text(&user.position));
    }

    let features = full.features.as_ref().unwrap();
    let codes: Vec<&str> = features
        .iter()
        .filter_map(|f| f.feature_name.as_deref())
        .collect();
    assert_eq!(codes, ["tasks", "calendar", "files", "photo", "blog"]);
    assert!(
        features
            .iter()
            .all(|feature| feature.active == Some(true) && feature.name.is_some())
    );
    assert_eq!(features[0].custom_name, None, "an empty text");
    assert_eq!(features[0].id.as_deref(), Some("1"));
}

fn an_image_has_an_address<C: Caller>(world: &World) {
    let group = world.find_group(|group| group.image.is_some());
    let name = world.group(group).image.unwrap().name;
    let full = world.admin_client::<C>().call(&everything(group)).unwrap();
    let address = full.avatar.unwrap();
    assert!(address.ends_with(&name), "{address}");
    let data = full.avatar_data.unwrap();
    assert_eq!(
        (data.kind, data.id),
        (Some(AvatarDataType::Image), Some(address))
    );
}

fn a_scrum_has_a_master_and_no_efficiency<C: Caller>(world: &World) {
    let group = world.find_group(|group| group.kind == GroupKind::Scrum);
    let full = world.admin_client::<C>().call(&everything(group)).unwrap();
    assert_eq!(full.efficiency, None);
    let members = full.list_of_members.unwrap();
    let masters: Vec<UserId> = members
        .iter()
        .filter(|member| member.is_scrum_master == Some(true))
        .map(|member| member.id)
        .collect();
    assert_eq!(masters, [user_id(world.group(group).scrum_master_id)]);
}

fn privacy_is_told_in_a_word<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    for (group, expected) in [
        (world.open_group(), PrivacyCode::Open),
        (world.closed_group(), PrivacyCode::Closed),
        (world.secret_group(), PrivacyCode::Secret),
    ] {
        let call = Get::new(group).select(Get::PRIVACY_TYPE);
        assert_eq!(client.call(&call).unwrap().privacy_code, Some(expected));
    }
}

fn the_date_of_creation_turns_into_words<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let call = sonet_types::sonet_group::Create::new("Rust");
    let group = client.call(&call).unwrap();
    let call = Get::new(group).select(Get::DATE_CREATE);
    let words = client.call(&call).unwrap().date_create.unwrap();
    assert!(
        words.starts_with("today, ") || words.starts_with("yesterday, "),
        "{words}"
    );
}

fn a_stranger_may_do_little_and_is_told_little<C: Caller>(world: &World) {
    let group = crowded(world);
    ask_to_join::<C>(world, group);
    let stranger = world.stranger(group);
    let full = world
        .client::<C>(stranger)
        .call(&everything(group))
        .unwrap();
    let actions = full.actions.unwrap();
    assert_eq!(actions.join, Some(true));
    for forbidden in [
        actions.edit,
        actions.delete,
        actions.invite,
        actions.leave,
        actions.follow,
        actions.pin,
        actions.edit_features,
    ] {
        assert_eq!(forbidden, Some(false));
    }
    let user = full.user_data.unwrap();
    assert_eq!(
        (user.role, user.initiated_by_type),
        (None, None),
        "`false` on the wire"
    );
    let additional = full.additional_data.unwrap();
    assert_eq!(
        (additional.role, additional.initiated_by_type),
        (None, None)
    );
    assert_eq!(full.list_of_members_awaiting_invite.unwrap(), []);
    assert_eq!(full.group_members_list.unwrap(), []);
    assert!(!full.list_of_members.unwrap().is_empty());
}

on_both_clients! {
    every_code_adds_what_the_portal_has,
    an_image_has_an_address,
    a_scrum_has_a_master_and_no_efficiency,
    privacy_is_told_in_a_word,
    the_date_of_creation_turns_into_words,
    a_stranger_may_do_little_and_is_told_little,
}
