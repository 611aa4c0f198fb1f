//! The types of answers.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::objects::{is_list, maps};
use super::{Shapes, forms, keyed, shown as examples};
use crate::import::name::quoted;
use crate::page::Item;

impl Shapes<'_> {
    /// The type of an answer, of which there may be examples.
    pub(crate) fn result(&mut self, item: &Item, all_shown: &[&Value]) -> (String, Option<String>) {
        // PHP writes an empty object as a list: what is empty tells nothing of the form.
        let telling = all_shown.iter().find(|value| !forms::is_empty(value));
        let shown = telling.or(all_shown.first()).copied();
        // Where an example shows one value, what the table goes on with is not in it.
        let is_one = shown.is_some_and(|shown| !shown.is_array() && !shown.is_object());
        let keyed = forms::rows_by_number(all_shown)
            .or_else(|| keyed::rows_by_key(&item.fields, all_shown))
            .filter(|_| self.rows.is_none());
        if let Some(rows) = keyed {
            return self.keyed(item, &rows);
        }
        if let Some(value) = keyed::value_by_key(all_shown).filter(|_| item.fields.is_empty()) {
            return (format!("map<{value}>"), None);
        }
        let shown_maps: Vec<_> = all_shown.iter().copied().flat_map(maps).collect();
        let (fields, _) = examples::fields(&shown_maps, &item.at);
        if (item.fields.is_empty() && fields.is_empty()) || is_one {
            return self.one_value(item, all_shown);
        }
        let said = is_list(item);
        let seen = shown.is_some_and(Value::is_array);
        let list = if shown.is_some() { seen } else { said };
        // What a table has of the rows of a list is kept, whatever else may be in it.
        let is_tabled = list && !item.fields.is_empty();
        if !is_tabled && forms::is_mixed(all_shown, list) {
            let is_list = list && all_shown.iter().all(|value| value.is_array());
            return ((if is_list { "json[]" } else { "json" }).to_owned(), None);
        }
        let answer = Item {
            name: self.answer_name(),
            ..item.clone()
        };
        let name = self.object(&answer, &shown_maps, true);
        let unsaid = item.types.is_empty() && shown.is_none();
        let has_both = item.types.iter().any(|ty| ty == "object")
            && item.types.iter().any(|ty| ty.ends_with("[]"));
        let doubt = if has_both {
            Some(
                "the page says that it may be one object or a list of them, and this is one form"
                    .to_owned(),
            )
        } else if unsaid {
            Some("whether it is a list is not said".to_owned())
        } else if said != seen && !item.types.is_empty() && shown.is_some() {
            Some("the table and the example differ on whether it is a list".to_owned())
        } else {
            None
        };
        (if list { format!("{name}[]") } else { name }, doubt)
    }

    /// The type of an answer that is one value, which holds all that examples show.
    fn one_value(&mut self, item: &Item, shown: &[&Value]) -> (String, Option<String>) {
        let (ty, doubt) = match self.precedents.type_of(item) {
            // A write says that it was done; what a read says may be no, and so may be what an example shows.
            Ok(ty) if ty == "boolean" && !self.reads && !shown.contains(&&Value::Bool(false)) => {
                ("accepted".to_owned(), None)
            }
            _ => {
                let (ty, doubt) = self.answered(item);
                (self.unless_none(ty, shown), doubt)
            }
        };
        let word = if ty == "accepted" {
            "boolean"
        } else {
            ty.as_str()
        };
        if shown.iter().all(|value| self.holds(word, value)) {
            return (ty, doubt);
        }
        self.forget_enum(&ty);
        ("json".to_owned(), None)
    }

    /// The type of rows that stand under their numbers or codes, which are data.
    fn keyed(&mut self, item: &Item, rows: &[&Map<String, Value>]) -> (String, Option<String>) {
        let answer = Item {
            name: self.answer_name(),
            ..item.clone()
        };
        let name = self.object(&answer, rows, true);
        (format!("map<{name}>"), None)
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
}
