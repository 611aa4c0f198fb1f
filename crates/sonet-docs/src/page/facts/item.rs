//! Parameters and fields.

use std::collections::BTreeMap;

use super::said::Said;
use crate::markup::{Location, inline};

/// A parameter or a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// Its row.
    pub at: Location,
    /// Whether it must be there, if the page says so.
    pub required: Option<bool>,
    /// The names of what may stand for it, where the page says that one of them must be there.
    pub alternatives: Vec<String>,
    /// The types, one or several that it may have; none if the page has none.
    pub types: Vec<String>,
    /// What is assumed without it.
    pub default: Option<DefaultValue>,
    /// The values that it may have, if they are listed.
    pub values: Vec<Said>,
    /// The prefixes of its keys.
    pub operators: Vec<Said>,
    /// What is in it.
    pub fields: Vec<Item>,
    /// Where its description leads on the page.
    pub links: Vec<String>,
    /// The description, without markup.
    pub text: String,
    /// The sentences that it begins with, with their markup.
    pub sentences: String,
    /// What its values mean, with markup, as far as the page says it beside them.
    pub meanings: BTreeMap<String, String>,
    /// Whether what is in it stands in a file that the checkout does not have.
    pub absent: bool,
    /// Whether it has keys that are not listed, such as a portal's own.
    pub open: bool,
    /// Whether no table has it, and an example sends it.
    pub only_sent: bool,
    /// Its rows as they are, where a page has several of it.
    pub also: Vec<Item>,
}

/// What is assumed without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultValue {
    /// As the page says it.
    pub text: String,
    /// The values in it, where it names some: one for everybody, or several for different users.
    pub codes: Vec<String>,
}

impl DefaultValue {
    /// The values, or what is said where there are none.
    pub(crate) fn quote(&self) -> String {
        match self.codes.as_slice() {
            [] => self.text.clone(),
            codes => codes.join(", "),
        }
    }
}

impl Item {
    pub(crate) fn new(name: impl Into<String>, at: &Location) -> Self {
        Self {
            name: name.into(),
            at: at.clone(),
            required: None,
            alternatives: Vec::new(),
            types: Vec::new(),
            default: None,
            values: Vec::new(),
            operators: Vec::new(),
            fields: Vec::new(),
            links: Vec::new(),
            text: String::new(),
            sentences: String::new(),
            meanings: BTreeMap::new(),
            absent: false,
            open: false,
            only_sent: false,
            also: Vec::new(),
        }
    }

    /// Adds a value that it may have, once.
    pub(in crate::page) fn add_value(&mut self, value: String, at: &Location) {
        // The names of classes are written as in a program.
        let value = if value.contains(r"\\") {
            value.replace(r"\\", r"\")
        } else {
            value
        };
        if stands_for_others(&value) {
            self.open = true;
        } else if self.values.iter().all(|known| known.text != value) {
            self.values.push(Said::new(value, at));
        }
    }

    /// Adds to its description.
    pub(in crate::page) fn add_text(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&inline::plain(text));
    }

    /// Adds a line to the sentences that describe it.
    pub(in crate::page) fn add_sentences(&mut self, line: &str) {
        if !self.sentences.is_empty() {
            self.sentences.push('\n');
        }
        self.sentences.push_str(line.trim());
    }

    /// Says what a value means, once.
    pub(in crate::page) fn add_meaning(&mut self, value: &str, meaning: &str) {
        if !meaning.trim().is_empty() {
            let meanings = self.meanings.entry(value.to_owned());
            meanings.or_insert_with(|| meaning.trim().to_owned());
        }
    }

    /// The types as one text: `integer | integer[]`.
    #[must_use]
    pub fn ty(&self) -> String {
        self.types.join(" | ")
    }
}

/// Whether a key of an object stands for several: `UF_` is what is left of `UF_*`.
pub(crate) fn is_mask(key: &str) -> bool {
    stands_for_others(key) || key.ends_with('_')
}

/// Whether a name or a value stands for those that a portal has: `UF_*`, `PARENT_ID_`, `field_n`, `...`.
pub(crate) fn stands_for_others(name: &str) -> bool {
    let is_pattern = name.contains(['*', '…', '{', '<', '#']) || name.contains("...");
    // `/` is in addresses and types of content, and what is one character long is a value.
    (is_pattern && name.len() > 1 && !name.contains('/'))
        || ["_n", "_N"].iter().any(|end| name.ends_with(end))
        || (name.ends_with('_') && name.len() > 3)
        // `propertyN`
        || name.strip_suffix('N').is_some_and(|rest| {
            rest.len() > 3 && rest.chars().all(|char| char.is_ascii_lowercase())
        })
}
