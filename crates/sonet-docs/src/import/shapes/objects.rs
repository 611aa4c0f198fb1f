//! The types of answers, and the objects that they need.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::settled::Settled;
use super::{Place, Shapes, shown as examples};
use crate::import::name::{RustNames, quoted};
use crate::page::Item;
use crate::words;

impl Shapes<'_> {
    /// The type of an answer, of which there may be examples.
    pub(crate) fn result(&mut self, item: &Item, all_shown: &[&Value]) -> (String, Option<String>) {
        let shown = all_shown.first().copied();
        // Where an example shows one value, what the table goes on with is not in it.
        let is_one = shown.is_some_and(|shown| !shown.is_array() && !shown.is_object());
        let shown_maps: Vec<_> = all_shown.iter().copied().flat_map(maps).collect();
        let (fields, _) = examples::fields(&shown_maps, &item.at);
        if (item.fields.is_empty() && fields.is_empty()) || is_one {
            return match self.precedents.type_of(item) {
                // A write says that it was done; what a read says may be no.
                Ok(ty) if ty == "boolean" && !self.reads => ("accepted".to_owned(), None),
                _ => {
                    let (ty, doubt) = self.answered(item);
                    (self.unless_none(ty, all_shown), doubt)
                }
            };
        }
        let answer = Item {
            name: self.answer_name(),
            ..item.clone()
        };
        let name = self.object(&answer, &shown_maps, true);
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
        (if list { format!("{name}[]") } else { name }, doubt)
    }

    /// The type of a value in an answer. What nothing explains can be decoded as anything.
    fn answered(&mut self, item: &Item) -> (String, Option<String>) {
        self.scalar(item, Place::Answer)
    }

    /// An object around the rows of a list of which the page says nothing else.
    pub(crate) fn around_rows(&mut self, key: &str) -> String {
        let name = self.fresh(&format!("{}Page", self.answer_name()));
        let doc = self.doc("");
        let mut entry = self.head("object", &name, &doc);
        let (key, doc) = (quoted(key), quoted(&doc));
        let _ = writeln!(
            entry,
            "fields = [\n    {{ name = {key}, type = \"json[]\", essential = true, doc = {doc} }},\n]\n"
        );
        self.entries.push(entry);
        name
    }

    /// An object with these fields. Without a table of what is around it, nobody expects one of what is in it.
    fn object(&mut self, item: &Item, shown: &[&Map<String, Value>], expected: bool) -> String {
        let tabled = item.fields.len();
        let item = &with_shown(item, shown);
        let name = self.fresh(&item.name);
        self.around.push(item.name.clone());
        let mut entry = self.head("object", &name, &self.doc(&item.sentences));
        if item.open {
            entry.push_str("extra = true\n");
        }
        let mut settled = Settled::default();
        if tabled == 0 && expected {
            let reason = "Only an example shows them.";
            settled.decide("fields", "missing", "", reason);
        }
        let mut shape = Vec::new();
        let mut identifier = None;
        let mut optional = Vec::new();
        let mut taken = RustNames::default();
        entry.push_str("fields = [\n");
        for (index, field) in item.fields.iter().enumerate() {
            let is_tabled = index < tabled;
            let on = format!("fields.{}", field.name);
            if !is_tabled && tabled > 0 {
                settled.decide(&on, "not_in_table", "", "An example has it.");
            }
            let field = &self.with_structure(field);
            let (ty, doubt) = self.type_of_field(field, shown, tabled > 0);
            if is_tabled && self.contradicts(&ty, field) {
                settled.decide(&on, "type", &field.ty(), LENIENT);
            }
            if let Some(sentence) = words::outdated(&field.text).filter(|_| is_tabled) {
                settled.decide(&on, "outdated", sentence, "It is read while it comes.");
            }
            if let Some((values, reason)) = self
                .values_beside(&ty, field, Place::Answer)
                .filter(|_| is_tabled)
            {
                settled.decide(&on, "values", &values, reason);
            }
            if let Some(doubt) = doubt {
                settled.doubts.add_on(&field.name, format!("{doubt}."));
            }
            let (name, rust) = (quoted(&field.name), taken.rust(&field.name));
            let presence = self.presence((item, is_tabled), field, &ty, shown);
            if presence.contains("optional = true") {
                optional.push(field.name.clone());
            }
            if self.identifies(&field.name, &ty) {
                identifier.get_or_insert_with(|| field.name.clone());
            }
            shape.push(format!("{}: {ty}{presence}", field.name));
            let ty = quoted(&ty);
            let doc = quoted(&self.doc(&field.sentences));
            let _ = writeln!(
                entry,
                "    {{ name = {name}{rust}, type = {ty}{presence}, doc = {doc} }},"
            );
        }
        entry.push_str("]\n");
        settled.stars(&item.fields[..tabled], &optional);
        entry.push_str(&settled.entry());
        entry.push('\n');
        self.around.pop();
        shape.sort_unstable();
        if let Some(known) = self.objects.get(&shape) {
            self.names.retain(|other| *other != name);
            return known.clone();
        }
        self.entries.push(entry);
        self.objects.insert(shape, name.clone());
        if let Some(identifier) = identifier {
            self.identifiers.insert(name.clone(), identifier);
        }
        name
    }

    /// A field with what the page describes of it in the text of something else.
    fn with_structure(&self, field: &Item) -> Item {
        let mut structures = self.structures.iter();
        let elsewhere =
            structures.find(|other| other.name == field.name && !self.around.contains(&other.name));
        let mut field = field.clone();
        if let Some(structure) = elsewhere.filter(|_| field.fields.is_empty()) {
            field.fields.clone_from(&structure.fields);
        }
        field
    }

    /// The type of a field, which holds all that examples show of it, and what is doubtful about it.
    fn type_of_field(
        &mut self,
        field: &Item,
        shown: &[&Map<String, Value>],
        expected: bool,
    ) -> (String, Option<String>) {
        let values: Vec<&Value> = shown
            .iter()
            .filter_map(|map| map.get(&field.name))
            .collect();
        let inner: Vec<&Map<String, Value>> = values.iter().copied().flat_map(maps).collect();
        let has_fields = !examples::fields(&inner, &field.at).0.is_empty();
        let is_value = |value: &&Value| match value {
            Value::Bool(value) => *value,
            Value::Number(_) => true,
            Value::String(text) => !text.is_empty(),
            Value::Array(elements) => elements.iter().any(|element| !element.is_object()),
            _ => false,
        };
        if (has_fields || !field.fields.is_empty()) && values.iter().any(is_value) {
            // An object here, and one value there.
            return ("json".to_owned(), None);
        }
        let is_object = field.types.is_empty()
            || field
                .types
                .iter()
                .any(|ty| ty == "object" || is_list(field) && !ty.ends_with("[]"));
        let (ty, doubt) = if field.fields.is_empty() && !(has_fields && is_object) {
            self.answered(field)
        } else {
            let inner = self.object(field, &inner, expected);
            let is_list = is_list(field);
            (if is_list { format!("{inner}[]") } else { inner }, None)
        };
        let ty = self.unless_none(ty, &values);
        let on_wire = if self.is_enum(&ty) {
            ty.replace(ty.trim_end_matches("[]"), "string")
        } else {
            self.on_wire(&ty)
        };
        let is_rows = self.around.len() == 1 && self.rows.as_ref() == Some(&field.name);
        let ty = if is_rows && !ty.ends_with("[]") {
            let is_typed = self.objects.values().any(|name| *name == ty);
            format!("{}[]", if is_typed { ty.as_str() } else { "json" })
        } else if values.iter().all(|value| examples::fits(&on_wire, value))
            && !self.shows_another(&ty, &values)
        {
            ty
        } else {
            // Of two things that a page says, the one that loses nothing.
            self.forget_enum(&ty);
            let is_text =
                |value: &&Value| value.is_string() || value.is_number() || value.is_null();
            if values.iter().all(is_text) {
                "string"
            } else {
                "json"
            }
            .to_owned()
        };
        if is_rows {
            self.rows_type = Some(ty.clone());
        }
        (ty, doubt)
    }

    /// Whether a field may be missing: the keys that say so.
    fn presence(
        &self,
        (item, is_tabled): (&Item, bool),
        field: &Item,
        ty: &str,
        shown: &[&Map<String, Value>],
    ) -> String {
        let is_all = item.fields.len() == 1 && ty.ends_with("[]");
        let is_rows = self.around.len() == 1 && self.rows.as_ref() == Some(&field.name);
        let lacking = shown.iter().any(|map| !map.contains_key(&field.name));
        let null = shown
            .iter()
            .any(|map| map.get(&field.name).is_some_and(Value::is_null));
        // What only an example shows ends no call.
        let named = is_tabled && self.identifies(&field.name, ty);
        let mut keys = String::new();
        // An identifier that an example does without does not identify.
        if is_rows || ((is_all || named) && !lacking && !null) {
            keys.push_str(", essential = true");
        } else {
            if null || field.types.iter().any(|ty| ty == "null") {
                keys.push_str(", nullable = true");
            }
            if lacking {
                keys.push_str(", optional = true");
            }
        }
        if field.values.iter().any(|value| value.text.is_empty()) {
            keys.push_str(", none = [\"\"]");
        }
        keys
    }
}

/// An item with the fields that examples show and its table lacks.
fn with_shown(item: &Item, shown: &[&Map<String, Value>]) -> Item {
    let (fields, has_own) = examples::fields(shown, &item.at);
    let mut item = item.clone();
    item.open |= has_own;
    for field in fields {
        if item.fields.iter().all(|known| known.name != field.name) {
            item.fields.push(field);
        }
    }
    item
}

/// Why a type is not what the page says.
pub(crate) const LENIENT: &str = "The page says two things of its form, and this takes both.";

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
