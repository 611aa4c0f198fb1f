//! The table of these methods.

use super::super::Method;
use super::super::Run;
use super::backlog;
use super::epic;
use super::kanban;
use super::sprint;
use super::stage;
use super::task;
use crate::methods::call::{Call, Outcome};

/// All methods of scrums.
pub(in super::super) static METHODS: [Method; 29] = [
    writes(
        "tasks.api.scrum.backlog.add",
        "Unable to add backlog",
        backlog::add,
    )
    .or_unknown(),
    writes(
        "tasks.api.scrum.backlog.update",
        "Unable to update backlog",
        backlog::update,
    )
    .or_unknown(),
    writes(
        "tasks.api.scrum.backlog.delete",
        "Backlog not deleted",
        backlog::delete,
    )
    .or_unknown(),
    plain("tasks.api.scrum.backlog.get", backlog::get).or_unknown(),
    plain("tasks.api.scrum.backlog.getfields", backlog::fields),
    writes("tasks.api.scrum.epic.add", "Epic not created", epic::add),
    writes(
        "tasks.api.scrum.epic.update",
        "Epic not updated",
        epic::update,
    ),
    // Its page has no text for that.
    plain("tasks.api.scrum.epic.delete", epic::delete),
    plain("tasks.api.scrum.epic.get", epic::get),
    plain("tasks.api.scrum.epic.list", epic::list),
    plain("tasks.api.scrum.epic.getfields", epic::fields),
    writes(
        "tasks.api.scrum.sprint.add",
        "Sprint not created",
        sprint::add,
    ),
    writes(
        "tasks.api.scrum.sprint.update",
        "Sprint not created",
        sprint::update,
    ),
    writes(
        "tasks.api.scrum.sprint.delete",
        "Sprint items have not been moved to backlog",
        sprint::delete,
    ),
    // Nor have these two.
    plain("tasks.api.scrum.sprint.start", sprint::start),
    plain("tasks.api.scrum.sprint.complete", sprint::complete),
    plain("tasks.api.scrum.sprint.get", sprint::get),
    plain("tasks.api.scrum.sprint.list", sprint::list),
    plain("tasks.api.scrum.sprint.getfields", sprint::fields),
    writes("tasks.api.scrum.kanban.addstage", UNKNOWN, stage::add).or_unknown(),
    writes("tasks.api.scrum.kanban.updatestage", UNKNOWN, stage::update).or_unknown(),
    writes("tasks.api.scrum.kanban.deletestage", UNKNOWN, stage::delete).or_unknown(),
    writes("tasks.api.scrum.kanban.addtask", UNKNOWN, kanban::add_task).or_unknown(),
    writes(
        "tasks.api.scrum.kanban.deletetask",
        UNKNOWN,
        kanban::delete_task,
    )
    .or_unknown(),
    plain("tasks.api.scrum.kanban.getstages", stage::list).or_unknown(),
    plain("tasks.api.scrum.kanban.getfields", stage::fields),
    writes(
        "tasks.api.scrum.task.update",
        "Item not created",
        task::update,
    ),
    plain("tasks.api.scrum.task.get", task::get),
    plain("tasks.api.scrum.task.getfields", task::fields),
];

const UNKNOWN: &str = "Unknown error";

impl Method {
    /// The page of the method has a text for whatever else goes wrong.
    const fn or_unknown(mut self) -> Self {
        self.other_failure = Some(UNKNOWN);
        self
    }
}

const fn writes(
    name: &'static str,
    failure: &'static str,
    run: fn(&mut Call<'_>) -> Outcome,
) -> Method {
    Method {
        name,
        scope: "task",
        storage_failure: Some(failure),
        other_failure: None,
        run: Run::Alone(run),
    }
}

const fn plain(name: &'static str, run: fn(&mut Call<'_>) -> Outcome) -> Method {
    Method {
        name,
        scope: "task",
        storage_failure: None,
        other_failure: None,
        run: Run::Alone(run),
    }
}
