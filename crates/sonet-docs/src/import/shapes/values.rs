//! The types of values that are no objects, and the enums that they need.

use std::fmt::Write as _;

use super::Shapes;
use crate::diff;
use crate::import::name::{quoted, type_name};
use crate::page::Item;
use crate::words::types;
use sonet_spec::types::Type;

/// Where a type stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Param,
    Filter,
    Answer,
}

impl Shapes<'_> {
    /// Whether a page says another type than this one, which is of the spec or of this draft.
    pub(crate) fn contradicts(&self, ty: &str, item: &Item) -> bool {
        let Ok(mut parsed) = Type::parse(ty) else {
            return false;
        };
        // What the draft brings is not among the names of the spec.
        if let Some(name) = parsed.name().map(str::to_owned) {
            if self.precedents.symbols.get(&name).is_none() {
                let is_enum = self.enums.values().any(|known| *known == name);
                let inside = if is_enum {
                    Type::String
                } else if self.is_id(&name) {
                    Type::Integer
                } else {
                    Type::Object
                };
                parsed = match parsed {
                    Type::List(_) => Type::List(Box::new(inside)),
                    Type::Map(_) => Type::Map(Box::new(inside)),
                    _ => inside,
                };
            }
        }
        !diff::fit(&parsed, &item.types, &self.precedents.symbols)
    }

    /// The type of a value that is no object, and what is doubtful about it.
    pub(crate) fn scalar(&mut self, item: &Item, place: Place) -> (String, Option<String>) {
        if let Some((ty, doubt)) = self.number(item) {
            // The operators decide whether a filter takes a list.
            let element = ty.trim_end_matches("[]");
            let is_element = place == Place::Filter;
            return (if is_element { element.to_owned() } else { ty }, doubt);
        }
        let values: Vec<String> = item
            .values
            .iter()
            .map(|value| value.text.clone())
            // An answer without a value is none; a caller sends it as any other.
            .filter(|value| !value.is_empty() || place != Place::Answer)
            .collect();
        let reason = match self.precedents.type_of(item) {
            // The operators decide whether a filter takes a list, and no form of a file is filtered by.
            Ok(ty) if place == Place::Filter && (ty.ends_with("[]") || ty == "file") => {
                return (ty.trim_end_matches("[]").replace("file", "string"), None);
            }
            // A file is sent in a form of its own, and answered in many.
            Ok(ty) if place == Place::Answer && ty == "file" => return ("json".to_owned(), None),
            Ok(ty) => return (ty, None),
            Err(reason) => reason,
        };
        let is_word = |value: &String| matches!(value.as_str(), "true" | "false" | "null");
        if !values.is_empty() && values.iter().all(is_word) {
            return ("boolean".to_owned(), Some(reason));
        }
        let is_text = item.types.iter().all(|ty| types::has_codes(ty));
        if !values.is_empty()
            && is_text
            && values
                .iter()
                .all(|value| value.is_empty() || value.chars().any(char::is_alphabetic))
            && values.iter().any(|value| !value.is_empty())
        {
            let name = self.enumeration(item, &values);
            let is_list = place != Place::Filter && super::is_list(item);
            return (if is_list { format!("{name}[]") } else { name }, None);
        }
        let types: Vec<&String> = item.types.iter().filter(|ty| *ty != "null").collect();
        let only = match types.as_slice() {
            [only] => types::resolved(only),
            _ => String::new(),
        };
        let guess = match (only.as_str(), place) {
            ("decimal", _) => "decimal",
            ("boolean" | "bool", _) => "boolean",
            ("datetime", _) => "datetime",
            ("date", _) => return ("date".to_owned(), None),
            ("string", _) | (_, Place::Filter) => "string",
            // Whatever it is, nothing is lost of it.
            _ => "json",
        };
        // What may be anything is typed so.
        let is_safe = guess == "json" || (guess == "string" && only == "string");
        (guess.to_owned(), (!is_safe).then_some(reason))
    }

    /// The values that the page lists of what takes others, too, or not all of them; and why it is so.
    pub(crate) fn values_beside(
        &self,
        ty: &str,
        item: &Item,
        place: Place,
    ) -> Option<(String, &'static str)> {
        let element = ty.trim_end_matches("[]");
        let expected: &[&str] = match element {
            "flag" => &["Y", "N"],
            "boolean" | "accepted" => &["true", "false"],
            "json" | "object" | "filter" | "order" | "select" => return None,
            name if self.is_enum(name) => return None,
            _ => &[],
        };
        let values = item.values.iter().map(|value| value.text.as_str());
        // An answer without a value is none.
        let values: Vec<&str> = values
            .filter(|value| place != Place::Answer || !value.is_empty())
            .collect();
        let is_known = values.iter().all(|value| expected.contains(value));
        let is_whole = values.is_empty() || values.len() == expected.len();
        let reason = if expected.is_empty() {
            "Any is taken, so that another one of the vendor's breaks nothing."
        } else {
            "Yes and no are taken, as everywhere."
        };
        (!is_known || !is_whole).then(|| (diff::listed(values), reason))
    }

    /// The enum with these values: one of the spec, one of this draft, or a new one.
    fn enumeration(&mut self, item: &Item, values: &[String]) -> String {
        if let Some(name) = self.precedents.enum_of(values) {
            return name;
        }
        if let Some(name) = self.enums.get(values) {
            return name.clone();
        }
        let name = self.fresh(&item.name);
        let mut entry = self.head("enum", &name, &self.doc(&item.sentences));
        entry.push_str("values = [\n");
        let mut taken = Vec::new();
        for value in values {
            let word = if value.is_empty() { "empty" } else { value };
            let variant = type_name(word, "Value", &taken);
            let meaning = item.meanings.get(value).map_or("", String::as_str);
            let _ = writeln!(
                entry,
                "    {{ wire = {}, name = {}, doc = {} }},",
                quoted(value),
                quoted(&variant),
                quoted(&self.doc(meaning))
            );
            taken.push(variant);
        }
        entry.push_str("]\n\n");
        self.entries.push(entry);
        self.enums.insert(values.to_vec(), name.clone());
        name
    }
}
