//! Doubts: what a person has to settle before relying on an entry.

use std::fmt::Write as _;

use super::name::quoted;

/// The doubts of an entry, each once.
#[derive(Debug, Default)]
pub(super) struct Doubts(Vec<(Vec<String>, String)>);

impl Doubts {
    /// Adds a doubt about the whole of it.
    pub(super) fn add(&mut self, text: impl Into<String>) {
        self.add_of(Vec::new(), text.into());
    }

    /// Adds a doubt about something in it. The same about several things is one.
    pub(super) fn add_on(&mut self, place: &str, text: impl Into<String>) {
        self.add_of(vec![place.to_owned()], text.into());
    }

    fn add_of(&mut self, places: Vec<String>, text: String) {
        match self.0.iter_mut().find(|(_, known)| *known == text) {
            Some((known, _)) => {
                for place in places {
                    if !known.contains(&place) {
                        known.push(place);
                    }
                }
            }
            None => self.0.push((places, text)),
        }
    }

    /// The key `doubts` of the entry, on lines of its own; nothing without any.
    pub(super) fn entry(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut entry = "doubts = [\n".to_owned();
        for (places, text) in &self.0 {
            let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
            let text = if places.is_empty() {
                text.clone()
            } else {
                format!("{}: {text}", places.join(", "))
            };
            let _ = writeln!(entry, "    {},", quoted(&text));
        }
        entry.push_str("]\n");
        entry
    }
}

/// The doubts in entries, whether or not a spec takes them.
#[must_use]
pub fn doubts(entries: &str) -> Vec<String> {
    let Ok(document) = entries.parse::<toml_edit::DocumentMut>() else {
        return Vec::new();
    };
    let kinds = document
        .iter()
        .filter_map(|(_, kind)| kind.as_array_of_tables());
    let lists = kinds
        .flat_map(toml_edit::ArrayOfTables::iter)
        .filter_map(|entry| entry.get("doubts")?.as_array());
    lists
        .flat_map(toml_edit::Array::iter)
        .filter_map(|doubt| doubt.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_doubt_about_several_things_is_one() {
        let mut all = Doubts::default();
        assert_eq!(all.entry(), "");
        all.add_on("params.A", "only an example sends it.");
        all.add("the page has no scope.");
        all.add_on("params.B", "only an example sends it.");
        all.add("the page has no scope.");
        let entry = format!("[[method]]\n{}", all.entry());
        let listed = doubts(&entry);
        assert_eq!(
            listed,
            [
                "`params.A`, `params.B`: only an example sends it.",
                "the page has no scope."
            ]
        );
    }
}
