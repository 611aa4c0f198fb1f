//! The types of values that are no objects, and the enums that they need.

use std::fmt::Write as _;

use super::Shapes;
use crate::apply::UNDESCRIBED;
use crate::import::name::{quoted, type_name};
use crate::page::Item;
use crate::words::types;

/// Where a type stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Param,
    Filter,
    Answer,
}

impl Shapes<'_> {
    /// The type of a value that is no object, and what is doubtful about it.
    pub(crate) fn scalar(&mut self, item: &Item, place: Place) -> (String, Option<String>) {
        let values: Vec<String> = item
            .values
            .iter()
            .map(|value| value.text.clone())
            .filter(|value| !value.is_empty())
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
                .all(|value| value.chars().any(char::is_alphabetic))
        {
            let (name, fresh) = self.enumeration(item, &values);
            let doubt = fresh.then(|| {
                format!("`{name}` is named after the field, its values after their codes")
            });
            return (name, doubt);
        }
        let types: Vec<&String> = item.types.iter().filter(|ty| *ty != "null").collect();
        let only = match types.as_slice() {
            [only] => types::resolved(only),
            _ => String::new(),
        };
        let guess = match (only.as_str(), place) {
            ("integer" | "int", _) | ("integer[]", Place::Filter) => "integer",
            ("integer[]", _) => "integer[]",
            ("boolean" | "bool", _) => "boolean",
            ("datetime", _) => "datetime",
            ("string", _) | (_, Place::Filter) => "string",
            ("date", Place::Param) => return ("day".to_owned(), None),
            ("date", Place::Answer) => return ("loose_datetime".to_owned(), None),
            // Whatever it is, nothing is lost of it.
            _ => "json",
        };
        (guess.to_owned(), Some(reason))
    }

    /// The enum with these values: one of the spec, one of this draft, or a new one.
    fn enumeration(&mut self, item: &Item, values: &[String]) -> (String, bool) {
        if let Some(name) = self.precedents.enum_of(values) {
            return (name, false);
        }
        if let Some(name) = self.enums.get(values) {
            return (name.clone(), false);
        }
        let name = self.fresh(&item.name);
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
}
