//! Drafts held against entries that people have judged.
//!
//! A method of the project's own spec is drafted of its page as if nobody had ever looked at it. What differs from the entry is
//! told apart: what a person refined (an identifier where the page has a number), what the entry records as a decision against
//! the page, and what is left, which the reader of pages got wrong.

mod answer;
mod comparison;
mod errors;
mod fields;
mod params;
mod table;
mod tally;
mod types;

use std::collections::BTreeMap;

use serde::Serialize;
use sonet_spec::Symbols;
use sonet_spec::model::{Method, Spec};

use crate::diff::file_of;
use comparison::Comparison;

pub(super) use table::table;
pub use tally::{Difference, Measure, Ruling, Tally};

/// What came of holding a draft against its entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// What was compared, and how much of it is right.
    pub tallies: BTreeMap<Measure, Tally>,
    /// What differs.
    pub differences: Vec<Difference>,
}

impl Judged {
    /// Holds the draft of a page against the entry of its method in the judged spec, if that follows the same page.
    pub(super) fn of(drafts: &Spec, draft: &Method, spec: &Spec, file: &str) -> Option<Self> {
        let is_same = |entry: &&Method| *entry.name == *draft.name && file_of(&entry.page) == file;
        let entry = spec.methods.iter().find(is_same)?;
        let (draft_symbols, symbols) = (Symbols::new(drafts), Symbols::new(spec));
        let mut comparison = Comparison {
            draft,
            entry,
            draft_symbols: &draft_symbols,
            symbols: &symbols,
            judged: Self::default(),
        };
        comparison.params();
        comparison.answer();
        comparison.fields();
        comparison.errors();
        Some(comparison.judged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "format = 1\ndocumentation = \"https://example.com/\"\n";

    /// An entry of a method that opens a club, with these keys.
    fn entry(keys: &str) -> Spec {
        let ids = ["ClubId", "RoomId"]
            .into_iter()
            .filter(|id| keys.contains(id));
        let ids: Vec<String> = ids
            .map(|id| format!("[[id]]\nname = \"{id}\"\ndoc = \"Identifies it.\"\n"))
            .collect();
        let ids = ids.concat();
        let text = format!(
            "{HEAD}{ids}[[method]]\nname = \"club.open\"\npage = \"club/open.html\"\nscope = \"club\"\n\
             who = \"any user\"\ndoc = \"Opens a club.\"\n{keys}"
        );
        let parsed = sonet_spec::parse_with("club.toml", &text, &[]);
        parsed.unwrap_or_else(|report| panic!("{report}")).0
    }

    fn judged(draft: &str, settled: &str) -> Judged {
        let (drafts, spec) = (entry(draft), entry(settled));
        let file = "api-reference/club/open.md";
        Judged::of(&drafts, &drafts.methods[0], &spec, file).unwrap()
    }

    /// What differs, in words.
    fn differences(judged: &Judged) -> Vec<String> {
        let differences = judged.differences.iter();
        let words = differences.map(|difference| {
            let (ruling, measure) = (difference.ruling.word(), difference.measure.word());
            format!("{ruling} {measure} {}", difference.on)
        });
        words.collect()
    }

    const RESULT: &str = "result = { type = \"boolean\", doc = \"Whether.\" }\n";
    const WRITE: &str = "effect = \"write\"\nlost_answer = \"Look.\"\n";

    #[test]
    fn what_a_person_refined_or_decided_is_told_from_mistakes() {
        let draft = format!(
            "{WRITE}params = [\n\
             {{ name = \"id\", type = \"integer\", doc = \"Club.\" }},\n\
             {{ name = \"room\", type = \"string\", required = true, doc = \"Room.\" }},\n\
             {{ name = \"files\", type = \"json\", doc = \"Files.\" }},\n\
             {{ name = \"old\", type = \"string\", doc = \"Old.\" }},\n\
             {{ name = \"odd\", type = \"string\", doc = \"Odd.\" }},\n\
             ]\n{RESULT}doubts = [\"`room`: is it one?\"]\n"
        );
        let settled = format!(
            "effect = \"repeatable\"\nparams = [\n\
             {{ name = \"id\", type = \"ClubId\", required = true, doc = \"Club.\" }},\n\
             {{ name = \"room\", type = \"RoomId\", required = true, doc = \"Room.\" }},\n\
             {{ name = \"files\", type = \"file[]\", doc = \"Files.\" }},\n\
             {{ name = \"more\", type = \"string\", doc = \"More.\" }},\n\
             {{ name = \"seen\", type = \"string\", doc = \"Seen.\" }},\n\
             ]\n{RESULT}decisions = [\n\
             {{ on = \"params.old\", finding = \"new\", page = \"old\", reason = \"Gone.\" }},\n\
             {{ on = \"params.seen\", finding = \"missing\", page = \"\", reason = \"Seen.\" }},\n\
             ]\n"
        );
        let judged = judged(&draft, &settled);
        assert_eq!(
            differences(&judged),
            [
                "wrong required params.id",
                "refined types_certain params.id",
                "wrong types_doubted params.room",
                "open types_certain params.files",
                "wrong params_found params.more",
                "decided params_found params.seen",
                "decided params_true params.old",
                "wrong params_true params.odd",
                "refined writes effect",
            ]
        );
        let found = judged.tallies[&Measure::ParamsFound];
        assert_eq!((found.right, found.decided, found.wrong), (3, 1, 1));
        assert_eq!(found.share(), 750);
        let text = table::table(&judged.tallies, [("club.open", &judged)].into_iter(), false);
        assert!(
            text.contains("params found            3        0        1      0      1  75.0 %"),
            "{text}"
        );
        let said = "wrong: club.open: params found: `params.more`: nothing is drafted, and `string` judged";
        assert!(text.contains(said), "{text}");
        assert!(!text.contains("params.seen"), "{text}");
    }

    #[test]
    fn a_write_that_is_taken_for_a_read_is_wrong() {
        let read = format!("effect = \"read\"\n{RESULT}");
        let write = format!("{WRITE}{RESULT}");
        assert_eq!(differences(&judged(&read, &write)), ["wrong writes effect"]);
        assert_eq!(differences(&judged(&write, &read)), ["wrong reads effect"]);
        assert!(differences(&judged(&read, &read)).is_empty());
    }

    #[test]
    fn what_is_read_of_a_text_is_right_in_an_answer_alone() {
        let keys = |ty: &str| {
            format!(
                "{WRITE}params = [{{ name = \"n\", type = \"{ty}\", doc = \"N.\" }}]\n\
                 result = {{ type = \"{ty}\", doc = \"N.\" }}\n"
            )
        };
        let judged = judged(&keys("string"), &keys("integer"));
        assert_eq!(
            differences(&judged),
            ["wrong types_certain params.n", "refined answers result"]
        );
    }

    #[test]
    fn an_entry_of_another_page_is_not_held_against_a_draft() {
        let spec = entry(&format!("{WRITE}{RESULT}"));
        let method = &spec.methods[0];
        assert!(Judged::of(&spec, method, &spec, "api-reference/club/other.md").is_none());
    }
}
