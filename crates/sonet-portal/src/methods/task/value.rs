//! What a task has in each field, on the wire.

use crate::domain::dates;
use crate::domain::model::{ScrumTask, Task, TaskFlag, TaskStatus};
use crate::methods::call::{Call, id_texts};
use crate::wire::output::{Json, Object};

/// A task, and what the portal knows of it beside its card.
pub(super) struct View<'a> {
    pub(super) call: &'a Call<'a>,
    pub(super) task: &'a Task,
    /// Its place in the group, if it is one of a group.
    pub(super) item: Option<&'a ScrumTask>,
}

/// How long before its deadline a task is almost overdue, in seconds.
const SOON: i64 = 24 * 3_600;

impl<'a> View<'a> {
    pub(super) fn new(call: &'a Call<'a>, task: &'a Task) -> Self {
        let item = call.state.scrum.tasks.get(&task.id);
        Self { call, task, item }
    }

    pub(super) fn group_id(&self) -> u64 {
        self.item.map_or(0, |item| item.group_id)
    }

    pub(super) fn stage_id(&self) -> u64 {
        self.item.and_then(|item| item.stage_id).unwrap_or(0)
    }

    /// The sprint, or the backlog, that the task is in.
    pub(super) fn entity(&self, sprint: bool) -> Option<u64> {
        let id = self.item?.entity_id?;
        let is_sprint = self.call.state.scrum.sprints.contains_key(&id);
        (is_sprint == sprint).then_some(id)
    }

    pub(super) fn is_favorite(&self) -> bool {
        self.task.favorite_of.contains(&self.call.user.id)
    }

    /// Whether the user has to do something with it and hasn't done anything yet. What one looks at by
    /// REST is not seen for all that.
    fn is_unseen(&self) -> bool {
        let (task, user) = (self.task, self.call.user.id);
        let concerned = task.responsible_id == user || task.accomplices.contains(&user);
        concerned && task.created_by != user && !task.viewed.contains_key(&user)
    }

    /// The status with what time makes of it.
    pub(super) fn sub_status(&self) -> i64 {
        let left = self.task.deadline.map(|at| at - self.call.now);
        match self.task.status {
            status if status.rests() => i64::from(status.number()),
            _ if left.is_some_and(|left| left < 0) => -1,
            TaskStatus::Pending if self.is_unseen() => -2,
            _ if left.is_some_and(|left| left < SOON) => -3,
            status => i64::from(status.number()),
        }
    }

