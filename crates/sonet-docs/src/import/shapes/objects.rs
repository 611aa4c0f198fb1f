//! The objects that answers need, and the types of their fields.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::settled::Settled;
use super::{Place, Shapes, forms, keyed, shown as examples};
use crate::diff::numbered_rows;
use crate::import::name::{RustNames, quoted};
use crate::page::Item;
use crate::words;

impl Shapes<'_> {
    /// Whether a type holds a value that an example shows.
    pub(super) fn holds(&self, ty: &str, value: &Value) -> bool {
        let is_like = if self.is_enum(ty) {
            !forms::holds_object(value)
        } else if self.is_object(ty) {
            !forms::is_mixed(&[value], ty.ends_with("[]"))
        } else {
            true
        };
        is_like && examples::fits(&self.on_wire(ty), value)
    }

    /// The type of a value in an answer. What nothing explains can be decoded as anything.
    pub(super) fn answered(&mut self, item: &Item) -> (String, Option<String>) {
        self.scalar(item, Place::Answer)
    }

    /// An object with these fields. Without a table of what is around it, nobody expects one of what is in it.
    pub(super) fn object(
        &mut self,
        item: &Item,
        shown: &[&Map<String, Value>],
        expected: bool,
    ) -> String {
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
        if let Some(known) = self.objects.get(&shape).cloned() {
            self.names.retain(|other| *other != name);
            if let Some(entry) = self.entry_of(&known) {
                settled.join(entry);
            }
            return known;
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
        let is_rows = self.around.len() == 1 && self.rows.as_ref() == Some(&field.name);
        let list = is_rows || is_list(field) && !forms::are_named(&values);
        if (has_fields || !field.fields.is_empty()) && forms::is_mixed(&values, list) {
            // An object here, and something else there.
            let ty = if is_rows { "json[]" } else { "json" };
            self.rows_type = self.rows_type.take().or(is_rows.then(|| ty.to_owned()));
            return (ty.to_owned(), None);
        }
        let keyed = forms::rows_by_number(&values)
            .or_else(|| keyed::rows_by_key(&field.fields, &values))
            .filter(|_| !list);
        if let Some(rows) = keyed {
            return (
                format!("map<{}>", self.object(field, &rows, expected)),
                None,
            );
        }
        let is_object = field.types.is_empty()
            || field
                .types
                .iter()
                .any(|ty| matches!(ty.as_str(), "object" | "object[]" | "array"));
        let (ty, doubt) = if field.fields.is_empty() && !(has_fields && is_object) {
            self.answered(field)
        } else {
            let inner = self.object(field, &inner, expected);
            (if list { format!("{inner}[]") } else { inner }, None)
        };
        let ty = self.unless_none(ty, &values);
        let ty = if is_rows && !ty.ends_with("[]") {
            let is_typed = self.objects.values().any(|name| *name == ty);
            format!("{}[]", if is_typed { ty.as_str() } else { "json" })
        } else if values.iter().all(|value| self.holds(&ty, value))
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

/// The objects in a value: itself, or those in a list, be it one that has numbers for keys.
pub(super) fn maps(value: &Value) -> Vec<&Map<String, Value>> {
    match value {
        Value::Object(map) => numbered_rows(map).unwrap_or_else(|| vec![map]),
        Value::Array(values) => values.iter().flat_map(maps).collect(),
        _ => Vec::new(),
    }
}
