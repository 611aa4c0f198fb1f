//! The name of a method.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use sonet_spec::names::snake;

/// A method's name as its page writes it, such as `sonet_group.user.kick`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name(String);

/// The text is not a method name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoName(String);

impl FromStr for Name {
    type Err = NoName;

    fn from_str(text: &str) -> Result<Self, NoName> {
        let known = |char: char| char.is_ascii_alphanumeric() || char == '_';
        let is_word = |word: &str| {
            word.starts_with(|first: char| first.is_ascii_alphabetic()) && word.chars().all(known)
        };
        if text.contains('.') && text.split('.').all(is_word) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NoName(text.to_owned()))
        }
    }
}

impl Name {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a server would run the same method, whose names it takes in whatever case.
    pub(super) fn is_same(&self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other)
    }

    /// The words of the name as Rust writes them, outermost first.
    pub(super) fn words(&self) -> Vec<String> {
        self.0.split('.').map(snake).collect()
    }

    /// The scope that methods of this kind need; only the page knows.
    pub(super) fn likely_scope(&self) -> &str {
        match self.0.split('.').next().unwrap_or_default() {
            "tasks" => "task",
            first => first,
        }
    }
}

impl fmt::Display for NoName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        write!(
            f,
            "`{text}` is not a method name; write it as its page does, such as `sonet_group.user.kick`"
        )
    }
}

impl Error for NoName {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_with_dots_between_them() {
        for text in ["sonet_group.pin", "tasks.api.scrum.kanban.moveStage"] {
            assert_eq!(text.parse::<Name>().unwrap().as_str(), text);
        }
        for text in [
            "",
            "pin",
            ".",
            "sonet_group.",
            "../x.y",
            "a.b/c",
            "a b.c",
            "a.2fa",
        ] {
            assert!(text.parse::<Name>().is_err(), "{text}");
        }
    }

    #[test]
    fn case_makes_no_other_method() {
        let name: Name = "sonet_group.setOwner".parse().unwrap();
        assert!(name.is_same("sonet_group.setowner") && !name.is_same("sonet_group.pin"));
        assert_eq!(name.words(), ["sonet_group", "set_owner"]);
    }
}
