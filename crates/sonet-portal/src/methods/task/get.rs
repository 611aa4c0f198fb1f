//! `tasks.task.get`

use super::row;
use super::select::Select;
use super::{INTERNAL, seen, task_id, unbound};
use crate::methods::call::{Answer, Call, Outcome};
use crate::wire::output::{Json, Object};

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let id = task_id(call, INTERNAL)?;
    let select = call.params.get("select");
    let codes = select.map(|value| {
        value.as_array().ok_or_else(|| {
            let value = value.to_text().unwrap_or_default();
            unbound(&format!(
                "Invalid value {{{value}}} to match with parameter {{select}}. Should be value of \
                 type array.{INTERNAL}"
            ))
        })
    });
    let select = Select::read(codes.transpose()?, Select::All);
    // Who may not see a task is told as little as if there were none.
    let Some(task) = seen(call, id) else {
        return Ok(Answer::from(Json::List(Vec::new())));
    };
    let row = row::whole(call, &task, &select);
    Ok(Answer::from(Object::new().with("task", row)))
}
