//! The data that a portal starts with: the same for the same numbers, whatever the machine.

mod groups;
mod random;
mod scrums;
mod users;

pub(crate) use random::Random;

use crate::domain::state::State;

/// Makes users, groups, and what scrums have. There is always an administrator.
pub(crate) fn state(groups: u64, users: u64, seed: u64) -> State {
    let mut random = Random::new(seed);
    let mut state = State::default();
    for user in users::make(users.max(1), &mut random) {
        state.users.insert(user.id, user);
    }
    groups::fill(&mut state, groups, &mut random);
    // The numbers of their own keep users and groups as they were before there was more in scrums.
    scrums::fill(&mut state, &mut Random::new(seed ^ 0x5c_2a11));
    state.adopt_tasks();
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::{Group, InitiatedBy, Role, UserKind};
    use std::collections::BTreeMap;

    #[test]
    fn equal_numbers_make_equal_portals() {
        let print = |seed| format!("{:?}", state(30, 20, seed));
        assert_eq!(print(1), print(1));
        assert_ne!(print(1), print(2));
    }

    #[test]
    fn every_kind_of_user_is_there() {
        let users = state(0, 6, 3).users;
        assert!(users[&1].admin && users.values().filter(|user| user.admin).count() == 1);
        assert!(
            users
                .values()
                .any(|user| user.kind == UserKind::Extranet && user.active)
        );
        assert!(users.values().any(|user| user.kind == UserKind::Other));
        assert!(users.values().any(|user| !user.active));
        assert!(
            users
                .values()
                .any(|user| !user.can_create_groups && user.active)
        );
        assert!(
            users
                .values()
                .any(|user| user.can_create_groups && !user.admin && user.active)
        );
    }

    #[test]
    fn every_kind_of_group_is_there() {
        let state = state(40, 20, 1);
        assert_eq!(state.groups.len(), 40);
        let has = |test: fn(&Group) -> bool| state.groups.values().any(test);
        assert!(has(|g| g.opened && g.visible) && has(|g| !g.opened && g.visible));
        assert!(has(|g| !g.visible) && has(|g| g.closed) && has(|g| !g.active));
        assert!(has(|g| g.project_date_start.is_some()) && has(|g| g.scrum_master_id != 0));
        assert!(has(Group::is_extranet) && has(|g| g.image.is_some()) && has(|g| g.chat_id == 0));
        let mut names = BTreeMap::<&str, u32>::new();
        for group in state.groups.values() {
            *names.entry(&group.name).or_default() += 1;
        }
        assert!(
            names.values().any(|count| *count > 1),
            "no two groups share a name"
        );
    }

    #[test]
    fn every_kind_of_relation_is_there() {
        let state = state(40, 20, 1);
        let all: Vec<_> = state
            .groups
            .keys()
            .flat_map(|id| state.relations_of(*id))
            .collect();
        let has = |role, by| all.iter().any(|r| r.role == role && r.initiated_by == by);
        assert!(has(Role::Awaiting, InitiatedBy::User) && has(Role::Awaiting, InitiatedBy::Group));
        assert!(has(Role::Moderator, InitiatedBy::Group) && has(Role::Member, InitiatedBy::Group));
        for group in state.groups.values() {
            let owners = state
                .relations_of(group.id)
                .filter(|r| r.role == Role::Owner);
            assert_eq!(
                owners.map(|r| r.user_id).collect::<Vec<_>>(),
                [group.owner_id]
            );
            let external = |id: u64| state.users[&id].is_extranet();
            let stray = state.relations_of(group.id).any(|r| external(r.user_id));
            assert!(
                group.is_extranet() || !stray,
                "an external user in an internal group"
            );
        }
    }

    #[test]
    fn some_group_is_always_hidden_from_those_whom_tests_pick() {
        for seed in 0..20 {
            let state = state(3, 6, seed);
            let hidden = |user: u64| {
                let secret = state.groups.values().filter(|group| !group.visible);
                secret
                    .filter(|group| state.relation(group.id, user).is_none())
                    .count()
            };
            assert!(hidden(1) > 0 && hidden(2) > 0, "{seed}");
        }
    }

    #[test]
    fn all_groups_are_made_within_a_year() {
        for count in [1, 30, 3_000] {
            let dates: Vec<i64> = state(count, 6, 1)
                .groups
                .values()
                .map(|group| group.date_create)
                .collect();
            assert!(dates[0] > 1_736_000_000 && dates.iter().all(|date| *date < 1_770_000_000));
        }
    }

    #[test]
    fn the_smallest_portals_work() {
        assert_eq!(state(0, 0, 1).users.len(), 1);
        let state = state(12, 1, 1);
        assert!(state.groups.values().all(|group| group.owner_id == 1));
    }
}
