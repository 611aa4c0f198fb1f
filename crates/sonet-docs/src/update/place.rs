//! Where something stands in a spec.

use std::fmt;

use toml_edit::{Item, Table, TableLike, Value};

use super::toml::text;

/// What an entry or an element keeps, whatever its draft is called now.
pub(super) const KEPT: [&str; 4] = ["name", "rust", "wire", "module"];

/// What is about the rest of an entry.
pub(super) const ABOUT: [&str; 2] = ["decisions", "doubts"];

/// The keys and elements that lead to something in an entry: `params`, `SORT`, `type`.
pub(super) type Steps = Vec<String>;

/// A place in a spec.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The kind of the entry.
    pub(super) kind: &'static str,
    /// Its name.
    pub(super) entry: String,
    pub(super) steps: Steps,
}

impl Place {
    /// The path in the entry, as `decisions` have it; nothing for the whole entry.
    pub(super) fn path(&self) -> String {
        if let Some(about) = self
            .steps
            .first()
            .filter(|key| ABOUT.contains(&key.as_str()))
        {
            return about.clone();
        }
        let is_word =
            |at: usize, step: &str| at > 0 && step == "fields" && self.steps[0] == "params";
        let steps = self.steps.iter().enumerate();
        let steps = steps.filter(|(at, step)| !(is_word(*at, step) && at % 2 == 0));
        let steps: Vec<&str> = steps.map(|(_, step)| step.as_str()).collect();
        steps.join(".")
    }

    /// Whether two places are in the same element of an entry, or one is in the other.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        let (own, others) = (self.element(), other.element());
        let is_inside = own.starts_with(others) || others.starts_with(own);
        self.kind == other.kind && self.entry == other.entry && is_inside
    }

    /// The steps to the innermost element.
    fn element(&self) -> &[String] {
        match self.steps.len() {
            0..=2 => &self.steps,
            deeper => &self.steps[..deeper / 2 * 2],
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind, self.entry)?;
        if self.steps.is_empty() {
            return Ok(());
        }
        write!(f, ": `{}`", self.path())
    }
}

/// What an element of a list is called, by which it is told from others in it.
pub(super) fn identity(list: &str, element: &Value) -> String {
    let Some(table) = element.as_inline_table() else {
        return match element {
            Value::String(text) => text.value().clone(),
            other => other.clone().decorated("", "").to_string(),
        };
    };
    let keys: &[&str] = match list {
        "values" => &["wire"],
        "decisions" => &["on", "finding", "language"],
        _ => &["name"],
    };
    let said: Vec<&str> = keys.iter().filter_map(|key| text(table, key)).collect();
    said.join(" ")
}

/// Every type that an entry names, with the steps to where it stands.
pub(super) fn types(table: &dyn TableLike) -> Vec<(Steps, String)> {
    let mut found = Vec::new();
    walk(table, &mut Vec::new(), &mut |steps, value| {
        if steps.last().is_some_and(|key| key == "type") {
            found.extend(value.as_str().map(|ty| (steps.to_owned(), ty.to_owned())));
        }
    });
    found
}

/// The steps to everything in an entry.
pub(super) fn all(table: &dyn TableLike) -> Vec<Steps> {
    let mut found = Vec::new();
    walk(table, &mut Vec::new(), &mut |steps, _| {
        found.push(steps.to_owned());
    });
    found
}

fn walk(table: &dyn TableLike, steps: &mut Steps, visit: &mut dyn FnMut(&[String], &Value)) {
    for (key, item) in table.iter() {
        let Some(value) = item.as_value() else {
            continue;
        };
        steps.push(key.to_owned());
        visit(steps, value);
        match value {
            Value::InlineTable(inner) => walk(inner, steps, visit),
            Value::Array(list) => {
                for element in list {
                    steps.push(identity(key, element));
                    visit(steps, element);
                    if let Value::InlineTable(inner) = element {
                        walk(inner, steps, visit);
                    }
                    steps.pop();
                }
            }
            _ => {}
        }
        steps.pop();
    }
}

/// Gives types of an entry others.
pub(super) fn retype(table: &mut Table, other: &mut dyn FnMut(&[String], &str) -> Option<String>) {
    retype_in(table, &mut Vec::new(), other);
}

fn retype_in(
    table: &mut dyn TableLike,
    steps: &mut Steps,
    other: &mut dyn FnMut(&[String], &str) -> Option<String>,
) {
    for (key, item) in table.iter_mut() {
        let key = key.get().to_owned();
        steps.push(key.clone());
        match item {
            Item::Value(Value::String(ty)) if key == "type" => {
                if let Some(new) = other(steps, ty.value()) {
                    let decor = ty.decor().clone();
                    let mut value = Value::from(new);
                    *value.decor_mut() = decor;
                    *item = Item::Value(value);
                }
            }
            Item::Value(Value::InlineTable(inner)) => retype_in(inner, steps, other),
            Item::Value(Value::Array(list)) => {
                for element in list.iter_mut() {
                    steps.push(identity(&key, element));
                    if let Value::InlineTable(inner) = element {
                        retype_in(inner, steps, other);
                    }
                    steps.pop();
                }
            }
            _ => {}
        }
        steps.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_that_of_decisions() {
        let path = |steps: &[&str]| {
            let steps = steps.iter().map(|step| (*step).to_owned()).collect();
            let place = Place {
                kind: "method",
                entry: "club.open".to_owned(),
                steps,
            };
            place.path()
        };
        assert_eq!(path(&["params", "SORT", "type"]), "params.SORT.type");
        assert_eq!(
            path(&["params", "fields", "fields", "NAME"]),
            "params.fields.NAME"
        );
        assert_eq!(path(&["fields", "ID"]), "fields.ID");
    }
}
