//! The fields that `tasks.task.list` filters and orders by.

use super::value::View;
use crate::domain::filter::FieldValue;
use crate::domain::model::{TaskFlag, TaskStatus, User};

/// A field to filter or to order by.
pub(super) struct TaskField {
    pub(super) name: &'static str,
    pub(super) of: fn(&View<'_>) -> FieldValue,
}

const fn field(name: &'static str, of: fn(&View<'_>) -> FieldValue) -> TaskField {
    TaskField { name, of }
}

/// What is both filtered and ordered by.
static BOTH: [TaskField; 10] = [
    field("ID", |own| FieldValue::id(own.task.id)),
    field("TITLE", |own| FieldValue::text(&own.task.title)),
    field("GROUP_ID", |own| FieldValue::id(own.group_id())),
    field("PRIORITY", |own| {
        FieldValue::Number(own.task.priority.into())
    }),
    field("REAL_STATUS", |own| {
        FieldValue::Number(own.task.status.number().into())
    }),
    field("MARK", |own| perhaps(own.task.mark.as_ref())),
    field("DATE_START", |own| FieldValue::date(own.task.date_start)),
    field("DEADLINE", |own| FieldValue::date(own.task.deadline)),
    field("CREATED_DATE", |own| {
        FieldValue::Date(own.task.created_date)
    }),
    field("CHANGED_DATE", |own| {
        FieldValue::Date(own.task.changed_date)
    }),
];

static FILTERED: [TaskField; 16] = [
    field("PARENT_ID", |own| {
        FieldValue::id(own.task.parent_id.unwrap_or(0))
    }),
    field("CREATED_BY", |own| FieldValue::id(own.task.created_by)),
    field("STATUS_CHANGED_BY", |own| {
        FieldValue::id(own.task.status_changed_by.unwrap_or(0))
    }),
    field("RESPONSIBLE_ID", |own| {
        FieldValue::id(own.task.responsible_id)
    }),
    field("TAG", |own| texts(&own.task.tags)),
    field("STATUS", |own| FieldValue::Number(own.sub_status())),
    field("SITE_ID", |own| FieldValue::text(&own.task.site_id)),
    field("ADD_IN_REPORT", |own| flag(own, TaskFlag::AddInReport)),
    field("CLOSED_DATE", |own| FieldValue::date(own.task.closed_date)),
    field("ACCOMPLICE", |own| FieldValue::ids(&own.task.accomplices)),
    field("AUDITOR", |own| FieldValue::ids(&own.task.auditors)),
    field("STAGE_ID", |own| FieldValue::id(own.stage_id())),
    field("SPRINT_ID", |own| {
        FieldValue::id(own.entity(true).unwrap_or(0))
    }),
    field("BACKLOG_ID", |own| {
        FieldValue::id(own.entity(false).unwrap_or(0))
    }),
    field("UF_CRM_TASK", |own| texts(&own.task.crm)),
    // No task of this portal has a forum's topic, or comes after another.
    field("FORUM_TOPIC_ID", |_| FieldValue::none()),
];

static ORDERED: [TaskField; 14] = [
    field("CLOSED_DATE", |own| FieldValue::date(own.task.closed_date)),
    field("ACTIVITY_DATE", |own| {
        FieldValue::Date(own.task.changed_date)
    }),
    field("START_DATE_PLAN", |own| {
        FieldValue::date(own.task.start_date_plan)
    }),
    field("END_DATE_PLAN", |own| {
        FieldValue::date(own.task.end_date_plan)
    }),
    field("STATUS_COMPLETE", |own| {
        FieldValue::flag(own.task.status == TaskStatus::Completed)
    }),
    field("CREATED_BY_LAST_NAME", |own| {
        last_name(own, own.task.created_by)
    }),
    field("RESPONSIBLE_LAST_NAME", |own| {
        last_name(own, own.task.responsible_id)
    }),
    field("TIME_ESTIMATE", |own| {
        FieldValue::Number(own.task.time_estimate)
    }),
    field("ALLOW_CHANGE_DEADLINE", |own| {
        flag(own, TaskFlag::AllowChangeDeadline)
    }),
    field("ALLOW_TIME_TRACKING", |own| {
        flag(own, TaskFlag::AllowTimeTracking)
    }),
    field("MATCH_WORK_TIME", |own| flag(own, TaskFlag::MatchWorkTime)),
    field("FAVORITE", |own| FieldValue::flag(own.is_favorite())),
    field("SORTING", |_| FieldValue::none()),
    field("TIME_SPENT_IN_LOGS", |_| FieldValue::none()),
];

/// What can be ordered by, and is the same for all tasks of this portal: nobody pins any.
const ALIKE: [&str; 2] = ["IS_PINNED", "IS_PINNED_IN_GROUP"];

static NOTHING: TaskField = field("", |_| FieldValue::none());

/// A field to filter by.
pub(super) fn filtered(name: &str) -> Option<&'static TaskField> {
    let none = (name == "DEPENDS_ON").then_some(&NOTHING);
    let mut all = BOTH.iter().chain(&FILTERED);
    all.find(|field| field.name == name).or(none)
}

/// A field to order by.
pub(super) fn ordered(name: &str) -> Option<&'static TaskField> {
    let alike = ALIKE.contains(&name).then_some(&NOTHING);
    let mut all = BOTH.iter().chain(&ORDERED);
    all.find(|field| field.name == name).or(alike)
}

fn flag(view: &View<'_>, flag: TaskFlag) -> FieldValue {
    FieldValue::flag(view.task.flags.contains(&flag))
}

fn perhaps(text: Option<&String>) -> FieldValue {
    text.map_or_else(FieldValue::none, |text| FieldValue::text(text))
}

fn texts(texts: &[String]) -> FieldValue {
    FieldValue::Any(texts.iter().map(|text| FieldValue::text(text)).collect())
}

fn last_name(view: &View<'_>, id: u64) -> FieldValue {
    let user: Option<&User> = view.call.state.users.get(&id);
    perhaps(user.map(|user| &user.last_name))
}
