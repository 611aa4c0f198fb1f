//! The types of answers, and the objects that they need.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{Place, Shapes, sorted};
use crate::apply::UNDESCRIBED;
use crate::import::doubt::DOUBT;
use crate::import::name::{quoted, rust_name};
use crate::page::Item;

impl Shapes<'_> {
    /// The type of an answer, of which there may be an example.
    pub(crate) fn result(
        &mut self,
        item: &Item,
        shown: Option<&Value>,
    ) -> (String, Option<String>) {
        // Where an example shows one value, what the table goes on with is not in it.
        let is_one = shown.is_some_and(|shown| !shown.is_array() && !shown.is_object());
        if item.fields.is_empty() || is_one {
            return match self.precedents.type_of(item) {
                Ok(ty) if ty == "boolean" => ("accepted".to_owned(), None),
                _ => self.answered(item),
            };
        }
        let answer = Item {
            name: "Answer".to_owned(),
            ..item.clone()
        };
        let (name, named) = self.object(&answer, &shown.map(maps).unwrap_or_default());
        let said = is_list(item);
        let seen = shown.is_some_and(Value::is_array);
        let unsaid = item.types.is_empty() && shown.is_none();
        let doubt = if unsaid {
            Some("whether it is a list is not said".to_owned())
        } else if said != seen && !item.types.is_empty() && shown.is_some() {
            Some("the table and the example differ on whether it is a list".to_owned())
        } else {
            None
        };
        let list = if shown.is_some() { seen } else { said };
        let doubt = match doubt {
            Some(doubt) => format!("{named}; {doubt}"),
            None => named,
        };
        (if list { format!("{name}[]") } else { name }, Some(doubt))
    }

    /// The type of a value in an answer. What nothing explains can be decoded as anything.
    fn answered(&mut self, item: &Item) -> (String, Option<String>) {
        self.scalar(item, Place::Answer)
    }

    /// An object with these fields, and why it is called so.
    fn object(&mut self, item: &Item, shown: &[&Map<String, Value>]) -> (String, String) {
        let wire = sorted(item.fields.iter().map(|field| field.name.as_str()));
        if let Some(name) = self.objects.get(&wire) {
            return (name.clone(), format!("`{name}` has fields of these names"));
        }
        let name = self.fresh(&item.name);
        self.around.push(item.name.clone());
        let mut entry = self.head("object", &name);
        entry.push_str("fields = [\n");
        for field in &item.fields {
            let mut structures = self.structures.iter();
            let elsewhere = structures
                .find(|other| other.name == field.name && !self.around.contains(&other.name));
            let field = &Item {
                fields: match elsewhere.filter(|_| field.fields.is_empty()) {
                    Some(structure) => structure.fields.clone(),
                    None => field.fields.clone(),
                },
                ..field.clone()
            };
            let (ty, doubt) = if field.fields.is_empty() {
                self.answered(field)
            } else {
                let inner: Vec<&Map<String, Value>> = shown
                    .iter()
                    .filter_map(|map| map.get(&field.name))
                    .flat_map(maps)
                    .collect();
                let (inner, named) = self.object(field, &inner);
                let is_list = is_list(field);
                let ty = if is_list { format!("{inner}[]") } else { inner };
                (ty, Some(named))
            };
            if let Some(doubt) = doubt {
                let _ = writeln!(entry, "    {DOUBT}{doubt}.");
            }
            let (name, rust) = (quoted(&field.name), rust_name(&field.name));
            let _ = write!(entry, "    {{ name = {name}{rust}, type = {}", quoted(&ty));
            let is_number = ty == "integer" || ty.ends_with("Id");
            let is_all = item.fields.len() == 1 && ty.ends_with("[]");
            let lacking = shown.iter().any(|map| !map.contains_key(&field.name));
            let null = shown
                .iter()
                .any(|map| map.get(&field.name).is_some_and(Value::is_null));
            let named = is_number && field.name.eq_ignore_ascii_case("id");
            // An identifier that an example does without does not identify.
            let is_rows = self.around.len() == 1 && self.rows.as_ref() == Some(&field.name);
            if is_rows || ((is_all || named) && !lacking && !null) {
                entry.push_str(", essential = true");
            } else {
                if null || field.types.iter().any(|ty| ty == "null") {
                    entry.push_str(", nullable = true");
                }
                if lacking {
                    entry.push_str(", optional = true");
                }
            }
            if field.values.iter().any(|value| value.text.is_empty()) {
                entry.push_str(", none = [\"\"]");
            }
            let _ = writeln!(entry, ", doc = {} }},", quoted(UNDESCRIBED));
        }
        entry.push_str("]\n\n");
        self.around.pop();
        self.entries.push(entry);
        self.objects.insert(wire, name.clone());
        let named = format!("`{name}` is named after where it stands");
        (name, named)
    }
}

/// Whether a field has several of what is in it.
pub(crate) fn is_list(item: &Item) -> bool {
    item.types
        .iter()
        .any(|ty| ty == "array" || ty.ends_with("[]"))
}

/// The objects in a value: itself, or those in a list.
fn maps(value: &Value) -> Vec<&Map<String, Value>> {
    match value {
        Value::Object(map) => vec![map],
        Value::Array(values) => values.iter().flat_map(maps).collect(),
        _ => Vec::new(),
    }
}
