//! `tasks.api.scrum.*`: the methods of scrums, which have another way with errors than the others.
//!
//! Their code is a number: 0 with a text of the method's page, or 100 from the layer that binds
//! parameters. That layer comes first; then what is missing, what isn't there, and who may not, in
//! the order of each page's table where that order can be kept.

mod backlog;
mod epic;
mod epic_row;
mod kanban;
mod list;
mod sprint;
mod sprint_row;
mod stage;
mod table;
mod task;

pub(super) use table::METHODS;

use crate::domain::access;
use crate::methods::call::{Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::Object;
use crate::wire::value::{Array, Value};

/// What a method answers, perhaps.
type Checked<T> = Result<T, Refusal>;

fn denied() -> Refusal {
    Refusal::scrum("Access denied")
}

/// Whether the user works with the tasks of a group. Nobody does in a group that isn't there.
fn check_access(call: &Call<'_>, group_id: u64) -> Checked<()> {
    let group = call.state.groups.get(&group_id);
    if access::may_operate(call.state, &call.user, group, "view_all") {
        Ok(())
    } else {
        Err(denied())
    }
}

/// A parameter that the page says to be required, with the text for a missing one. What can't be an
/// identifier is as good as none.
fn given(call: &Call<'_>, name: &str, otherwise: &str) -> Checked<u64> {
    let id = call.params.id(name);
    id.ok_or_else(|| Refusal::scrum(otherwise))
}

/// An identifier that the layer of parameters binds, so that it wants a whole number.
fn bound_id(call: &Call<'_>, name: &str, full_stop: &str) -> Checked<u64> {
    let value = call.params.get(name);
    let value = value.ok_or_else(|| Refusal::missing_parameter(name))?;
    let id = value.to_int();
    let id = id.ok_or_else(|| Refusal::invalid_parameter(value, name, "int", full_stop))?;
    // No row has a number below 1.
    Ok(u64::try_from(id).unwrap_or_default())
}

/// The `fields` that the layer of parameters binds.
fn bound_fields<'a>(call: &Call<'a>, full_stop: &str) -> Checked<&'a Array> {
    let name = "fields";
    let params = call.params;
    let value = params
        .get(name)
        .ok_or_else(|| Refusal::missing_parameter(name))?;
    value
        .as_array()
        .ok_or_else(|| Refusal::invalid_parameter(value, name, "array", full_stop))
}

/// The value of a field. A `null` is as good as nothing.
fn field<'a>(fields: &'a Array, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| **value != Value::Null)
}

/// The text of a field, unless it is an array.
fn text(fields: &Array, name: &str) -> Option<String> {
    field(fields, name).and_then(Value::to_text)
}

/// A name: a text that isn't empty.
fn name(fields: &Array) -> Option<String> {
    text(fields, "name").filter(|name| !name.trim().is_empty())
}

/// A user in a field: given and known, not given, or unknown.
fn user(call: &Call<'_>, fields: &Array, name: &str) -> Checked<Option<u64>> {
    let Some(value) = field(fields, name) else {
        return Ok(None);
    };
    let known = |id: &u64| call.state.users.contains_key(id);
    match value.to_id().filter(known) {
        Some(id) => Ok(Some(id)),
        None => Err(Refusal::scrum(&format!("{name} user not found"))),
    }
}

/// Stands before the first write, like [`Call::before_write`].
fn before_write(call: &mut Call<'_>) -> Checked<()> {
    call.before_write()
        .map_err(|refusal| Refusal::scrum(&refusal.description))
}

/// What the `getFields` methods answer: the names of the fields and their types.
#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
fn described(fields: &[(&'static str, &'static str)]) -> Outcome {
    let described = fields.iter().fold(Object::new(), |object, (name, kind)| {
        object.with(*name, Object::new().with("type", *kind))
    });
    Ok(Object::new().with("fields", described).into())
}
