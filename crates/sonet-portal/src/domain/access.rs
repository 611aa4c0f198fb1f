//! Who sees and does what.

use crate::domain::model::{EXTRANET_SITE, Group, InitiatePerms, MAIN_SITE, Role, User};
use crate::domain::state::{Class, Ids, State};

/// Whether a user sees a group in lists, as an administrator only after asking for it.
///
/// A group is seen by its members, and by everybody else on its site if it is visible. Somebody who
/// is only invited or waiting sees a secret group no more than a stranger does.
pub(crate) fn sees(state: &State, user: &User, group: &Group) -> bool {
    // Most groups are listed, and looking for a member takes longer.
    is_listed(user, Class::of(group)) || state.role(group.id, user.id).is_some_and(Role::is_member)
}

/// Whether a user sees the groups of a class, be it as a member or not.
fn is_listed(user: &User, class: Class) -> bool {
    class.visible && (!user.is_extranet() || class.extranet)
}

/// All groups of the admitted classes that a user sees in lists: as [`sees`] has it, or every one.
pub(crate) fn seen<'a>(
    state: &'a State,
    user: &User,
    sees_all: bool,
    admits: impl Fn(Class) -> bool,
) -> Ids<'a> {
    state.seen(user.id, admits, |class| sees_all || is_listed(user, class))
}

/// Whether a user reaches a group by its identifier; an administrator reaches all of them.
pub(crate) fn reaches(state: &State, user: &User, group: &Group) -> bool {
    user.admin || sees(state, user, group)
}

/// Whether a user may change or delete a group.
pub(crate) fn manages(user: &User, group: &Group) -> bool {
    user.admin || group.owner_id == user.id
}

/// Whether a user may invite others to a group.
pub(crate) fn invites(state: &State, user: &User, group: &Group) -> bool {
    let lowest = match group.initiate_perms {
        InitiatePerms::Owner => Role::Owner,
        InitiatePerms::Moderators => Role::Moderator,
        InitiatePerms::Members => Role::Member,
    };
    user.admin
        || state
            .role(group.id, user.id)
            .is_some_and(|role| role <= lowest)
}

/// Whether the groups of a class are on a site. Internal users have the site of their choice, external ones always
/// the extranet.
pub(crate) fn on_site(user: &User, class: Class, site: &str) -> bool {
    match site {
        _ if user.is_extranet() => class.extranet,
        EXTRANET_SITE => class.extranet,
        MAIN_SITE => class.main,
        _ => false,
    }
}

/// Whether a user is told of another one. No page says what external users are told: here it is
/// themselves, and who is in a group with them.
pub(crate) fn knows(state: &State, user: &User, other: &User) -> bool {
    let shares = |group: &Group| {
        let belongs = |id| state.role(group.id, id).is_some_and(Role::is_member);
        belongs(user.id) && belongs(other.id)
    };
    !user.is_extranet() || user.id == other.id || state.groups.values().any(shares)
}

/// Whether a user may do an operation within a group. Which role each operation needs is the
/// portal's choice, as no page states it.
pub(crate) fn may_operate(
    state: &State,
    user: &User,
    group: Option<&Group>,
    operation: &str,
) -> bool {
    let Some(group) = group.filter(|group| reaches(state, user, group)) else {
        return false;
    };
    let lowest = match operation {
        "edit_tasks" | "delete_tasks" | "moderate_post" | "moderate_comment" => Role::Moderator,
        "full_post" | "full_comment" => Role::Owner,
        _ => Role::Member,
    };
    user.admin
        || state
            .role(group.id, user.id)
            .is_some_and(|role| role <= lowest)
}

/// The operations within a feature; `None` if there is no such feature.
pub(crate) fn operations(feature: &str) -> Option<&'static [&'static str]> {
    Some(match feature {
        "photo" | "calendar" | "files" => &["view", "write"],
        "tasks" => &[
            "view",
            "view_all",
            "sort",
            "create_tasks",
            "edit_tasks",
            "delete_tasks",
        ],
        "blog" => &[
            "view_post",
            "premoderate_post",
            "write_post",
            "moderate_post",
            "full_post",
            "view_comment",
            "premoderate_comment",
            "write_comment",
            "moderate_comment",
            "full_comment",
        ],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::{InitiatedBy, UserKind};
    use crate::domain::seed;

    /// A portal, a secret group, and an employee who has nothing to do with it.
    fn stranger() -> (State, u64, u64) {
        let state = seed::state(40, 30, 1);
        let group = state
            .groups
            .values()
            .find(|g| !g.visible && !g.is_extranet())
            .unwrap()
            .id;
        let user = state.users.values().find(|u| {
            u.active
                && !u.admin
                && u.kind == UserKind::Employee
                && state.role(group, u.id).is_none()
        });
        let user = user.unwrap().id;
        (state, group, user)
    }

    fn check(
        state: &State,
        user: u64,
        group: u64,
        rule: fn(&State, &User, &Group) -> bool,
    ) -> bool {
        rule(state, &state.users[&user], &state.groups[&group])
    }

    #[test]
    fn a_secret_group_is_seen_by_its_members_only() {
        let (mut state, group, user) = stranger();
        assert!(!check(&state, user, group, sees));
        state.relate(group, user, Role::Awaiting, InitiatedBy::Group);
        assert!(
            !check(&state, user, group, sees),
            "an invitation does not open it"
        );
        state.set_role(group, user, Role::Member);
        assert!(check(&state, user, group, sees));
    }

    #[test]
    fn an_administrator_reaches_what_lists_hide() {
        let (mut state, group, _) = stranger();
        state.unrelate(group, 1);
        assert!(!check(&state, 1, group, sees));
        assert!(check(&state, 1, group, reaches));
    }

    #[test]
    fn an_external_user_sees_the_extranet_only() {
        let state = seed::state(40, 30, 1);
        let user = state
            .users
            .values()
            .find(|u| u.is_extranet() && u.active)
            .unwrap();
        let seen = state
            .groups
            .values()
            .filter(|group| sees(&state, user, group));
        assert!(seen.clone().count() > 0);
        assert!(seen.clone().all(Group::is_extranet));
    }

    #[test]
    fn inviting_depends_on_the_role() {
        let (mut state, group, user) = stranger();
        for (perms, allowed) in [
            (InitiatePerms::Owner, [false, false, false, true]),
            (InitiatePerms::Moderators, [false, false, true, true]),
            (InitiatePerms::Members, [false, true, true, true]),
        ] {
            state.group_mut(group).unwrap().initiate_perms = perms;
            let roles = [Role::Awaiting, Role::Member, Role::Moderator, Role::Owner];
            for (role, allowed) in roles.into_iter().zip(allowed) {
                state.relate(group, user, role, InitiatedBy::Group);
                assert_eq!(
                    check(&state, user, group, invites),
                    allowed,
                    "{perms:?} {role:?}"
                );
            }
            assert!(check(&state, 1, group, invites), "an administrator may");
        }
    }

    #[test]
    fn operations_need_a_role() {
        let (mut state, group, user) = stranger();
        let may = |state: &State, operation| {
            may_operate(
                state,
                &state.users[&user],
                state.groups.get(&group),
                operation,
            )
        };
        assert!(!may(&state, "view"));
        state.relate(group, user, Role::Member, InitiatedBy::Group);
        assert!(may(&state, "view") && !may(&state, "edit_tasks") && !may(&state, "full_post"));
        state.set_role(group, user, Role::Moderator);
        assert!(may(&state, "edit_tasks") && !may(&state, "full_post"));
        assert!(!may_operate(&state, &state.users[&1], None, "view"));
    }
}