    /// The value of a field; `None` if there is no such field.
    pub(super) fn field(&self, code: &str) -> Option<Json> {
        let task = self.task;
        if let Some(flag) = TaskFlag::ALL.into_iter().find(|flag| flag.code() == code) {
            return Some(Json::flag(task.flags.contains(&flag)));
        }
        Some(match code {
            "ID" => Json::digits(task.id),
            "PARENT_ID" => digits(task.parent_id),
            "TITLE" => (&*self.call.shown(&task.title)).into(),
            "DESCRIPTION" => (&*self.call.shown(&task.description)).into(),
            // Each task has a chat of its own, which no method of this portal knows.
            "CHAT_ID" => Json::number(task.id),
            "MARK" => text(task.mark.as_deref()),
            "PRIORITY" => Json::digits(task.priority.into()),
            "MULTITASK" => Json::flag(self.call.state.has_subtasks(task.id)),
            "NOT_VIEWED" => Json::flag(self.is_unseen()),
            "STAGE_ID" => Json::digits(self.stage_id()),
            "SPRINT_ID" => digits(self.entity(true)),
            "BACKLOG_ID" => digits(self.entity(false)),
            "CREATED_BY" => Json::digits(task.created_by),
            "CREATED_DATE" => date(Some(task.created_date)),
            "RESPONSIBLE_ID" => Json::digits(task.responsible_id),
            "CHANGED_BY" => Json::digits(task.changed_by),
            "CHANGED_DATE" | "ACTIVITY_DATE" => date(Some(task.changed_date)),
            "STATUS_CHANGED_BY" => digits(task.status_changed_by),
            "CLOSED_BY" => digits(task.closed_by),
            "CLOSED_DATE" => date(task.closed_date),
            "DATE_START" => date(task.date_start),
            "DEADLINE" => date(task.deadline),
            "START_DATE_PLAN" => date(task.start_date_plan),
            "END_DATE_PLAN" => date(task.end_date_plan),
            "GUID" => guid(task).into(),
            "XML_ID" => text(task.xml_id.as_deref()),
            "TIME_ESTIMATE" => task.time_estimate.to_string().into(),
            "SITE_ID" => task.site_id.as_str().into(),
            "SUBORDINATE" => Json::flag(task.parent_id.is_some()),
            "OUTLOOK_VERSION" => Json::digits(task.version),
            "VIEWED_DATE" => date(task.viewed.get(&self.call.user.id).copied()),
            "IS_MUTED" | "IS_PINNED" | "IS_PINNED_IN_GROUP" => Json::flag(false),
            "DESCRIPTION_IN_BBCODE" => Json::flag(true),
            "STATUS" | "REAL_STATUS" => Json::digits(task.status.number().into()),
            "SUB_STATUS" => self.sub_status().to_string().into(),
            "STATUS_CHANGED_DATE" => date(Some(task.status_changed_date)),
            "DURATION_PLAN" => task
                .duration_plan
                .map_or(Json::Null, |own| own.to_string().into()),
            "DURATION_TYPE" => task.duration_type.as_str().into(),
            "FAVORITE" => Json::flag(self.is_favorite()),
            "GROUP_ID" => Json::digits(self.group_id()),
            "AUDITORS" => id_texts(&task.auditors),
            "ACCOMPLICES" => id_texts(&task.accomplices),
            "TAGS" => self.tags(),
            "COUNTERS" => counters(),
            "UF_CRM_TASK" => task.crm.clone().into(),
            "UF_TASK_WEBDAV_FILES" => {
                Json::List(task.files.iter().map(|id| Json::number(*id)).collect())
            }
            // Of all these this portal has nothing.
            "COMMENTS_COUNT"
            | "SERVICE_COMMENTS_COUNT"
            | "FORKED_BY_TEMPLATE_ID"
            | "TIME_SPENT_IN_LOGS"
            | "FORUM_TOPIC_ID"
            | "FORUM_ID"
            | "EXCHANGE_MODIFIED"
            | "EXCHANGE_ID"
            | "SORTING"
            | "DURATION_FACT"
            | "FLOW_ID"
            | "UF_MAIL_MESSAGE" => Json::Null,
            "CHECKLIST" => Object::new().into(),
            custom => task.custom.get(custom)?.as_str().into(),
        })
    }

    /// The tags by their numbers.
    fn tags(&self) -> Json {
        let numbered = self.task.tags.iter().filter_map(|tag| {
            let id = self.call.state.tasks.tag_id(tag)?;
            let row = Object::new().with("id", Json::number(id));
            Some((id.to_string(), row.with("title", tag.as_str()).into()))
        });
        Json::php_array(numbered.collect())
    }
}

/// Counters of a task without comments.
fn counters() -> Json {
    let names = [
        "expired",
        "newComments",
        "projectExpired",
        "projectNewComments",
        "mutedExpired",
        "mutedNewComments",
    ];
    let counters = names
        .into_iter()
        .fold(Object::new(), |all, name| all.with(name, 0_i64));
    Object::new()
        .with("counters", counters)
        .with("color", "gray")
        .with("value", 0_i64)
        .into()
}

fn guid(task: &Task) -> String {
    let born = task.created_date.unsigned_abs();
    format!(
        "{{{:08x}-{:04x}-4000-8000-{born:012x}}}",
        task.id,
        task.id % 0xffff
    )
}

fn digits(id: Option<u64>) -> Json {
    id.map_or(Json::Null, Json::digits)
}

fn text(text: Option<&str>) -> Json {
    text.map_or(Json::Null, Json::from)
}

fn date(seconds: Option<i64>) -> Json {
    seconds.map_or(Json::Null, |at| dates::iso(at).into())
}
