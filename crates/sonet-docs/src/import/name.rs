//! Names and texts, as the spec has them.

use sonet_spec::names;

/// A text as TOML.
pub(super) fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// Whether a name of the wire is of letters, digits and `_`, of which a name in Rust can be made.
pub(super) fn is_name(name: &str) -> bool {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
    name.chars().all(is_part) && name.starts_with(|char: char| char.is_ascii_alphabetic())
}

/// A line of `decisions`.
pub(super) fn decision(on: &str, finding: &str, page: &str, reason: &str) -> String {
    let (on, finding, page, reason) = (quoted(on), quoted(finding), quoted(page), quoted(reason));
    format!("    {{ on = {on}, finding = {finding}, page = {page}, reason = {reason} }},\n")
}

/// What one of several is called: `ROW` of `ROWS`, `entity` of `entities`.
pub(super) fn one_of(names: &str) -> String {
    let ends = |end: &str| names.to_ascii_lowercase().ends_with(end);
    let without = |length: usize| names[..names.len() - length].to_owned();
    if names.len() > 4 && ends("ies") {
        let y = if names.ends_with('S') { "Y" } else { "y" };
        without(3) + y
    } else if ["sses", "xes", "ches", "shes"].into_iter().any(ends) {
        without(2)
    } else if ends("s") && !["ss", "us", "is"].into_iter().any(ends) {
        without(1)
    } else {
        names.to_owned()
    }
}

/// The Rust names of what stands side by side.
#[derive(Debug, Default)]
pub(super) struct RustNames(Vec<String>);

impl RustNames {
    /// Begins with names that something else has.
    pub(super) fn beside(taken: &[&str]) -> Self {
        Self(taken.iter().map(|name| (*name).to_owned()).collect())
    }

    /// The key `rust` for a name of its own: for what would be a word of Rust, or have the name of something before it.
    pub(super) fn rust(&mut self, wire: &str) -> String {
        let derived = names::snake(wire);
        let wanted = match derived.as_str() {
            "type" => "kind".to_owned(),
            name if names::is_reserved(name) => format!("{name}_value"),
            name => name.to_owned(),
        };
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
        let free = candidates
            .find(|name| !self.0.contains(name))
            .unwrap_or(wanted);
        self.0.push(free.clone());
        if free == derived {
            String::new()
        } else {
            format!(", rust = {}", quoted(&free))
        }
    }
}

/// A name in upper camel case that is not taken. What can't be one, as a number or Russian, comes behind `kind`.
pub(super) fn type_name(text: &str, kind: &str, taken: &[String]) -> String {
    let usable = |name: &String| names::is_upper_camel(name) && !names::is_reserved(name);
    let made = [text.to_owned(), format!("{kind} {text}")];
    let mut made = made.iter().map(|text| names::upper_camel(text));
    let base = made.find(usable).unwrap_or_else(|| kind.to_owned());
    let numbered = (2..).map(|number| format!("{base}{number}"));
    let mut candidates = std::iter::once(base.clone()).chain(numbered);
    let free = candidates.find(|name| !taken.contains(name));
    free.unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_has_a_name() {
        for (names, one) in [
            ("ROWS", "ROW"),
            ("productRows", "productRow"),
            ("ENTITIES", "ENTITY"),
            ("boxes", "box"),
            ("status", "status"),
            ("remind", "remind"),
        ] {
            assert_eq!(one_of(names), one);
        }
    }

    #[test]
    fn a_name_that_something_else_has_is_numbered() {
        let mut names = RustNames::beside(&["key"]);
        assert_eq!(names.rust("KEY"), ", rust = \"key_2\"");
        assert_eq!(names.rust("OTHER"), "");
    }
}
