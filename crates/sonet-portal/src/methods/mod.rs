//! The methods, one file each, and the tables that find them.

pub(crate) mod call;
pub(crate) mod refusal;

mod common;
mod group_avatar;
mod group_create;
mod group_delete;
mod group_feature_access;
mod group_fields;
mod group_get;
mod group_setowner;
mod group_update;
mod group_user_groups;
mod scrum;
mod user_add;
mod user_delete;
mod user_get;
mod user_invite;
mod user_request;
mod user_update;
mod workgroup_get;
mod workgroup_list;
mod workgroup_select;

use crate::methods::call::{Call, Outcome};
use crate::methods::refusal::Refusal;

/// A method of the portal.
pub(crate) struct Method {
    /// The name in lower case.
    pub(crate) name: &'static str,
    /// The scope that a credential needs.
    pub(crate) scope: &'static str,
    /// What the method answers when the storage fails, where its page has a text for that.
    pub(crate) storage_failure: Option<&'static str>,
    /// What the method answers to a failure that no other text is about, where its page has a text
    /// for that.
    pub(crate) other_failure: Option<&'static str>,
    pub(crate) run: Run,
}

impl Method {
    /// The refusal of a failure that no other text is about.
    pub(crate) fn other_refusal(&self) -> Refusal {
        self.other_failure
            .map_or_else(Refusal::internal, Refusal::scrum)
    }
}

/// What runs when a method is called.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Run {
    Alone(fn(&mut Call<'_>) -> Outcome),
    /// Other methods.
    Batch,
}

/// Finds a method by its name in whatever case.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    all().find(|method| method.name.eq_ignore_ascii_case(name))
}

/// All methods.
pub(crate) fn all() -> impl Iterator<Item = &'static Method> {
    METHODS.iter().chain(&scrum::METHODS)
}

const BASIC: &str = "basic";
const USER: &str = "user";
const GROUP: &str = "sonet_group";
const SOCIAL: &str = "socialnetwork";

/// All methods but those of scrums.
static METHODS: &[Method] = &[
    Method {
        name: "batch",
        scope: BASIC,
        storage_failure: None,
        other_failure: None,
        run: Run::Batch,
    },
    writes(
        "sonet_group.create",
        "Cannot create group",
        group_create::run,
    ),
    writes(
        "sonet_group.update",
        "Cannot update group",
        group_update::run,
    ),
    writes(
        "sonet_group.delete",
        "Cannot delete group",
        group_delete::run,
    ),
    writes(
        "sonet_group.setowner",
        "Cannot complete operation.",
        group_setowner::run,
    ),
    writes(
        "sonet_group.user.request",
        "Cannot request to join group",
        user_request::run,
    ),
    plain("sonet_group.get", GROUP, group_get::run),
    plain(
        "sonet_group.feature.access",
        GROUP,
        group_feature_access::run,
    ),
    plain("sonet_group.user.groups", GROUP, group_user_groups::run),
    plain("sonet_group.user.get", GROUP, user_get::run),
    plain("sonet_group.user.invite", GROUP, user_invite::run),
    plain("sonet_group.user.add", GROUP, user_add::run),
    plain("sonet_group.user.update", GROUP, user_update::run),
    plain("sonet_group.user.delete", GROUP, user_delete::run),
    plain(
        "socialnetwork.api.workgroup.get",
        SOCIAL,
        workgroup_get::run,
    ),
    plain(
        "socialnetwork.api.workgroup.list",
        SOCIAL,
        workgroup_list::run,
    ),
    plain("user.current", USER, common::user::current),
    plain("user.get", USER, common::user::get),
    plain("profile", BASIC, common::profile::run),
    plain("server.time", BASIC, common::server_time::run),
    plain("app.info", BASIC, common::app_info::run),
    plain("scope", BASIC, common::scope::run),
    plain("methods", BASIC, common::methods::list),
    plain("method.get", BASIC, common::methods::get),
    plain("events", BASIC, common::events::run),
    plain("event.bind", BASIC, common::event_bind::run),
    plain("event.unbind", BASIC, common::event_unbind::run),
    plain("event.get", BASIC, common::event_get::run),
];

/// A method whose page has a text for a failure of the storage.
const fn writes(
    name: &'static str,
    failure: &'static str,
    run: fn(&mut Call<'_>) -> Outcome,
) -> Method {
    Method {
        name,
        scope: GROUP,
        storage_failure: Some(failure),
        other_failure: None,
        run: Run::Alone(run),
    }
}

const fn plain(
    name: &'static str,
    scope: &'static str,
    run: fn(&mut Call<'_>) -> Outcome,
) -> Method {
    Method {
        name,
        scope,
        storage_failure: None,
        other_failure: None,
        run: Run::Alone(run),
    }
}
