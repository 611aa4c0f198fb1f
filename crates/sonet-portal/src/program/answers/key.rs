//! The names of what an answer and a method have.

use serde::Deserialize;
use serde::de::Error;

/// A key of an answer, or of a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
pub(super) enum Key {
    Result,
    Rows,
    Refusal,
    Under,
    When,
    Answers,
    Scope,
    Cost,
}

impl Key {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Rows => "rows",
            Self::Refusal => "refusal",
            Self::Under => "under",
            Self::When => "when",
            Self::Answers => "answers",
            Self::Scope => "scope",
            Self::Cost => "cost",
        }
    }

    /// Refuses a key that has a value already.
    pub(super) fn once<T, E: Error>(self, slot: Option<&T>) -> Result<(), E> {
        match slot {
            None => Ok(()),
            Some(_) => Err(E::custom(format!(
                "`{}` stands twice; remove one of them",
                self.name()
            ))),
        }
    }
}
