//! `tasks.task.*`: tasks, in groups and elsewhere.
//!
//! Their codes are texts, even where they are numbers. What binds parameters comes first, as with
//! scrums; then the rest in the order of each page's table. Some texts end in `(internal error)`
//! and some in `<br>`, each as its page has it; the sample of `.add` words one text differently than
//! its table, which counts.

mod action;
mod add;
mod card;
mod delegate;
mod delete;
mod fields;
mod get;
mod list;
mod people;
mod row;
mod search;
mod select;
mod status;
mod table;
mod update;
mod value;

pub(super) use table::METHODS;

use crate::domain::model::Task;
use crate::domain::task_access;
use crate::methods::call::Call;
use crate::methods::refusal::Refusal;

/// What a method answers, perhaps.
type Checked<T> = Result<T, Refusal>;

/// What ends the texts of some pages.
const INTERNAL: &str = " (internal error)";

/// A task that isn't there, or with which the user may not do that. Some pages say more.
fn not_allowed(ending: &str) -> Refusal {
    let text = format!("Action on the task is not allowed{ending}");
    Refusal::coded(400, "0", &text)
}

/// What the layer that binds parameters says.
fn unbound(text: &str) -> Refusal {
    Refusal::coded(400, "100", text)
}

/// A wrong value of a field.
fn wrong_field(text: &str) -> Refusal {
    Refusal::coded(400, "ERROR_CORE", text)
}

/// The task's identifier, which the layer that binds parameters wants to be there, and the method to
/// be a number.
fn task_id(call: &Call<'_>, ending: &str) -> Checked<u64> {
    let value = call.params.get("taskId").ok_or_else(|| {
        let text = "CTaskItem All parameters in the constructor must have real class type";
        unbound(&format!("{text}{ending}"))
    })?;
    let wrong = || Refusal::coded(400, "0", "wrong task id");
    value.to_id().ok_or_else(wrong)
}

/// A task that the user sees.
fn seen(call: &Call<'_>, id: u64) -> Option<Task> {
    let task = call.state.task(id)?;
    task_access::sees(call.state, &call.user, &task).then_some(task)
}
