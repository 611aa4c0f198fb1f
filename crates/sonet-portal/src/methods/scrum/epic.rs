//! `tasks.api.scrum.epic.*`

use super::Checked;
use super::before_write;
use super::bound_fields;
use super::bound_id;
use super::check_access;
use super::denied;
use super::described;
use super::epic_row;
use super::field;
use super::list;
use super::name;
use super::text;
use super::user;
use crate::domain::filter::print;
use crate::domain::model::{EPIC_COLOR, Epic};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::Json;
use crate::wire::value::{Array, Value};

/// `.add`. The table of its errors begins with the access, which needs the group that comes fifth.
pub(crate) fn add(call: &mut Call<'_>) -> Outcome {
    let fields = bound_fields(call, ".")?;
    let group_id = field(fields, "groupId").and_then(Value::to_id);
    let group_id = group_id.filter(|id| call.state.groups.contains_key(id));
    let group_id = group_id.ok_or_else(|| Refusal::scrum("Group is not found"))?;
    check_access(call, group_id)?;
    let name = name(fields).ok_or_else(|| Refusal::scrum("Name is not found"))?;
    let created_by = user(call, fields, "createdBy")?.unwrap_or(call.user.id);
    let modified_by = user(call, fields, "modifiedBy")?.unwrap_or(created_by);
    before_write(call)?;
    let color = text(fields, "color").filter(|color| !color.is_empty());
    let epic = call.state.scrum.add_epic(Epic {
        id: 0,
        group_id,
        name,
        description: text(fields, "description").unwrap_or_default(),
        created_by,
        modified_by,
        color: color.unwrap_or_else(|| EPIC_COLOR.to_owned()),
        files: files(fields).unwrap_or_default(),
    });
    Ok(Answer::from(print(&epic_row::COLUMNS, &epic)))
}

/// `.update`, which changes what is given only, though its page calls some of it required.
pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let id = bound_id(call, "id", ".")?;
    let fields = bound_fields(call, ".")?;
    let mut epic = find(call, id)?;
    if let Some(value) = field(fields, "groupId") {
        epic.group_id = value.to_id().ok_or_else(denied)?;
        check_access(call, epic.group_id)?;
    }
    if field(fields, "name").is_some() {
        epic.name = name(fields).ok_or_else(|| Refusal::scrum("Epic not updated"))?;
    }
    if let Some(id) = user(call, fields, "createdBy")? {
        epic.created_by = id;
    }
    epic.modified_by = user(call, fields, "modifiedBy")?.unwrap_or(call.user.id);
    if let Some(text) = text(fields, "description") {
        epic.description = text;
    }
    if let Some(color) = text(fields, "color") {
        epic.color = color;
    }
    if let Some(files) = files(fields) {
        epic.files = files;
    }
    before_write(call)?;
    let answer = Answer::from(print(&epic_row::COLUMNS, &epic));
    call.state.scrum.put_epic(epic);
    Ok(answer)
}

/// `.get`, the only one that tells about the files.
pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let id = bound_id(call, "id", ".")?;
    let epic = find(call, id)?;
    let row = print(&epic_row::COLUMNS, &epic).with("files", epic_row::files(&epic));
    Ok(Answer::from(row))
}

/// `.list`
pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let epics = &call.state.scrum.epics;
    list::answer(call, &epic_row::COLUMNS, epics, |epic| epic.group_id)
}

/// `.delete`
pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = bound_id(call, "id", ".")?;
    find(call, id)?;
    call.state.scrum.remove_epic(id);
    Ok(Answer::from(Json::List(Vec::new())))
}

/// `.getFields`
pub(crate) fn fields(_: &mut Call<'_>) -> Outcome {
    described(&[
        ("name", "string"),
        ("description", "string"),
        ("groupId", "integer"),
        ("color", "string"),
        ("files", "array"),
        ("createdBy", "integer"),
        ("modifiedBy", "integer"),
    ])
}

/// An epic that the user may work with.
fn find(call: &Call<'_>, id: u64) -> Checked<Epic> {
    let epic = call.state.scrum.epics.get(&id).cloned();
    let epic = epic.ok_or_else(|| Refusal::scrum("Epic not found"))?;
    check_access(call, epic.group_id)?;
    Ok(epic)
}

/// The identifiers of files, which come as `n428`; what doesn't is passed over.
fn files(fields: &Array) -> Option<Vec<u64>> {
    let files = field(fields, "files")?.as_array()?;
    let texts = files.values().filter_map(Value::to_text);
    let ids = texts.filter_map(|text| text.strip_prefix('n')?.parse().ok());
    Some(ids.collect())
}
