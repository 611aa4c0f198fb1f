//! What a page says at a place of the spec, whether it differs or not: what decisions quote is looked for in it.

use crate::page::Item;

/// What a page says at a place of the spec.
#[derive(Debug, Clone, Default)]
pub(super) struct Statement {
    /// Types, values, defaults: each as a decision would quote it.
    pub(super) words: Vec<String>,
    /// Sentences.
    pub(super) text: String,
    /// Whether types are said at all, and what is required; for an error, its text.
    pub(super) precise: bool,
}

impl Statement {
    /// What the row of a parameter or field says.
    pub(super) fn of(item: &Item) -> Self {
        let mut words = item.types.clone();
        words.push(item.ty());
        words.extend(
            item.required
                .map(|required| required_word(required).to_owned()),
        );
        words.extend(
            item.default
                .iter()
                .flat_map(|default| default.codes.clone()),
        );
        words.extend(item.values.iter().map(|value| value.text.clone()));
        words.push(listed(item.values.iter().map(|value| value.text.as_str())));
        Self {
            words,
            text: item.text.clone(),
            precise: !item.types.is_empty(),
        }
    }

    /// Adds what the page says about the same elsewhere.
    pub(super) fn add(&mut self, other: Self) {
        self.words.extend(other.words);
        self.precise |= other.precise;
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&other.text);
    }
}

/// Values as a decision quotes them.
pub(crate) fn listed<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    let quoted = |value: &'v str| if value.is_empty() { "\"\"" } else { value };
    let values: Vec<&str> = values.into_iter().map(quoted).collect();
    values.join(", ")
}

pub(super) fn required_word(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

/// Whether a text has these words, one after the other.
pub(super) fn has_words(text: &str, words: &str) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, words) = (squeezed(text), squeezed(words));
    let inside =
        |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
    text.match_indices(&words).any(|(at, found)| {
        let cut_before = inside(text[..at].chars().next_back()) && inside(found.chars().next());
        let after = text[at + found.len()..].chars().next();
        let cut_after = inside(found.chars().next_back()) && inside(after);
        !cut_before && !cut_after
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_listed_as_they_are_quoted() {
        assert_eq!(listed(["Y", "", "N"]), "Y, \"\", N");
    }

    #[test]
    fn words_are_found_whole() {
        assert!(has_words("the  owner,\nor a moderator", "owner, or a"));
        assert!(has_words("`USER_ID` of the owner", "USER_ID"));
        assert!(!has_words("USER_IDS of the owner", "USER_ID"));
        assert!(!has_words("the owner", "own"));
        assert!(has_words("from 1 to 50 (50)", "(50"));
    }
}
