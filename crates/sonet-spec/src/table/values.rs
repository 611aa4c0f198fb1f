//! Texts, types, words, switches and numbers of a table.

use super::TableReader;
use crate::diagnostics::Diagnostic;
use crate::model::{At, Text};
use crate::problems::{listed, nearest};
use crate::prose;
use crate::types::Type;

impl TableReader<'_> {
    fn any_text(&self, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        let text = if let Some(text) = value.get_ref().as_str() {
            // Lines end as they do everywhere else, whatever system wrote them.
            text.replace("\r\n", "\n")
        } else {
            self.mistyped(key, "a text", value, format!("write `{key} = \"…\"`"));
            String::new()
        };
        let text = At::new(text, value.span());
        self.visible(&text);
        Some(text)
    }

    /// Reports a character that nobody sees.
    fn visible(&self, text: &Text) {
        if let Some(unseen) = prose::unseen(text) {
            let message = format!("U+{:04X} can't be seen", u32::from(unseen));
            self.problems.unread(
                &text.span,
                Diagnostic::new(message)
                    .at(&text.span, "somewhere in here")
                    .help("remove it, or type the text again"),
            );
        }
    }

    /// A text that must be there, and becomes documentation.
    pub(crate) fn prose(&self, key: &'static str) -> Text {
        let text = self.text(key);
        self.readable(key, &text);
        text
    }

    /// The same, if it is there.
    pub(crate) fn optional_prose(&self, key: &'static str) -> Option<Text> {
        let text = self.optional_text(key)?;
        self.readable(key, &text);
        Some(text)
    }

    /// Reports what rustdoc would refuse or misread.
    fn readable(&self, key: &'static str, text: &Text) {
        if let Some((what, help)) = prose::mistake(text).filter(|_| self.problems.was_read(text)) {
            self.problems.report(
                Diagnostic::new(format!("`{key}` {what} in the documentation"))
                    .at(&text.span, "in here")
                    .help(help),
            );
        }
    }

    /// A text that may be left out, but not be empty.
    pub(crate) fn optional_text(&self, key: &'static str) -> Option<Text> {
        let text = self.any_text(key)?;
        if text.trim().is_empty() && self.problems.was_read(&text) {
            self.problems.unread(
                &text.span,
                Diagnostic::new(format!("`{key}` is empty"))
                    .at(&text.span, "nothing here")
                    .help(format!("write something, or remove `{key}`")),
            );
        }
        Some(text)
    }

    /// A text that must be there and say something.
    pub(crate) fn text(&self, key: &'static str) -> Text {
        let text = self.text_or_empty(key);
        if text.trim().is_empty() && self.problems.was_read(&text) {
            self.problems.unread(
                &text.span,
                Diagnostic::new(format!("`{key}` is empty"))
                    .at(&text.span, "nothing here")
                    .help(format!("{} needs its `{key}`", self.what)),
            );
        }
        text
    }

    /// A text that must be there, and may be empty.
    pub(crate) fn text_or_empty(&self, key: &'static str) -> Text {
        self.any_text(key).unwrap_or_else(|| {
            self.lacks(key);
            At::nowhere(String::new())
        })
    }

    /// A type expression.
    pub(crate) fn ty(&self, key: &'static str) -> At<Type> {
        let text = self.text(key);
        if !self.problems.was_read(&text) {
            return At::new(Type::String, text.span);
        }
        let ty = Type::parse(&text).unwrap_or_else(|error| {
            self.problems.unread(
                &text.span,
                Diagnostic::new(error.message)
                    .at(&text.span, "not a type")
                    .help(error.help),
            );
            Type::String
        });
        At::new(ty, text.span)
    }

    /// A word out of a few that may be left out. `None` also where it is none of them, which has been reported.
    pub(crate) fn optional_word<T: Copy>(
        &self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Option<At<T>> {
        self.get(key)?;
        self.word(key, words)
    }

    /// A word out of a few. `None` where there is none of them, which has been reported.
    pub(crate) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<At<T>> {
        let text = self.text(key);
        if !self.problems.was_read(&text) {
            return None;
        }
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == *text) {
            return Some(At::new(*meaning, text.span));
        }
        let known = || words.iter().map(|(word, _)| *word);
        let help = match nearest(&text, known()) {
            Some(meant) => format!("write `{key} = \"{meant}\"`"),
            None => format!("write {}", listed(known(), "or")),
        };
        let message = format!("`{}` is not {}", text.value, listed(known(), "or"));
        self.problems.unread(
            &text.span,
            Diagnostic::new(message)
                .at(&text.span, format!("no such `{key}`"))
                .help(help),
        );
        None
    }

    /// `true` or `false`; `false` when left out.
    pub(crate) fn switch(&self, key: &'static str) -> At<bool> {
        let Some(value) = self.get(key) else {
            return At::nowhere(false);
        };
        let switch = value.get_ref().as_bool().unwrap_or_else(|| {
            let help = format!("write `{key} = true`, or remove it");
            self.mistyped(key, "`true` or `false`", value, help);
            false
        });
        At::new(switch, value.span())
    }

    /// A whole number that must be there.
    pub(crate) fn integer(&self, key: &'static str) -> At<i64> {
        let Some(value) = self.get(key) else {
            self.lacks(key);
            return At::nowhere(0);
        };
        let number = value.get_ref().as_integer().and_then(|number| {
            let digits = number.as_str().replace('_', "");
            i64::from_str_radix(&digits, number.radix()).ok()
        });
        let number = number.unwrap_or_else(|| {
            let help = "write its digits, without quotes".to_owned();
            self.mistyped(key, "a whole number", value, help);
            0
        });
        At::new(number, value.span())
    }

    /// A whole number that may be left out.
    pub(crate) fn optional_integer(&self, key: &'static str) -> Option<At<i64>> {
        self.get(key)?;
        Some(self.integer(key))
    }

    /// A list of texts; empty when left out.
    pub(crate) fn texts(&self, key: &'static str) -> Vec<Text> {
        let mut texts = Vec::new();
        for value in self.list(key, "\"…\"") {
            if let Some(text) = value.get_ref().as_str() {
                let text = At::new(text.to_owned(), value.span());
                self.visible(&text);
                texts.push(text);
            } else {
                let help = "put it between quotes".to_owned();
                self.mistyped(key, "a list of texts", value, help);
            }
        }
        texts
    }
}
