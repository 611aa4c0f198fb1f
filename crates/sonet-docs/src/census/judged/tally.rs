//! How much of what was compared is right.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

/// What of drafts is held against entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Parameters of entries that are drafted.
    ParamsFound,
    /// Drafted parameters that entries have.
    ParamsTrue,
    /// Fields to filter by that are drafted.
    FiltersFound,
    /// Drafted fields to filter by that entries have.
    FiltersTrue,
    /// Parameters of both that are required in both or in neither.
    Required,
    /// Types of parameters of which no doubt is noted.
    TypesCertain,
    /// Types of parameters of which a doubt is noted.
    TypesDoubted,
    /// Writes that are not taken for reads.
    Writes,
    /// Reads that are recognized.
    Reads,
    /// Errors of entries that are drafted.
    ErrorsFound,
    /// Drafted errors that entries have.
    ErrorsTrue,
    /// Whether and where a method answers in pages, and how they are walked.
    Paging,
    /// Types of answers.
    Answers,
    /// Keys that answers are within.
    Keys,
    /// Fields of answers that are drafted.
    FieldsFound,
    /// Types of fields of answers.
    FieldTypes,
}

impl Measure {
    /// Whether it is about what is read, and not about what is sent.
    pub(super) fn is_of_answers(self) -> bool {
        matches!(self, Self::Answers | Self::FieldTypes)
    }

    /// The word for it in figures and floors.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ParamsFound => "params_found",
            Self::ParamsTrue => "params_true",
            Self::FiltersFound => "filters_found",
            Self::FiltersTrue => "filters_true",
            Self::Required => "required",
            Self::TypesCertain => "types_certain",
            Self::TypesDoubted => "types_doubted",
            Self::Writes => "writes",
            Self::Reads => "reads",
            Self::ErrorsFound => "errors_found",
            Self::ErrorsTrue => "errors_true",
            Self::Paging => "paging",
            Self::Answers => "answers",
            Self::Keys => "keys",
            Self::FieldsFound => "fields_found",
            Self::FieldTypes => "field_types",
        }
    }
}

/// How much of something is right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// As the entry has it.
    pub right: usize,
    /// Right as far as it goes, and said more exactly by a person.
    pub refined: usize,
    /// As the page has it, while the entry decides otherwise and says why.
    pub decided: usize,
    /// Left open: what takes anything, where the entry says what.
    pub open: usize,
    /// Otherwise than the entry has it.
    pub wrong: usize,
}

impl Tally {
    /// How many in a thousand are right, of those that are not decided; all if there are none.
    #[must_use]
    pub fn share(&self) -> usize {
        let right = self.right + self.refined;
        let all = right + self.open + self.wrong;
        (right * 1000).checked_div(all).unwrap_or(1000)
    }

    /// Counts a difference.
    pub(super) fn count(&mut self, ruling: Ruling) {
        match ruling {
            Ruling::Refined => self.refined += 1,
            Ruling::Decided => self.decided += 1,
            Ruling::Open => self.open += 1,
            Ruling::Wrong => self.wrong += 1,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.refined += other.refined;
        self.decided += other.decided;
        self.open += other.open;
        self.wrong += other.wrong;
    }
}

/// Something in which a draft and its entry differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What was compared.
    pub measure: Measure,
    /// How to take it.
    pub ruling: Ruling,
    /// The path inside the entry.
    pub on: String,
    /// What the draft has there; nothing if it lacks it.
    pub drafted: String,
    /// What the entry has there; nothing if it lacks it.
    pub judged: String,
}

/// How to take a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// A person said it more exactly.
    Refined,
    /// The entry records the decision.
    Decided,
    /// The draft takes anything.
    Open,
    /// The draft is wrong.
    Wrong,
}

impl Ruling {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Refined => "refined",
            Self::Decided => "decided",
            Self::Open => "open",
            Self::Wrong => "wrong",
        }
    }
}
