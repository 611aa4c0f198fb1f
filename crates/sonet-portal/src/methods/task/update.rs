//! `tasks.task.update`

use super::card;
use super::fields::{self, Texts};
use super::{Checked, INTERNAL, not_allowed, row, seen, task_id, wrong_field};
use crate::domain::model::Task;
use crate::domain::task_access;
use crate::methods::call::{Call, Outcome};
use crate::wire::value::{Array, Value};

const TEXTS: Texts = Texts {
    no_responsible: "The user specified in the \"Responsible\" field was not found<br>",
    status: "Invalid status<br>",
    no_parent: "The task specified in the \"Parent Task\" field was not found<br>",
    ends_early: "The end date specified in the scheduling is earlier than the start date<br>",
    too_long: "The duration of the task specified in the scheduling is too long<br>",
};

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let id = task_id(call, INTERNAL)?;
    let fields = call.params.array("fields");
    let task = seen(call, id).filter(|task| may(call, task, fields));
    let mut task = task.ok_or_else(|| not_allowed(INTERNAL))?;
    let fields = fields::given(call)?;
    if let Some(user) = fields::responsible(call, fields, &TEXTS)? {
        task.responsible_id = user;
    }
    check_parent(call, id, fields)?;
    task.touch(call.user.id, call.now);
    let group_id = fields::apply(call, fields, &TEXTS, &mut task)?;
    call.state.put_task(task, group_id);
    Ok(row::answer(call, id))
}

/// Whether the user may write these fields: all of them, or the deadline alone.
fn may(call: &Call<'_>, task: &Task, fields: Option<&Array>) -> bool {
    let mut names = fields.into_iter().flat_map(Array::iter);
    let deadline_only = names.all(|(name, _)| name == "DEADLINE");
    task_access::edits(call.state, &call.user, task)
        || deadline_only && task_access::moves_deadline(call.state, &call.user, task)
}

/// A task is no part of itself, and of none of its parts.
fn check_parent(call: &Call<'_>, id: u64, fields: &Array) -> Checked<()> {
    let parent = card::value(fields, "PARENT_ID").and_then(Value::to_id);
    match parent {
        Some(parent) if parent == id => Err(wrong_field("Cannot bind the node to itself<br>")),
        Some(parent) if call.state.is_within(parent, id) => {
            let text = "Creating cyclic links in tasks is prohibited<br>";
            Err(wrong_field(text))
        }
        _ => Ok(()),
    }
}
