//! The parameters of the methods of scrums.

use super::shape::Parameter;
use super::shape::Shape::{
    self, Attached, Code, Codes, Columns, Directions, Fields, Hundreds, Id, Int, Moment, Text,
};

const BACKLOG: Shape = Fields(&[("groupId", Id), ("createdBy", Id), ("modifiedBy", Id)]);

const EPIC: Shape = Fields(&[
    ("name", Text),
    ("description", Text),
    ("groupId", Id),
    ("color", Text),
    ("files", Attached),
    ("createdBy", Id),
    ("modifiedBy", Id),
]);

const SPRINT: Shape = Fields(&[
    ("groupId", Id),
    ("name", Text),
    ("sort", Int),
    ("createdBy", Id),
    ("modifiedBy", Id),
    ("dateStart", Moment),
    ("dateEnd", Moment),
    ("status", Code(&["active", "planned", "completed"])),
]);

const STAGE: Shape = Fields(&[
    ("name", Text),
    ("sort", Hundreds),
    ("type", Code(&["NEW", "WORK", "FINISH"])),
    ("sprintId", Id),
    ("color", Text),
]);

/// The epic 0 is none.
const TASK: Shape = Fields(&[
    ("entityId", Id),
    ("storyPoints", Text),
    ("epicId", Int),
    ("sort", Int),
    ("createdBy", Id),
    ("modifiedBy", Id),
]);

const EPIC_LIST: &[Parameter] = &[
    ("order", Directions(EPIC_COLUMNS)),
    ("filter", Columns(EPIC_COLUMNS)),
    ("select", Codes(EPIC_CODES)),
    ("start", Int),
];

const EPIC_COLUMNS: &[&str] = without_last(EPIC_CODES);

const EPIC_CODES: &[&str] = &[
    "ID",
    "GROUP_ID",
    "NAME",
    "DESCRIPTION",
    "CREATED_BY",
    "MODIFIED_BY",
    "COLOR",
    "*",
];

const SPRINT_LIST: &[Parameter] = &[
    ("order", Directions(SPRINT_COLUMNS)),
    ("filter", Columns(SPRINT_COLUMNS)),
    ("select", Codes(SPRINT_CODES)),
    ("start", Int),
];

const SPRINT_COLUMNS: &[&str] = without_last(SPRINT_CODES);

const SPRINT_CODES: &[&str] = &[
    "ID",
    "GROUP_ID",
    "ENTITY_TYPE",
    "NAME",
    "SORT",
    "CREATED_BY",
    "MODIFIED_BY",
    "DATE_START",
    "DATE_END",
    "STATUS",
    "INFO",
    "*",
];

/// The codes of columns: `*`, the last of what can be selected, is none.
const fn without_last(codes: &'static [&'static str]) -> &'static [&'static str] {
    match codes.split_last() {
        Some((_, columns)) => columns,
        None => codes,
    }
}

/// The parameters of a method; `None` if it isn't looked at.
pub(super) fn parameters(method: &str) -> Option<&'static [Parameter]> {
    Some(match method.strip_prefix("tasks.api.scrum.")? {
        "backlog.add" => &[("fields", BACKLOG)],
        "backlog.update" => &[("id", Id), ("fields", BACKLOG)],
        "epic.add" => &[("fields", EPIC)],
        "epic.update" => &[("id", Id), ("fields", EPIC)],
        "epic.list" => EPIC_LIST,
        "sprint.add" => &[("fields", SPRINT)],
        "sprint.update" => &[("id", Id), ("fields", SPRINT)],
        "sprint.list" => SPRINT_LIST,
        "kanban.addstage" => &[("fields", STAGE)],
        "kanban.updatestage" => &[("stageId", Id), ("fields", STAGE)],
        "kanban.getstages" => &[("sprintId", Id)],
        "kanban.deletestage" => &[("stageId", Id)],
        "kanban.addtask" => &[("sprintId", Id), ("taskId", Id), ("stageId", Id)],
        "kanban.deletetask" => &[("sprintId", Id), ("taskId", Id)],
        "task.update" => &[("id", Id), ("fields", TASK)],
        "backlog.get" | "backlog.delete" | "epic.get" | "epic.delete" | "sprint.get"
        | "sprint.start" | "sprint.complete" | "sprint.delete" | "task.get" => &[("id", Id)],
        "backlog.getfields" | "epic.getfields" | "sprint.getfields" | "kanban.getfields"
        | "task.getfields" => &[],
        _ => return None,
    })
}
