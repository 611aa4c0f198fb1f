//! What a scrum has beside its members: a backlog, sprints with their kanban, epics, tasks.

use serde::{Deserialize, Serialize};

/// The color of an epic that was given none.
pub(crate) const EPIC_COLOR: &str = "#69dafc";

/// A backlog: what isn't planned yet. A group has at most one.
///
/// Backlogs and sprints take their identifiers from one sequence, because a task says with one
/// number which of both it is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Backlog {
    /// The identifier.
    pub id: u64,
    /// The group's identifier.
    pub group_id: u64,
    /// Who made it.
    pub created_by: u64,
    /// Who changed it; 0 if nobody did.
    pub modified_by: u64,
}

/// How far a sprint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SprintStatus {
    /// Not started: `planned`.
    Planned,
    /// Running: `active`. A group has at most one such sprint.
    Active,
    /// Over: `completed`.
    Completed,
}

/// A sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sprint {
    /// The identifier.
    pub id: u64,
    /// The group's identifier.
    pub group_id: u64,
    /// The name.
    pub name: String,
    /// The goal, which no method sets.
    pub goal: String,
    /// The place among the group's sprints.
    pub sort: i64,
    /// Who made it.
    pub created_by: u64,
    /// Who changed it.
    pub modified_by: u64,
    /// When it starts, in Unix seconds.
    pub date_start: i64,
    /// When it ends, in Unix seconds.
    pub date_end: i64,
    /// How far it is.
    pub status: SprintStatus,
}

/// An epic: what several tasks are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Epic {
    /// The identifier.
    pub id: u64,
    /// The group's identifier.
    pub group_id: u64,
    /// The name.
    pub name: String,
    /// The description, perhaps empty.
    pub description: String,
    /// Who made it.
    pub created_by: u64,
    /// Who changed it; 0 if nobody did.
    pub modified_by: u64,
    /// The color, such as `#69dafc`.
    pub color: String,
    /// The identifiers of attached files.
    pub files: Vec<u64>,
}

/// What a stage of a kanban is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StageKind {
    /// Where tasks begin: `NEW`.
    New,
    /// Where they are worked on: `WORK`.
    Work,
    /// Where they end: `FINISH`.
    Finish,
}

/// A stage of a sprint's kanban.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Stage {
    /// The identifier.
    pub id: u64,
    /// The sprint's identifier.
    pub sprint_id: u64,
    /// The name.
    pub name: String,
    /// What it is for.
    pub kind: StageKind,
    /// The place among the sprint's stages.
    pub sort: i64,
    /// The color, such as `00C4FB`.
    pub color: String,
}

/// A task, as far as scrum is concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScrumTask {
    /// The identifier.
    pub id: u64,
    /// The group's identifier.
    pub group_id: u64,
    /// The backlog or sprint that the task is in; `None` until it is brought into the scrum.
    pub entity_id: Option<u64>,
    /// The estimate, which needs not be a number.
    pub story_points: String,
    /// The epic's identifier, 0 if there is none.
    pub epic_id: u64,
    /// The place in the backlog or sprint.
    pub sort: i64,
    /// Who made it.
    pub created_by: u64,
    /// Who changed it.
    pub modified_by: u64,
    /// The stage that the task is on, if it is on a kanban.
    pub stage_id: Option<u64>,
    /// Whether the task is done.
    pub completed: bool,
}

impl SprintStatus {
    /// Returns the word on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Active => "active",
            Self::Completed => "completed",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Planned, Self::Active, Self::Completed]
            .into_iter()
            .find(|status| status.code() == code)
    }
}

impl StageKind {
    /// Returns the word on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "NEW",
            Self::Work => "WORK",
            Self::Finish => "FINISH",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::New, Self::Work, Self::Finish]
            .into_iter()
            .find(|kind| kind.code() == code)
    }

    /// The color of a stage that was given none.
    pub(crate) fn color(self) -> &'static str {
        match self {
            Self::New => "00C4FB",
            Self::Work => "47D1E2",
            Self::Finish => "75D900",
        }
    }
}
