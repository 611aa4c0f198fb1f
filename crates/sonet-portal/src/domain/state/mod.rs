//! The portal's memory, and the changes that it knows.

#[cfg(feature = "sqlite")]
mod changes;
mod feed;
mod group_index;
mod groups;
mod scrum;
mod task_cards;
mod tasks;

#[cfg(feature = "sqlite")]
pub(crate) use changes::Changes;
pub(crate) use feed::Feed;
pub(crate) use scrum::Scrum;
pub(crate) use task_cards::TaskCards;

pub(crate) use group_index::{Class, Ids};

use crate::domain::model::{EXTRANET_SITE, Group, InitiatedBy, Relation, Role, User};
use groups::{Groups, LazyIndex};
use std::collections::BTreeMap;

/// Users, groups, their relations, what scrums have, tasks, and the feed.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) groups: Groups,
    /// By group and user.
    relations: BTreeMap<(u64, u64), Relation>,
    pub(crate) scrum: Scrum,
    pub(crate) tasks: TaskCards,
    pub(crate) feed: Feed,
    index: LazyIndex,
    last_group_id: u64,
    last_file_id: u64,
}

impl State {
    /// A user, unless dismissed.
    pub(crate) fn active_user(&self, id: u64) -> Option<&User> {
        self.users.get(&id).filter(|user| user.active)
    }

    /// How a user relates to a group.
    pub(crate) fn relation(&self, group_id: u64, user_id: u64) -> Option<&Relation> {
        self.relations.get(&(group_id, user_id))
    }

    /// The role of a user in a group.
    pub(crate) fn role(&self, group_id: u64, user_id: u64) -> Option<Role> {
        self.relation(group_id, user_id)
            .map(|relation| relation.role)
    }

    /// All relations of a group, by user.
    pub(crate) fn relations_of(&self, group_id: u64) -> impl Iterator<Item = &Relation> {
        self.relations
            .range((group_id, 0)..=(group_id, u64::MAX))
            .map(|(_, relation)| relation)
    }

    /// The members of a group: the owner, then the moderators, then the others.
    pub(crate) fn members(&self, group_id: u64) -> Vec<Relation> {
        let members = self
            .relations_of(group_id)
            .filter(|relation| relation.role.is_member());
        let mut members: Vec<Relation> = members.copied().collect();
        members.sort_by_key(|relation| (relation.role, relation.user_id));
        members
    }

    /// Adds a relation or puts another in its place.
    pub(crate) fn relate(&mut self, group_id: u64, user_id: u64, role: Role, by: InitiatedBy) {
        let relation = Relation {
            user_id,
            group_id,
            role,
            initiated_by: by,
        };
        self.put_relation(relation);
    }

    /// Makes a user a member without asking. An external one brings the extranet to the group.
    pub(crate) fn add_member(&mut self, group_id: u64, user_id: u64, role: Role) {
        self.relate(group_id, user_id, role, InitiatedBy::Group);
        let external = self.users.get(&user_id).is_some_and(User::is_extranet);
        self.change_group(group_id, |group| {
            if external && !group.is_extranet() {
                group.sites.push(EXTRANET_SITE.to_owned());
            }
        });
    }

    /// Changes the role of a present relation.
    pub(crate) fn set_role(&mut self, group_id: u64, user_id: u64, role: Role) {
        if let Some(relation) = self.relation(group_id, user_id).copied() {
            self.put_relation(Relation { role, ..relation });
        }
    }

    /// Removes a relation.
    pub(crate) fn unrelate(&mut self, group_id: u64, user_id: u64) {
        self.take_relation(group_id, user_id);
    }

    /// Hands a group over. The former owner stays as a member, or as a moderator in a scrum that
    /// this user is the master of.
    pub(crate) fn set_owner(&mut self, group_id: u64, user_id: u64) {
        let handed = self.change_group(group_id, |group| {
            let former = std::mem::replace(&mut group.owner_id, user_id);
            (former, group.scrum_master_id)
        });
        let Some((former, master)) = handed else {
            return;
        };
        let stays = if master == former {
            Role::Moderator
        } else {
            Role::Member
        };
        if former != user_id {
            self.set_role(group_id, former, stays);
        }
        self.add_member(group_id, user_id, Role::Owner);
    }

    /// Adds a group under its own identifier, with its owner and scrum master in their roles.
    pub(crate) fn insert_group(&mut self, group: Group) {
        let (id, owner, master) = (group.id, group.owner_id, group.scrum_master_id);
        self.last_group_id = self.last_group_id.max(id);
        if let Some(image) = &group.image {
            self.last_file_id = self.last_file_id.max(image.id);
        }
        self.put_group(group);
        if master != 0 {
            self.add_member(id, master, Role::Moderator);
        }
        self.add_member(id, owner, Role::Owner);
    }

    /// Removes a group, everybody from it, its tasks, and what it had as a scrum.
    pub(crate) fn remove_group(&mut self, id: u64) {
        let users: Vec<u64> = self.relations_of(id).map(|own| own.user_id).collect();
        for user in users {
            self.unrelate(id, user);
        }
        self.take_group(id);
        self.remove_tasks_of(id);
        self.scrum.remove_group(id);
    }

    /// The identifier that the next group gets. A deleted group's is not given again.
    pub(crate) fn next_group_id(&self) -> u64 {
        self.last_group_id + 1
    }

    /// The identifier that the next file gets.
    pub(crate) fn next_file_id(&self) -> u64 {
        self.last_file_id + 1
    }

    /// Notes that a file's identifier is taken, even if the file is removed later.
    pub(crate) fn take_file_id(&mut self, id: u64) {
        self.last_file_id = self.last_file_id.max(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::seed;

    #[test]
    fn handing_over_keeps_exactly_one_owner() {
        let mut state = seed::state(3, 10, 1);
        let (id, former) = state
            .groups
            .values()
            .map(|g| (g.id, g.owner_id))
            .next()
            .unwrap();
        let heir = state
            .users
            .keys()
            .copied()
            .find(|user| *user != former)
            .unwrap();
        state.set_owner(id, heir);
        let owners: Vec<u64> = state
            .relations_of(id)
            .filter(|relation| relation.role == Role::Owner)
            .map(|relation| relation.user_id)
            .collect();
        assert_eq!(owners, [heir]);
        assert_eq!(state.role(id, former), Some(Role::Member));
        state.set_owner(id, heir);
        assert_eq!(state.role(id, heir), Some(Role::Owner));
    }

    #[test]
    fn an_identifier_is_not_given_twice() {
        let mut state = seed::state(3, 10, 1);
        let last = *state.groups.keys().next_back().unwrap();
        state.remove_group(last);
        assert_eq!(state.next_group_id(), last + 1);
        assert_eq!(state.relations_of(last).count(), 0);
    }
}
