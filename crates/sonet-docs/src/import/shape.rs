//! Objects and enums that a draft needs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::name::{quoted, rust_name, type_name};
use crate::apply::{Known, UNDESCRIBED};
use crate::page::Item;
use sonet_spec::model::Spec;
use sonet_spec::names;

/// The objects and enums of a draft, in the order in which they are needed.
pub(super) struct Shapes {
    module: String,
    entries: Vec<String>,
    /// The enums by their values.
    enums: BTreeMap<Vec<String>, String>,
    /// The objects of the module by the names of their fields: those of the spec, and of this draft.
    objects: BTreeMap<Vec<String>, String>,
    names: Vec<String>,
    /// Objects that the page describes in the text of something else.
    structures: Vec<Item>,
    /// The fields that objects are being written for. None of them is put into itself.
    around: Vec<String>,
}

impl Shapes {
    /// Begins with what the spec has in the module of a method.
    pub(super) fn new(spec: &Spec, method: &str, structures: &[Item]) -> Self {
        let (module, _) = method.rsplit_once('.').unwrap_or(("", method));
        let parts: Vec<String> = module.split('.').map(names::snake).collect();
        let module = parts.join("::");
        let near = spec.objects.iter().filter(|object| {
            let its = object.module.as_ref().map_or("", |its| its.as_str());
            its == module
        });
        let objects = near.map(|object| {
            let names = object.fields.iter().map(|field| field.name.as_str());
            (sorted(names), object.name.value.clone())
        });
        Self {
            objects: objects.collect(),
            module,
            entries: Vec::new(),
            enums: BTreeMap::new(),
            names: Vec::new(),
            structures: structures.to_vec(),
            around: Vec::new(),
        }
    }

    pub(super) fn text(&self) -> String {
        self.entries.concat()
    }

    /// The type of a value that is no object, and what is doubtful about it.
    pub(super) fn scalar(&mut self, known: &Known<'_>, item: &Item) -> (String, Option<String>) {
        let values: Vec<String> = item
            .values
            .iter()
            .map(|value| value.text.clone())
            .filter(|value| !value.is_empty())
            .collect();
        let reason = match known.ty(item) {
            Ok(ty) => return (ty, None),
            Err(reason) => reason,
        };
        let is_word = |value: &String| matches!(value.as_str(), "true" | "false" | "null");
        if !values.is_empty() && values.iter().all(is_word) {
            return ("boolean".to_owned(), Some(reason));
        }
        if !values.is_empty()
            && values
                .iter()
                .all(|value| value.chars().any(char::is_alphabetic))
        {
            let (name, fresh) = self.enumeration(known, item, &values);
            let doubt = fresh.then(|| {
                format!("`{name}` is named after the field, its values after their codes")
            });
            return (name, doubt);
        }
        let guess = match item.types.first().map(String::as_str) {
            Some("integer" | "int" | "user") => "integer",
            Some("integer[]") => "integer[]",
            Some("array") => "string[]",
            Some("boolean") => "boolean",
            Some("datetime") => "datetime",
            _ => "string",
        };
        (guess.to_owned(), Some(reason))
    }

    /// The enum with these values: one of the spec, one of this draft, or a new one.
    fn enumeration(&mut self, known: &Known<'_>, item: &Item, values: &[String]) -> (String, bool) {
        if let Some(name) = known.enum_of(values) {
            return (name, false);
        }
        if let Some(name) = self.enums.get(values) {
            return (name.clone(), false);
        }
        let name = self.fresh(known, &item.name);
        let mut entry = self.head("enum", &name);
        entry.push_str("values = [\n");
        let mut taken = Vec::new();
        for value in values {
            let variant = type_name(value, "Value", &taken);
            let _ = writeln!(
                entry,
                "    {{ wire = {}, name = {}, doc = {} }},",
                quoted(value),
                quoted(&variant),
                quoted(UNDESCRIBED)
            );
            taken.push(variant);
        }
        entry.push_str("]\n\n");
        self.entries.push(entry);
        self.enums.insert(values.to_vec(), name.clone());
        (name, true)
    }

