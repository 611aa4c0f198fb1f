//! What the methods answer: one file each, and the tables that find them.
//!
//! A method is a function of a [`call`]: what it may touch of the portal, the parameters, and who
//! calls. It ends with an answer or a [`refusal`]. Those of scrums are in `scrum/`, those of tasks, users
//! and the feed in folders of their own, and the others that belong to no group in `common/`.
//!
//! A new method needs a file here, a line in the table below (or in that of its folder), and its name
//! and scope at the same place of [`rules::method_scopes`](crate::rules::method_scopes). Which parameters its
//! page has stands in `rest/strict/`.

pub(crate) mod address;
pub(crate) mod call;
pub(crate) mod pictures;
pub(crate) mod refusal;

mod common;
mod feed;
mod group_avatar;
mod group_create;
mod group_delete;
mod group_feature_access;
mod group_fields;
mod group_get;
mod group_setowner;
mod group_update;
mod group_user_groups;
pub(crate) mod method;
mod paging;
mod scrum;
mod task;
pub(crate) mod taught;
mod user;
mod user_add;
mod user_delete;
mod user_get;
mod user_invite;
mod user_request;
mod user_update;
mod workgroup_get;
mod workgroup_list;
mod workgroup_select;

use method::{Action, Method};

/// Finds a method by its name in whatever case.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    all().find(|method| method.name.eq_ignore_ascii_case(name))
}

/// All methods.
pub(crate) fn all() -> impl Iterator<Item = &'static Method> {
    let others = scrum::METHODS.iter();
    let others = others.chain(&task::METHODS).chain(&feed::METHODS);
    METHODS.iter().chain(others)
}

/// All methods but those of scrums, tasks and the feed.
static METHODS: &[Method] = &[
    Method {
        name: "batch",
        scope: "basic",
        storage_failure: None,
        other_failure: None,
        action: Action::Batch,
    },
    Method::new("sonet_group.create", group_create::run).storage_failure("Cannot create group"),
    Method::new("sonet_group.update", group_update::run).storage_failure("Cannot update group"),
    Method::new("sonet_group.delete", group_delete::run).storage_failure("Cannot delete group"),
    Method::new("sonet_group.setowner", group_setowner::run)
        .storage_failure("Cannot complete operation."),
    Method::new("sonet_group.user.request", user_request::run)
        .storage_failure("Cannot request to join group"),
    Method::new("sonet_group.get", group_get::run),
    Method::new("sonet_group.feature.access", group_feature_access::run),
    Method::new("sonet_group.user.groups", group_user_groups::run),
    Method::new("sonet_group.user.get", user_get::run),
    Method::new("sonet_group.user.invite", user_invite::run),
    Method::new("sonet_group.user.add", user_add::run),
    Method::new("sonet_group.user.update", user_update::run),
    Method::new("sonet_group.user.delete", user_delete::run),
    Method::new("socialnetwork.api.workgroup.get", workgroup_get::run),
    Method::new("socialnetwork.api.workgroup.list", workgroup_list::run),
    Method::new("user.current", user::current),
    Method::new("user.get", user::get),
    Method::new("user.search", user::search),
    Method::new("user.fields", user::fields),
    Method::new("profile", common::profile::run),
    Method::new("server.time", common::server_time::run),
    Method::new("app.info", common::app_info::run),
    Method::new("scope", common::scope::run),
    Method::new("methods", common::methods::list),
    Method::new("method.get", common::methods::get),
    Method::new("events", common::events::run),
    Method::new("event.bind", common::event_bind::run),
    Method::new("event.unbind", common::event_unbind::run),
    Method::new("event.get", common::event_get::run),
];

#[cfg(test)]
mod tests {
    use crate::rules;

    #[test]
    fn every_method_of_the_table_can_be_found_and_called() {
        let listed: Vec<_> = rules::method_scopes::METHODS.map(|(name, _)| name).to_vec();
        let runnable: Vec<_> = super::all().map(|method| method.name).collect();
        assert_eq!(listed, runnable);
    }
}
