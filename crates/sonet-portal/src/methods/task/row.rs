//! A task on the wire: its fields, and what comes along with them.

use super::action::Actions;
use super::people;
use super::select::{Select, key};
use super::value::View;
use crate::domain::model::Task;
use crate::methods::call::{Answer, Call};
use crate::wire::output::{Json, Object};

/// The answer of a method that has written a task: all of it, as it is now.
pub(super) fn answer(call: &Call<'_>, id: u64) -> Answer {
    let task = call.state.task(id);
    let row = task.map(|task| whole(call, &task, &Select::All));
    Answer::from(Object::new().with("task", row.unwrap_or_default()))
}

/// A task by itself, with what may be done with it.
pub(super) fn whole(call: &Call<'_>, task: &Task, select: &Select) -> Object {
    let view = View::new(call, task);
    let mut row = listed(&view, select);
    for code in ["FAVORITE", "DESCRIPTION_IN_BBCODE"] {
        if let Some(value) = view.field(code) {
            row.set(key(code), value);
        }
    }
    if select.has("CHECKLIST") {
        row.set("newCommentsCount", 0_i64);
    }
    row.set("action", Actions::of(call, task).print());
    if select.has("CHECKLIST") {
        row.set("checkListTree", checklist(call.user.id));
        row.set("checkListCanAdd", Actions::of(call, task).edit);
    }
    row
}

/// A task in a list. Who and what its identifiers stand for comes along with them.
pub(super) fn listed(view: &View<'_>, select: &Select) -> Object {
    let (call, task) = (view.call, view.task);
    let mut row = Object::new();
    for code in select.codes() {
        if let Some(value) = view.field(&code) {
            row.set(key(&code), value);
        }
    }
    if let Some(value) = view.field("DESCRIPTION_IN_BBCODE") {
        row.set("descriptionInBbcode", value);
    }
    let group = call.state.groups.get(&view.group_id());
    let group = group.filter(|_| select.has("GROUP_ID"));
    row.set("group", people::group(call, group));
    if select.has("CREATED_BY") {
        row.set("creator", people::user(call, task.created_by));
    }
    if select.has("RESPONSIBLE_ID") {
        row.set("responsible", people::user(call, task.responsible_id));
    }
    if select.has("ACCOMPLICES") {
        row.set("accomplicesData", people::users(call, &task.accomplices));
    }
    if select.has("AUDITORS") {
        row.set("auditorsData", people::users(call, &task.auditors));
    }
    row
}

/// The root of a checklist without items.
fn checklist(user_id: u64) -> Object {
    let fields = Object::new()
        .with("id", Json::Null)
        .with("copiedId", Json::Null)
        .with("entityId", Json::Null)
        .with("userId", Json::number(user_id))
        .with("createdBy", Json::Null)
        .with("parentId", Json::Null)
        .with("title", "")
        .with("sortIndex", Json::Null)
        .with("displaySortIndex", "")
        .with("isComplete", false)
        .with("isImportant", false)
        .with("completedCount", 0_i64)
        .with("members", Json::List(Vec::new()))
        .with("attachments", Json::List(Vec::new()))
        .with("nodeId", Json::Null);
    Object::new()
        .with("nodeId", 0_i64)
        .with("fields", fields)
        .with("action", Json::List(Vec::new()))
        .with("descendants", Json::List(Vec::new()))
}