    /// The type of an answer, of which there may be an example.
    pub(super) fn result(
        &mut self,
        known: &Known<'_>,
        item: &Item,
        shown: Option<&Value>,
    ) -> (String, Option<String>) {
        if item.fields.is_empty() {
            return match known.ty(item) {
                Ok(ty) if ty == "boolean" => ("accepted".to_owned(), None),
                _ => self.answered(known, item),
            };
        }
        let answer = Item {
            name: "Answer".to_owned(),
            ..item.clone()
        };
        let (name, named) = self.object(known, &answer);
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
    fn answered(&mut self, known: &Known<'_>, item: &Item) -> (String, Option<String>) {
        let (ty, doubt) = self.scalar(known, item);
        let unexplained =
            item.values.is_empty() && item.types.iter().any(|ty| ty == "object" || ty == "array");
        if doubt.is_some() && unexplained {
            return ("json".to_owned(), doubt);
        }
        (ty, doubt)
    }

    /// An object with these fields, and why it is called so.
    fn object(&mut self, known: &Known<'_>, item: &Item) -> (String, String) {
        let wire = sorted(item.fields.iter().map(|field| field.name.as_str()));
        if let Some(name) = self.objects.get(&wire) {
            return (name.clone(), format!("`{name}` has fields of these names"));
        }
        let name = self.fresh(known, &item.name);
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
                self.answered(known, field)
            } else {
                let (inner, named) = self.object(known, field);
                let is_list = is_list(field);
                let ty = if is_list { format!("{inner}[]") } else { inner };
                (ty, Some(named))
            };
            if let Some(doubt) = doubt {
                let _ = writeln!(entry, "    # Doubt: {doubt}.");
            }
            let (name, rust) = (quoted(&field.name), rust_name(&field.name));
            let _ = write!(entry, "    {{ name = {name}{rust}, type = {}", quoted(&ty));
            let is_number = ty == "integer" || ty.ends_with("Id");
            let is_all = item.fields.len() == 1 && ty.ends_with("[]");
            if is_all || (is_number && field.name.eq_ignore_ascii_case("id")) {
                entry.push_str(", essential = true");
            } else if field.types.iter().any(|ty| ty == "null") {
                entry.push_str(", nullable = true");
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

    fn head(&self, kind: &str, name: &str) -> String {
        let mut head = format!("[[{kind}]]\nname = {}\n", quoted(name));
        if !self.module.is_empty() {
            let _ = writeln!(head, "module = {}", quoted(&self.module));
        }
        let _ = writeln!(head, "doc = {}", quoted(UNDESCRIBED));
        head
    }

    /// A name that neither the spec nor the draft has.
    fn fresh(&mut self, known: &Known<'_>, wanted: &str) -> String {
        let base = names::upper_camel(wanted);
        let last = self.module.rsplit("::").next().unwrap_or_default();
        let longer = format!("{}{base}", names::upper_camel(last));
        let taken = |name: &String| {
            known.has(name) || self.names.contains(name) || names::is_reserved(&names::snake(name))
        };
        let numbered = (2..).map(|number| format!("{longer}{number}"));
        let mut candidates = [base, longer.clone()].into_iter().chain(numbered);
        let name = candidates.find(|name| !taken(name)).unwrap_or(longer);
        self.names.push(name.clone());
        name
    }
}

/// The names of fields, in whatever order they stand.
fn sorted<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort_unstable();
    names
}

/// Whether a field has several of what is in it.
pub(super) fn is_list(item: &Item) -> bool {
    item.types
        .iter()
        .any(|ty| ty == "array" || ty.ends_with("[]"))
}

/// The type of an answer that only an example shows.
pub(super) fn of_value(shown: Option<&Value>) -> (String, Option<String>) {
    let (ty, doubt) = match shown {
        Some(Value::Bool(_)) => ("accepted", None),
        Some(Value::Number(_)) => (
            "integer",
            Some("the page has no table of the answer; is it an identifier?"),
        ),
        Some(Value::String(_)) => ("string", Some("the page has no table of the answer")),
        Some(Value::Array(rows)) if rows.is_empty() => ("empty", None),
        Some(_) => (
            "json",
            Some("the page has no table of the answer, and the example shows more than one value"),
        ),
        None => (
            "accepted",
            Some("the page has neither a table nor an example of the answer"),
        ),
    };
    (ty.to_owned(), doubt.map(str::to_owned))
}
