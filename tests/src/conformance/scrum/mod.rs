//! The Scrum methods.

pub(super) mod backlogs;
pub(super) mod epics;
pub(super) mod kanban;
mod life;
mod lists;
mod plan;
mod same;
mod setup;
pub(super) mod sprints;
pub(super) mod stages;
pub(super) mod tasks;
pub(super) mod walk;
