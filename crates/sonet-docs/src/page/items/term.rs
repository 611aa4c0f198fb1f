//! The term that an entry of a list describes, and what that makes of the entry.

use super::first_cell::alternatives;
use super::values::unquoted;
use crate::markup::{Location, inline};
use crate::page::facts::Item;

/// The characters of the prefixes of filter keys.
const OPERATOR: &str = "!=<>%?@~";

/// What stands between a value and what is said of it.
const DASHES: [&str; 3] = [" — ", " - ", " – "];

/// What an entry of a list begins with: code, or bold words.
pub(super) struct Term<'t> {
    pub(super) word: &'t str,
    /// What follows it.
    rest: &'t str,
    text: &'t str,
    code: bool,
}

impl<'t> Term<'t> {
    /// What a text begins with.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let text = text.trim_start();
        if let Some((range, word)) = inline::code_spans(text).into_iter().next() {
            if range.start == 0 {
                return Some(Self {
                    word,
                    rest: &text[range.end..],
                    text,
                    code: true,
                });
            }
        }
        let (word, rest) = text.strip_prefix("**")?.split_once("**")?;
        Some(Self {
            word,
            rest,
            text,
            code: false,
        })
    }

    /// Whether it is the prefix of filter keys.
    pub(super) fn is_operator(&self) -> bool {
        self.code && !self.word.is_empty() && self.word.chars().all(|char| OPERATOR.contains(char))
    }

    /// `NAME[key]`, or a name with a type.
    pub(super) fn is_field(&self) -> bool {
        let rest = self.rest.trim_start();
        self.word.contains('[') && self.word.contains(']') && !self.word.starts_with(['[', '"'])
            || rest.starts_with("[`")
            || (rest.starts_with('`') && !self.rest.starts_with('`'))
    }

    /// Whether it is a name as fields have it.
    pub(super) fn is_name(&self) -> bool {
        let word = inline::unescaped(self.word);
        let word = word.trim_end_matches(['*', '^']);
        let is_part =
            |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '[' | ']');
        word.starts_with(|char: char| char.is_ascii_alphabetic()) && word.chars().all(is_part)
    }

    /// Whether a type follows.
    pub(super) fn has_type(&self) -> bool {
        let rest = self.rest.trim_start_matches(['*', '^', '\\']).trim_start();
        rest.starts_with("[`") || rest.starts_with('`')
    }

    /// The field that it names, with its star and its types.
    pub(super) fn field(&self, at: &Location) -> Item {
        let word = inline::unescaped(self.word);
        let mut parts = word.split(['[', ']', '.']).filter(|part| !part.is_empty());
        let name = parts.next_back().unwrap_or_default();
        let mut field = Item::new(name.trim_end_matches(['*', '^']), at);
        let raised = self.rest.trim_start_matches(['\\', '^']);
        if raised.starts_with('*') || name.ends_with(['*', '^']) {
            field.required = Some(true);
        }
        let rest = self.rest.trim_start_matches(['*', '^']).trim_start();
        if rest.starts_with(['[', '`']) {
            let codes = inline::code_spans(rest);
            let types = codes.iter().take(1);
            field.types = types.flat_map(|(_, code)| alternatives(code)).collect();
        }
        field
    }

    /// What the line of the word goes on with, behind the dash.
    pub(super) fn rest_of_line(&self) -> &'t str {
        let dashes = ['*', '^', ' ', '-', '—', '–'];
        let line = self.rest.lines().next().unwrap_or_default();
        line.trim_start_matches(dashes)
    }

    /// What is said of it, behind the dash.
    pub(super) fn meaning(&self) -> &'t str {
        let line = self.text.lines().next().unwrap_or_default();
        let dashes = DASHES.iter();
        let behind = dashes.filter_map(|dash| line.find(dash).map(|at| &line[at + dash.len()..]));
        behind.max_by_key(|rest| rest.len()).unwrap_or_default()
    }

    /// The values before the dash. A constant has its value behind it: `ROLE_OWNER (A)`.
    pub(super) fn values(&self) -> Vec<String> {
        if !self.code {
            let value = self
                .word
                .split_once('(')
                .and_then(|(_, rest)| rest.strip_suffix(')'));
            return vec![inline::unescaped(value.unwrap_or(self.word).trim())];
        }
        let end = DASHES.iter().filter_map(|dash| self.text.find(dash)).min();
        let codes = inline::code_spans(&self.text[..end.unwrap_or(self.text.len())]);
        let codes = codes.into_iter();
        let mut values: Vec<String> = codes.map(|(_, code)| unquoted(code)).collect();
        if end.is_none() {
            values.truncate(1);
        }
        values
    }
}
