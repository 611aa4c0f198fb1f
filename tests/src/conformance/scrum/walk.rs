//! The answers of every Scrum method, for the walk over what the spec says of them.

use serde_json::{Value, json};

use crate::conformance::caller::Caller;
use crate::conformance::shapes::Walk;
use crate::conformance::world::World;

/// How the names of the methods begin.
pub(in crate::conformance) const METHODS: &str = "tasks.api.scrum.";

/// Calls every method of Scrum.
pub(in crate::conformance) fn all<C: Caller>(walk: &mut Walk, client: &C, world: &World) {
    let mut answer =
        |method: &str, params| walk.answer(client, &format!("{METHODS}{method}"), params);
    for kind in ["backlog", "epic", "sprint", "kanban", "task"] {
        answer(&format!("{kind}.getFields"), Value::Null);
    }
    backlogs(&mut answer, world);
    epics(&mut answer, world);
    tasks(&mut answer, world);
    stages(&mut answer, world);
    sprints(&mut answer, world);
}

fn backlogs(answer: &mut impl FnMut(&str, Value) -> Value, world: &World) {
    let scrum = world.bare_scrum();
    let fields = json!({ "groupId": scrum, "createdBy": world.admin() });
    let added = answer("backlog.add", json!({ "fields": fields }));
    let fields = json!({ "modifiedBy": world.admin() });
    answer(
        "backlog.update",
        json!({ "id": added["id"], "fields": fields }),
    );
    answer("backlog.get", json!({ "id": scrum }));
    answer("backlog.delete", json!({ "id": added["id"] }));
}

fn epics(answer: &mut impl FnMut(&str, Value) -> Value, world: &World) {
    let fields = json!({ "groupId": world.scrum(), "name": "Payments", "files": ["n428"] });
    let added = answer("epic.add", json!({ "fields": fields }));
    let fields = json!({ "description": "Cards" });
    answer(
        "epic.update",
        json!({ "id": added["id"], "fields": fields }),
    );
    answer("epic.get", json!({ "id": added["id"] }));
    answer("epic.list", Value::Null);
    answer("epic.delete", json!({ "id": added["id"] }));
}

fn tasks(answer: &mut impl FnMut(&str, Value) -> Value, world: &World) {
    let task = world.waiting_task();
    let fields = json!({ "storyPoints": "8" });
    answer("task.update", json!({ "id": task, "fields": fields }));
    world.rule(|rules| rules.bare_task_update = true);
    answer("task.update", json!({ "id": task, "fields": fields }));
    answer("task.get", json!({ "id": task }));
}

fn stages(answer: &mut impl FnMut(&str, Value) -> Value, world: &World) {
    let (sprint, task) = (world.active_sprint(), world.waiting_task());
    let fields = json!({ "sprintId": sprint, "name": "Review" });
    let stage = answer("kanban.addStage", json!({ "fields": fields }));
    let fields = json!({ "type": "FINISH" });
    answer(
        "kanban.updateStage",
        json!({ "stageId": stage, "fields": fields }),
    );
    answer("kanban.getStages", json!({ "sprintId": sprint }));
    let place = json!({ "sprintId": sprint, "taskId": task, "stageId": stage });
    answer("kanban.addTask", place);
    answer(
        "kanban.deleteTask",
        json!({ "sprintId": sprint, "taskId": task }),
    );
    answer("kanban.deleteStage", json!({ "stageId": stage }));
}

fn sprints(answer: &mut impl FnMut(&str, Value) -> Value, world: &World) {
    let scrum = world.scrum();
    let fields = json!({ "groupId": scrum, "name": "Fifth" });
    let added = answer("sprint.add", json!({ "fields": fields }));
    let fields = json!({ "name": "Sixth" });
    answer(
        "sprint.update",
        json!({ "id": added["id"], "fields": fields }),
    );
    answer("sprint.complete", json!({ "id": scrum }));
    answer("sprint.start", json!({ "id": added["id"] }));
    answer("sprint.get", json!({ "id": added["id"] }));
    answer("sprint.list", Value::Null);
    answer("sprint.delete", json!({ "id": added["id"] }));
}
