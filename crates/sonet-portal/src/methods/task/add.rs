//! `tasks.task.add`

use super::card;
use super::fields::{self, Texts};
use super::{row, wrong_field};
use crate::domain::model::Task;
use crate::methods::call::{Call, Outcome};

const TEXTS: Texts = Texts {
    no_responsible: "User specified in the \"Responsible\" field not found",
    status: "Incorrect status",
    no_parent: "Task specified in the \"Parent Task\" field not found",
    ends_early: "The end date in scheduling is earlier than the start date",
    too_long: "The specified task duration is too long",
};

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let fields = fields::given(call)?;
    let responsible = fields::responsible(call, fields, &TEXTS)?;
    let responsible = responsible.ok_or_else(|| wrong_field("Responsible person not specified"))?;
    let title = card::text(fields, "TITLE").filter(|title| !title.trim().is_empty());
    let title = title.ok_or_else(|| wrong_field("Task title not specified"))?;
    if let Some(name) = &call.rules.required_task_field {
        let text = card::text(fields, name).filter(|text| !text.is_empty());
        text.ok_or_else(|| wrong_field(&format!("Required field {name} value not entered")))?;
    }
    let mut task = Task::new(call.state.next_task_id(), title, call.user.id, call.now);
    task.responsible_id = responsible;
    let group_id = fields::apply(call, fields, &TEXTS, &mut task)?;
    let id = task.id;
    call.state.put_task(task, group_id);
    Ok(row::answer(call, id))
}
