//! Backlogs and sprints as what a task can be in.

use crate::{BacklogId, EntityId, SprintId};

impl From<BacklogId> for EntityId {
    fn from(backlog: BacklogId) -> Self {
        Self::new(backlog.get())
    }
}

impl From<SprintId> for EntityId {
    fn from(sprint: SprintId) -> Self {
        Self::new(sprint.get())
    }
}
