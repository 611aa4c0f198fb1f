//! The groups, which change in the state's hands only, so that what is known of them stays true.

use super::State;
use super::group_index::{Class, GroupIndex, Ids};
use crate::domain::model::{Group, Relation, Role};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

/// All groups by identifier, to be looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups(pub(super) BTreeMap<u64, Group>);

impl Deref for Groups {
    type Target = BTreeMap<u64, Group>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// An index that is made when it is asked for, and kept up from then on.
#[derive(Clone, Default)]
pub(super) struct LazyIndex(OnceLock<GroupIndex>);

impl LazyIndex {
    /// The index to keep up, if there is one yet.
    pub(super) fn made(&mut self) -> Option<&mut GroupIndex> {
        self.0.get_mut()
    }

    /// Forgets the index. The next one to ask makes another.
    pub(super) fn forget(&mut self) {
        self.0.take();
    }
}

impl fmt::Debug for LazyIndex {
    /// It holds nothing that isn't told by the groups and relations.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LazyIndex")
    }
}

impl State {
    /// The groups of those classes that a user sees anyway, and of the others the user's own;
    /// of classes that are not admitted, none.
    pub(crate) fn seen(
        &self,
        user: u64,
        admits: impl Fn(Class) -> bool,
        listed: impl Fn(Class) -> bool,
    ) -> Ids<'_> {
        let index = &self.index.0;
        let index = index.get_or_init(|| GroupIndex::of(&self.groups, &self.relations));
        index.seen(user, admits, listed)
    }

    /// Puts a group into the place of the one with its identifier, or into a place of its own.
    pub(crate) fn put_group(&mut self, group: Group) {
        let (id, to) = (group.id, Class::of(&group));
        let from = self.groups.0.insert(id, group);
        self.reclassify(id, from.as_ref().map(Class::of), Some(to));
    }

    /// Changes a group, if there is one.
    pub(super) fn change_group<T>(
        &mut self,
        id: u64,
        change: impl FnOnce(&mut Group) -> T,
    ) -> Option<T> {
        let group = self.groups.0.get_mut(&id)?;
        let from = Class::of(group);
        let value = change(group);
        let to = Class::of(group);
        self.reclassify(id, Some(from), Some(to));
        Some(value)
    }

    /// A group to change in whatever way. The next list has to look at all groups again.
    pub(crate) fn group_mut(&mut self, id: u64) -> Option<&mut Group> {
        self.index.forget();
        self.groups.0.get_mut(&id)
    }

    /// Takes a group out; its relations have to go first.
    pub(super) fn take_group(&mut self, id: u64) {
        let group = self.groups.0.remove(&id);
        self.reclassify(id, group.as_ref().map(Class::of), None);
    }

    /// Puts a relation into the place of another one, or of none.
    pub(super) fn put_relation(&mut self, relation: Relation) {
        let (group_id, user_id) = (relation.group_id, relation.user_id);
        self.relations.insert((group_id, user_id), relation);
        self.note_membership(group_id, user_id);
    }

    /// Takes a relation out.
    pub(super) fn take_relation(&mut self, group_id: u64, user_id: u64) {
        self.relations.remove(&(group_id, user_id));
        self.note_membership(group_id, user_id);
    }

    fn note_membership(&mut self, group_id: u64, user_id: u64) {
        let belongs = self.role(group_id, user_id).is_some_and(Role::is_member);
        let class = self.groups.get(&group_id).map(Class::of);
        if let (Some(index), Some(class)) = (self.index.made(), class) {
            if belongs {
                index.join(user_id, class, group_id);
            } else {
                index.leave(user_id, class, group_id);
            }
        }
    }

    fn reclassify(&mut self, id: u64, from: Option<Class>, to: Option<Class>) {
        if let Some(index) = self.index.made() {
            let own = self.relations.range((id, 0)..=(id, u64::MAX));
            let members = own.filter(|(_, own)| own.role.is_member());
            index.move_group(id, from, to, members.map(|((_, user), _)| *user));
        }
    }
}
