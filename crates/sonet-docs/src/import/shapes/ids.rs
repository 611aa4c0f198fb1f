//! The identifiers of a draft: which numbers are some, and the entries of those that it brings.

use std::fmt::Write as _;

use serde_json::Value;

use super::Shapes;
use crate::import::identity::Identity;
use crate::import::name::quoted;
use crate::page::Item;
use crate::words::identifier;
use crate::words::types;

impl Shapes<'_> {
    /// The type of what the page calls a number, and what is doubtful about it; nothing if it is none.
    pub(super) fn number(&mut self, item: &Item) -> Option<(String, Option<String>)> {
        let words = item.types.iter().filter(|word| *word != "null");
        let words: Vec<String> = words.map(|word| types::resolved(word)).collect();
        let is_list = match words
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .as_slice()
        {
            ["integer" | "int"] => false,
            // A list serves both.
            ["integer[]"] | ["integer" | "int", "integer[]"] => true,
            _ => return None,
        };
        let (name, doubt) = match self.identity(item) {
            Some(name) => (name, None),
            None => self.as_elsewhere(item),
        };
        Some((if is_list { format!("{name}[]") } else { name }, doubt))
    }

    /// The identifier that the page leaves no doubt of.
    fn identity(&mut self, item: &Item) -> Option<String> {
        let identity = Identity::of(item, &self.wire_name)?;
        let name = identity.name.clone();
        if self.is_id(&name) {
            return Some(name);
        }
        // Whether it is that, nobody says.
        if identity.like.as_ref().is_some_and(|like| self.is_id(like)) {
            return None;
        }
        if self.precedents.has(&name) || self.names.contains(&name) || (self.taken)(&name) {
            return None;
        }
        self.names.push(name.clone());
        self.ids.push(identity);
        Some(name)
    }

    /// What others of this name are, it may be, too.
    fn as_elsewhere(&self, item: &Item) -> (String, Option<String>) {
        let noun = identifier::of_name(&item.name);
        let known = self.precedents.type_of(item).ok();
        let known = known.map(|ty| ty.trim_end_matches("[]").to_owned());
        match known.filter(|ty| self.is_id(ty) && !noun.is_empty() && item.values.is_empty()) {
            Some(name) if identifier::of_name(&name) == noun => (name, None),
            Some(name) => {
                let doubt =
                    format!("what is called so elsewhere is a `{name}`, which this may not be");
                (name, Some(doubt))
            }
            None => ("integer".to_owned(), None),
        }
    }

    /// Whether a type is an identifier of the spec or of this draft.
    pub(crate) fn is_id(&self, name: &str) -> bool {
        self.precedents.is_id(name) || self.ids.iter().any(|id| id.name == name)
    }

    /// The type, or a number instead of an identifier where an example shows one that identifies nothing.
    pub(crate) fn unless_none(&self, ty: String, shown: &[&Value]) -> String {
        let element = ty.trim_end_matches("[]");
        let is_none = |value: &Value| {
            let number = value.as_i64().or_else(|| value.as_str()?.parse().ok());
            number.is_some_and(|number| number < 1)
        };
        let mut values = shown.iter().flat_map(|value| match value {
            Value::Array(values) => values.iter().collect(),
            value => vec![*value],
        });
        if self.is_id(element) && values.any(is_none) {
            ty.replace(element, "integer")
        } else {
            ty
        }
    }

    /// The type as it is on the wire, where an identifier is a number.
    pub(crate) fn on_wire(&self, ty: &str) -> String {
        let element = ty.trim_end_matches("[]");
        if self.is_id(element) {
            ty.replace(element, "integer")
        } else {
            ty.to_owned()
        }
    }

    /// The entries of the identifiers that the entries of a draft use.
    pub(crate) fn ids_in(&self, entries: &str) -> String {
        let mut text = String::new();
        let is_used = |name: &str| {
            [quoted(name), quoted(&format!("{name}[]"))]
                .iter()
                .any(|ty| entries.contains(&format!("type = {ty}")))
        };
        for id in self.ids.iter().filter(|id| is_used(&id.name)) {
            let (name, doc) = (quoted(&id.name), quoted(id.doc()));
            let _ = write!(text, "[[id]]\nname = {name}\ndoc = {doc}\n\n");
        }
        text
    }
}
