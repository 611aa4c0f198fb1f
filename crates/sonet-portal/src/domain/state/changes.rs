//! What is different between two states, for keeping one of them elsewhere.

use super::Feed;
use super::Scrum;
use super::State;
use super::TaskCards;
use crate::domain::model::{Group, Relation, User};
use std::collections::BTreeMap;

/// What has to be done to one state to make it another.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    pub(crate) users: Vec<User>,
    pub(crate) groups: Vec<Group>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) lost_groups: Vec<u64>,
    /// By group and user.
    pub(crate) lost_relations: Vec<(u64, u64)>,
    /// All that scrums have, if any of it has changed. It is little.
    pub(crate) scrum: Option<Scrum>,
    /// The cards of all tasks, likewise.
    pub(crate) tasks: Option<TaskCards>,
    /// All of the feed, likewise.
    pub(crate) feed: Option<Feed>,
    pub(crate) last_group_id: u64,
    pub(crate) last_file_id: u64,
}

impl Changes {
    /// Whether nothing has changed. The counters never do alone.
    pub(crate) fn is_empty(&self) -> bool {
        self.users.is_empty()
            && self.groups.is_empty()
            && self.relations.is_empty()
            && self.lost_groups.is_empty()
            && self.lost_relations.is_empty()
            && self.scrum.is_none()
            && self.tasks.is_none()
            && self.feed.is_none()
    }
}

impl State {
    /// What happened since an earlier state. Users are never removed.
    pub(crate) fn changes_since(&self, earlier: &Self) -> Changes {
        Changes {
            users: changed(&self.users, &earlier.users),
            groups: changed(&self.groups, &earlier.groups),
            relations: changed(&self.relations, &earlier.relations),
            lost_groups: lost(&self.groups, &earlier.groups),
            lost_relations: lost(&self.relations, &earlier.relations),
            scrum: (self.scrum != earlier.scrum).then(|| self.scrum.clone()),
            tasks: (self.tasks != earlier.tasks).then(|| self.tasks.clone()),
            feed: (self.feed != earlier.feed).then(|| self.feed.clone()),
            last_group_id: self.last_group_id,
            last_file_id: self.last_file_id,
        }
    }

    /// Makes an earlier state this one.
    pub(crate) fn apply(&mut self, changes: Changes) {
        for user in changes.users {
            self.users.insert(user.id, user);
        }
        self.index.forget();
        for id in &changes.lost_groups {
            self.groups.0.remove(id);
        }
        for group in changes.groups {
            self.groups.0.insert(group.id, group);
        }
        for key in &changes.lost_relations {
            self.relations.remove(key);
        }
        for own in changes.relations {
            self.relations.insert((own.group_id, own.user_id), own);
        }
        if let Some(scrum) = changes.scrum {
            self.scrum = scrum;
        }
        if let Some(tasks) = changes.tasks {
            self.tasks = tasks;
        }
        if let Some(feed) = changes.feed {
            self.feed = feed;
        }
        self.last_group_id = changes.last_group_id;
        self.last_file_id = changes.last_file_id;
    }
}

fn changed<K: Ord, T: Clone + PartialEq>(now: &BTreeMap<K, T>, then: &BTreeMap<K, T>) -> Vec<T> {
    // Both are in order, so that a walk over both finds the differences without searching.
    let mut then = then.iter().peekable();
    let new = now.iter().filter(|(key, value)| {
        while then.next_if(|(other, _)| other < key).is_some() {}
        then.next_if(|(other, _)| other == key)
            .is_none_or(|(_, other)| other != *value)
    });
    new.map(|(_, value)| value.clone()).collect()
}

fn lost<K: Ord + Copy, T>(now: &BTreeMap<K, T>, then: &BTreeMap<K, T>) -> Vec<K> {
    let mut now = now.keys().peekable();
    let gone = then.keys().filter(|key| {
        while now.next_if(|other| other < key).is_some() {}
        now.peek() != Some(key)
    });
    gone.copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::{Comment, InitiatedBy, Role, Task};
    use crate::domain::seed;

    #[test]
    fn changes_make_one_state_the_other() {
        let earlier = seed::state(30, 12, 1);
        let mut later = earlier.clone();
        let ids: Vec<u64> = later.groups.keys().copied().collect();
        later.remove_group(ids[3]);
        later.remove_group(ids[29]);
        later.group_mut(ids[5]).unwrap().name = "Renamed".to_owned();
        later.users.get_mut(&2).unwrap().active = false;
        later.relate(ids[7], 6, Role::Awaiting, InitiatedBy::User);
        let mut new = later.groups[&ids[0]].clone();
        new.id = later.next_group_id();
        later.insert_group(new);
        later.scrum.add_backlog(ids[7], 1);
        let task = Task::new(later.next_task_id(), "New".to_owned(), 1, 0);
        later.put_task(task, ids[7]);
        later.feed.add_comment(Comment {
            id: 0,
            post_id: 1,
            author_id: 1,
            text: "New".to_owned(),
            created: 0,
            files: Vec::new(),
        });
        let changes = later.changes_since(&earlier);
        assert!(changes.scrum.is_some() && changes.tasks.is_some() && changes.feed.is_some());
        assert_eq!((changes.users.len(), changes.groups.len()), (1, 2));
        assert_eq!(changes.lost_groups, [ids[3], ids[29]]);
        let mut copy = earlier.clone();
        copy.apply(changes);
        assert_eq!(format!("{copy:?}"), format!("{later:?}"));
        let mut whole = State::default();
        whole.apply(later.changes_since(&State::default()));
        assert_eq!(format!("{whole:?}"), format!("{later:?}"));
        let nothing = later.changes_since(&copy);
        assert!(nothing.is_empty());
    }
}
