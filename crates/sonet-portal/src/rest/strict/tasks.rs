//! The parameters of the methods of tasks.

use super::shape::Shape::{
    self, Any, Code, Date, Directions, Fields, Flag, Id, Int, Text, Texts, Truth,
};
use super::shape::{CUSTOM_FIELDS, Parameter};

const TASK: Shape = Fields(&[
    ("TITLE", Text),
    ("DESCRIPTION", Text),
    ("PARENT_ID", Int),
    ("MARK", Code(&["N", "P", ""])),
    ("PRIORITY", Int),
    ("REPLICATE", Flag),
    ("CREATED_BY", Id),
    ("RESPONSIBLE_ID", Id),
    ("DEADLINE", Date),
    ("START_DATE_PLAN", Date),
    ("END_DATE_PLAN", Date),
    ("XML_ID", Text),
    ("ALLOW_CHANGE_DEADLINE", Flag),
    ("ALLOW_TIME_TRACKING", Flag),
    ("TASK_CONTROL", Flag),
    ("ADD_IN_REPORT", Flag),
    ("TIME_ESTIMATE", Int),
    ("MATCH_WORK_TIME", Flag),
    ("SITE_ID", Text),
    ("STATUS", Int),
    ("DURATION_PLAN", Int),
    (
        "DURATION_TYPE",
        Code(&["secs", "mins", "hours", "days", "weeks", "monts", "years"]),
    ),
    ("FAVORITE", Flag),
    ("GROUP_ID", Int),
    // An empty list takes everybody away.
    ("AUDITORS", Texts),
    ("ACCOMPLICES", Texts),
    ("TAGS", Texts),
    ("SE_PARAMETER", Any),
    ("UF_CRM_TASK", Texts),
    ("UF_TASK_WEBDAV_FILES", Shape::Attached),
    CUSTOM_FIELDS,
]);

const LIST: &[Parameter] = &[
    (
        "order",
        Directions(&[
            "ID",
            "TITLE",
            "TIME_SPENT_IN_LOGS",
            "DATE_START",
            "CREATED_DATE",
            "CHANGED_DATE",
            "CLOSED_DATE",
            "ACTIVITY_DATE",
            "START_DATE_PLAN",
            "END_DATE_PLAN",
            "DEADLINE",
            "REAL_STATUS",
            "STATUS_COMPLETE",
            "PRIORITY",
            "MARK",
            "CREATED_BY_LAST_NAME",
            "RESPONSIBLE_LAST_NAME",
            "GROUP_ID",
            "TIME_ESTIMATE",
            "ALLOW_CHANGE_DEADLINE",
            "ALLOW_TIME_TRACKING",
            "MATCH_WORK_TIME",
            "FAVORITE",
            "SORTING",
            "IS_PINNED",
            "IS_PINNED_IN_GROUP",
        ]),
    ),
    // Operators stand before its fields, and a filter of its own stands in it.
    ("filter", Any),
    ("select", Texts),
    (
        "params",
        Fields(&[
            ("WITH_RESULT_INFO", Truth),
            ("WITH_TIMER_INFO", Truth),
            ("WITH_PARSED_DESCRIPTION", Truth),
        ]),
    ),
    ("start", Int),
];

/// The parameters of a method; `None` if it isn't looked at.
pub(super) fn parameters(method: &str) -> Option<&'static [Parameter]> {
    Some(match method.strip_prefix("tasks.task.")? {
        "add" => &[("fields", TASK)],
        "update" => &[("taskId", Id), ("fields", TASK)],
        "get" => &[("taskId", Id), ("select", Texts)],
        "list" => LIST,
        "delegate" => &[("taskId", Id), ("userId", Id)],
        "delete" | "start" | "complete" => &[("taskId", Id)],
        _ => return None,
    })
}
