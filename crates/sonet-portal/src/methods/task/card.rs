//! What needs no check of what stands on a task's card.

use crate::domain::model::{Task, TaskFlag};
use crate::wire::value::{Array, Value};
use indexmap::IndexSet;

/// Puts onto a card what a user writes there.
pub(super) fn write(user_id: u64, fields: &Array, task: &mut Task) {
    texts_of(fields, task);
    switches(user_id, fields, task);
}

/// The value of a field. A `null` is as good as nothing.
pub(super) fn value<'a>(fields: &'a Array, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| **value != Value::Null)
}

/// The text of a field, unless it is an array.
pub(super) fn text(fields: &Array, name: &str) -> Option<String> {
    value(fields, name).and_then(Value::to_text)
}

/// Texts, and lists of them.
fn texts_of(fields: &Array, task: &mut Task) {
    let texts = |name: &str| {
        let list: IndexSet<String> = match value(fields, name)? {
            Value::Array(list) => list.values().filter_map(Value::to_text).collect(),
            scalar => scalar.to_text().into_iter().collect(),
        };
        let filled = list.into_iter().filter(|text| !text.is_empty());
        Some(filled.collect::<Vec<_>>())
    };
    if let Some(title) = text(fields, "TITLE").filter(|title| !title.trim().is_empty()) {
        task.title = title;
    }
    if let Some(text) = text(fields, "DESCRIPTION") {
        task.description = text;
    }
    if let Some(text) = text(fields, "XML_ID") {
        task.xml_id = Some(text).filter(|text| !text.is_empty());
    }
    if let Some(text) = text(fields, "SITE_ID").filter(|text| !text.is_empty()) {
        task.site_id = text;
    }
    if let Some(text) = text(fields, "DURATION_TYPE").filter(|text| !text.is_empty()) {
        task.duration_type = text;
    }
    if let Some(mark) = text(fields, "MARK") {
        task.mark = Some(mark).filter(|mark| matches!(mark.as_str(), "P" | "N"));
    }
    if let Some(tags) = texts("TAGS") {
        task.tags = tags;
    }
    if let Some(bindings) = texts("UF_CRM_TASK") {
        task.crm = bindings;
    }
    if let Some(files) = texts("UF_TASK_WEBDAV_FILES") {
        let ids = files
            .iter()
            .filter_map(|file| file.trim_start_matches('n').parse().ok());
        task.files = ids.collect();
    }
    for (name, value) in fields.iter() {
        let custom = name.starts_with("UF_") && !name.starts_with("UF_TASK_");
        if let Some(text) = value.to_text().filter(|_| custom && name != "UF_CRM_TASK") {
            task.custom.insert(name.to_owned(), text);
        }
    }
}

/// Numbers, flags and parameters.
fn switches(user_id: u64, fields: &Array, task: &mut Task) {
    let number = |name: &str| value(fields, name).and_then(Value::to_int);
    if let Some(priority) = number("PRIORITY").and_then(|own| u8::try_from(own).ok()) {
        task.priority = priority.min(2);
    }
    if let Some(seconds) = number("TIME_ESTIMATE") {
        task.time_estimate = seconds;
    }
    if let Some(duration) = number("DURATION_PLAN") {
        task.duration_plan = Some(duration);
    }
    for flag in TaskFlag::ALL {
        match text(fields, flag.code()).as_deref() {
            Some("Y") => drop(task.flags.insert(flag)),
            Some(_) => drop(task.flags.remove(&flag)),
            None => {}
        }
    }
    match text(fields, "FAVORITE").as_deref() {
        Some("Y") => drop(task.favorite_of.insert(user_id)),
        Some(_) => drop(task.favorite_of.remove(&user_id)),
        None => {}
    }
    let parameters = value(fields, "SE_PARAMETER").and_then(Value::as_array);
    for parameter in parameters.into_iter().flat_map(Array::values) {
        let parameter = parameter.as_array();
        let text = |name: &str| parameter.and_then(|own| text(own, name));
        if let (Some(code), Some(value)) = (text("CODE"), text("VALUE")) {
            task.parameters.insert(code, value);
        }
    }
}
