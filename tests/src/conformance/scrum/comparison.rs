//! What a client decoded, held against what the portal has.

use chrono::{DateTime, FixedOffset};
use sonet_core::OpenEnum as _;
use sonet_portal::{ScrumTask, Sprint as Kept, Stage as KeptStage};
use sonet_types::tasks::api::scrum::backlog::Backlog;
use sonet_types::tasks::api::scrum::kanban::Stage;
use sonet_types::tasks::api::scrum::sprint::{Sprint, SprintRow};
use sonet_types::tasks::api::scrum::task;

use crate::conformance::world::number;

/// A number of the portal's, where 0 is none.
fn or_none<T: Into<i64>>(id: Option<T>) -> u64 {
    id.map_or(0, number)
}

fn seconds(date: Option<DateTime<FixedOffset>>) -> Option<i64> {
    date.map(|date| date.timestamp())
}

pub(super) fn assert_backlog(found: &Backlog, kept: &sonet_portal::Backlog) {
    assert_eq!(number(found.id), kept.id);
    assert_eq!(or_none(found.group_id), kept.group_id);
    assert_eq!(or_none(found.created_by), kept.created_by);
    assert_eq!(or_none(found.modified_by), kept.modified_by);
}

pub(super) fn assert_sprint(found: &Sprint, kept: &Kept) {
    assert_eq!(number(found.id), kept.id);
    assert_eq!(or_none(found.group_id), kept.group_id);
    assert_eq!(found.entity_type.as_deref(), Some("sprint"));
    assert_eq!(found.name.as_ref(), Some(&kept.name));
    assert_eq!(found.goal.as_deref().unwrap_or_default(), kept.goal);
    assert_eq!(found.sort, Some(kept.sort));
    assert_eq!(or_none(found.created_by), kept.created_by);
    assert_eq!(or_none(found.modified_by), kept.modified_by);
    assert_eq!(seconds(found.date_start), Some(kept.date_start));
    assert_eq!(seconds(found.date_end), Some(kept.date_end));
    assert_eq!(found.status.as_ref().unwrap().as_str(), kept.status.code());
}

/// A row in which every field is selected.
pub(super) fn assert_sprint_row(found: &SprintRow, kept: &Kept) {
    assert_eq!(number(found.id), kept.id);
    assert_eq!(or_none(found.group_id), kept.group_id);
    assert_eq!(found.entity_type.as_deref(), Some("sprint"));
    assert_eq!(found.name.as_ref(), Some(&kept.name));
    assert_eq!(found.goal.as_deref().unwrap_or_default(), kept.goal);
    assert_eq!(found.sort, Some(kept.sort));
    assert_eq!(or_none(found.created_by), kept.created_by);
    assert_eq!(or_none(found.modified_by), kept.modified_by);
    assert_eq!(seconds(found.date_start), Some(kept.date_start));
    assert_eq!(seconds(found.date_end), Some(kept.date_end));
    assert_eq!(found.status.as_ref().unwrap().as_str(), kept.status.code());
}

pub(super) fn assert_stage(found: &Stage, kept: &KeptStage) {
    assert_eq!(number(found.id), kept.id);
    assert_eq!(found.name.as_ref(), Some(&kept.name));
    assert_eq!(found.sort, Some(kept.sort));
    assert_eq!(found.kind.as_ref().unwrap().as_str(), kept.kind.code());
    assert_eq!(or_none(found.sprint_id), kept.sprint_id);
    assert_eq!(found.color.as_deref(), Some(kept.color.as_str()));
}

pub(super) fn assert_task(found: &task::ScrumTask, kept: &ScrumTask) {
    assert_eq!(found.entity_id.map(number), kept.entity_id);
    assert_eq!(
        found.story_points.as_deref().unwrap_or_default(),
        kept.story_points
    );
    assert_eq!(or_none(found.epic_id), kept.epic_id);
    assert_eq!(found.sort, Some(kept.sort));
    assert_eq!(or_none(found.created_by), kept.created_by);
    assert_eq!(or_none(found.modified_by), kept.modified_by);
}
