//! The Scrum methods.

pub(super) mod backlogs;
mod comparison;
pub(super) mod epics;
pub(super) mod kanban;
mod lifecycle;
mod lists;
mod plan;
mod setup;
pub(super) mod sprints;
pub(super) mod stages;
pub(super) mod tasks;
pub(super) mod walk;
