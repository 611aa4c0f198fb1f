//! The Scrum methods.

pub(super) mod backlogs;
pub(super) mod epics;
mod life;
pub(super) mod sprints;
pub(super) mod stages;
pub(super) mod tasks;

/// The methods whose errors are not all provoked yet. To be taken away when they are.
pub(super) const METHODS: &str = "tasks.api.scrum.";

/// Where the objects are that only they answer.
pub(super) const MODULE: &str = "tasks::api::scrum";
