//! The table of these methods.

use super::backlog;
use super::epic;
use super::kanban;
use super::sprint;
use super::stage;
use super::task;
use crate::methods::method::Method;

/// All methods of scrums.
pub(in super::super) static METHODS: [Method; 29] = [
    Method::new("tasks.api.scrum.backlog.add", backlog::add)
        .storage_failure("Unable to add backlog")
        .other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.backlog.update", backlog::update)
        .storage_failure("Unable to update backlog")
        .other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.backlog.delete", backlog::delete)
        .storage_failure("Backlog not deleted")
        .other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.backlog.get", backlog::get).other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.backlog.getfields", backlog::fields),
    Method::new("tasks.api.scrum.epic.add", epic::add).storage_failure("Epic not created"),
    Method::new("tasks.api.scrum.epic.update", epic::update).storage_failure("Epic not updated"),
    // Its page has no text for that.
    Method::new("tasks.api.scrum.epic.delete", epic::delete),
    Method::new("tasks.api.scrum.epic.get", epic::get),
    Method::new("tasks.api.scrum.epic.list", epic::list),
    Method::new("tasks.api.scrum.epic.getfields", epic::fields),
    Method::new("tasks.api.scrum.sprint.add", sprint::add).storage_failure("Sprint not created"),
    Method::new("tasks.api.scrum.sprint.update", sprint::update)
        .storage_failure("Sprint not created"),
    Method::new("tasks.api.scrum.sprint.delete", sprint::delete)
        .storage_failure("Sprint items have not been moved to backlog"),
    // Nor have these two.
    Method::new("tasks.api.scrum.sprint.start", sprint::start),
    Method::new("tasks.api.scrum.sprint.complete", sprint::complete),
    Method::new("tasks.api.scrum.sprint.get", sprint::get),
    Method::new("tasks.api.scrum.sprint.list", sprint::list),
    Method::new("tasks.api.scrum.sprint.getfields", sprint::fields),
    Method::new("tasks.api.scrum.kanban.addstage", stage::add)
        .storage_failure(UNKNOWN)
        .other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.kanban.updatestage", stage::update)
        .storage_failure(UNKNOWN)
        .other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.kanban.deletestage", stage::delete)
        .storage_failure(UNKNOWN)
        .other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.kanban.addtask", kanban::add_task)
        .storage_failure(UNKNOWN)
        .other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.kanban.deletetask", kanban::delete_task)
        .storage_failure(UNKNOWN)
        .other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.kanban.getstages", stage::list).other_failure(UNKNOWN),
    Method::new("tasks.api.scrum.kanban.getfields", stage::fields),
    Method::new("tasks.api.scrum.task.update", task::update).storage_failure("Item not created"),
    Method::new("tasks.api.scrum.task.get", task::get),
    Method::new("tasks.api.scrum.task.getfields", task::fields),
];

const UNKNOWN: &str = "Unknown error";
