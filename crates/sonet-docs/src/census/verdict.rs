//! What comes of a page.

use serde::Serialize;

use super::compiled::Together;
use super::judged::Judged;

/// A page, and what came of it.
#[derive(Debug, Clone, Serialize)]
pub struct PageReport {
    /// The file.
    pub file: String,
    /// The folder of the reference that it is in.
    pub section: String,
    /// What came of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What came of a page.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// It is about no method: an overview, or an event.
    Other,
    /// It describes a method, and says nowhere which one.
    Unnamed,
    /// It is not drafted, for this reason.
    Refused {
        /// A sentence without its end.
        reason: String,
    },
    /// It can't be read.
    Unread {
        /// Why.
        reason: String,
    },
    /// It is about a method.
    Method(Box<MethodReport>),
}

/// How far a method got.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
#[derive(Debug, Clone, Default, Serialize)]
pub struct MethodReport {
    /// The method.
    pub name: String,
    /// Whether the title, the examples and the file's name do not agree on it.
    pub name_is_doubtful: bool,
    /// Whether the spec takes the draft as it is.
    pub valid: bool,
    /// Whether its code parses.
    pub generated: bool,
    /// Whether it is drafted as a read.
    pub reads: bool,
    /// Whether it answers in pages.
    pub pages: bool,
    /// Whether it is drafted so.
    pub paged: bool,
    /// How many doubts are in the draft.
    pub doubts: usize,
    /// How many differences there are between the draft and its page.
    pub findings: usize,
    /// How many requests the examples show.
    pub requests: usize,
    /// How many of them can be built.
    pub built: usize,
    /// What came of it together with the others, if that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub together: Option<Together>,
    /// What came of holding it against its entry, if somebody judged it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judged: Option<Judged>,
    /// What stood in the way, kind by kind.
    pub failures: Vec<Failure>,
}

impl MethodReport {
    /// Adds what stood in the way.
    pub(super) fn fail(&mut self, stage: Stage, message: impl Into<String>) {
        let message = message.into();
        self.failures.push(Failure {
            stage,
            kind: kind(&message),
            message,
        });
    }
}

/// Something that stood in the way of a method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Where.
    pub stage: Stage,
    /// What kind it is: the message without what is the page's own.
    pub kind: String,
    /// What it is.
    pub message: String,
}

/// A step on the way from a page to code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Anything that panicked.
    Panic,
    /// The checks of the spec.
    Spec,
    /// Code.
    Generate,
    /// The comparison with its own page.
    Diff,
    /// The requests of its examples.
    Request,
    /// The spec of all drafts, and the code of a section.
    Together,
    /// The answers of its examples.
    Answer,
    /// A doubt in the draft.
    Doubt,
}

impl Stage {
    /// Whether what is left of it is mended in the reader or the generator: a doubt is for whoever reviews a draft.
    #[must_use]
    pub fn is_mended(self) -> bool {
        self != Self::Doubt
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Panic => "panic",
            Self::Spec => "spec",
            Self::Generate => "generate",
            Self::Diff => "diff",
            Self::Request => "request",
            Self::Together => "together",
            Self::Answer => "answer",
            Self::Doubt => "doubt",
        }
    }
}

/// A message without what is quoted in it, and without numbers.
fn kind(message: &str) -> String {
    let mut kind = String::new();
    for (at, part) in message.split('`').enumerate() {
        kind.push_str(if at % 2 == 0 { part } else { "`…`" });
    }
    let mut out = String::new();
    for char in kind.chars() {
        match char {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_a_kind_differ_in_what_they_quote() {
        let one = kind("the field `A` appears twice in `B`, line 12");
        assert_eq!(one, "the field `…` appears twice in `…`, line #");
        assert_eq!(one, kind("the field `CC` appears twice in `D`, line 7"));
    }
}
