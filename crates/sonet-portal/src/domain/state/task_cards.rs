//! The cards of tasks.

use crate::domain::model::Task;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The cards of all tasks, and the tags that they have had.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TaskCards {
    cards: BTreeMap<u64, Task>,
    tags: BTreeMap<String, u64>,
}

impl TaskCards {
    /// The number of a tag.
    pub(crate) fn tag_id(&self, tag: &str) -> Option<u64> {
        self.tags.get(tag).copied()
    }

    /// A card as it was written. What has become of its task, the state says.
    pub(super) fn get(&self, id: u64) -> Option<&Task> {
        self.cards.get(&id)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Task> {
        self.cards.values()
    }

    pub(super) fn ids(&self) -> impl DoubleEndedIterator<Item = u64> {
        self.cards.keys().copied()
    }

    pub(super) fn put(&mut self, task: Task) {
        for tag in &task.tags {
            let next = self.tags.len() as u64 + 1;
            self.tags.entry(tag.clone()).or_insert(next);
        }
        self.cards.insert(task.id, task);
    }

    /// Removes a card. What was a part of its task is a part of none.
    pub(super) fn remove(&mut self, id: u64) {
        self.cards.remove(&id);
        for task in self.cards.values_mut() {
            task.parent_id = task.parent_id.filter(|own| *own != id);
        }
    }
}
