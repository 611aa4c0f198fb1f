//! What a draft says of the effect of a call, of paging, and of the form of the answer.

use sonet_spec::Symbols;
use sonet_spec::model::{Effect, FindingKind, Method};
use sonet_spec::types::Type;

use super::comparison::Comparison;
use super::{Measure, Ruling};

impl Comparison<'_> {
    pub(super) fn answer(&mut self) {
        self.effect();
        self.paging();
        let (drafted, draft) = held(self.draft, self.draft_symbols);
        let (settled, entry) = held(self.entry, self.symbols);
        let unless = self.ruling("result", &[FindingKind::Type]);
        self.ty(Measure::Answers, "result", (draft, entry), unless);
        if drafted == settled {
            self.right(Measure::Keys);
        } else {
            self.differs(Measure::Keys, "result", (drafted, settled), unless);
        }
    }

    fn effect(&mut self) {
        let word = |effect| match effect {
            Effect::Read => "read",
            Effect::Repeatable => "repeatable",
            Effect::Write => "write",
        };
        let (draft, entry) = (self.draft.effect.value, self.entry.effect.value);
        let measure = match entry {
            Effect::Read => Measure::Reads,
            Effect::Repeatable | Effect::Write => Measure::Writes,
        };
        let ruling = match (draft, entry) {
            (draft, entry) if draft == entry => return self.right(measure),
            // No page says that a write may be repeated.
            (Effect::Write, Effect::Repeatable) => Ruling::Refined,
            _ => Ruling::Wrong,
        };
        self.differs(measure, "effect", (word(draft), word(entry)), ruling);
    }

    fn paging(&mut self) {
        let (draft, entry) = (paged(self.draft), paged(self.entry));
        if draft == entry {
            if !entry.is_empty() {
                self.right(Measure::Paging);
            }
            return;
        }
        let ruling = self.ruling("paged", &[FindingKind::New, FindingKind::Missing]);
        self.differs(Measure::Paging, "paged", (&draft, &entry), ruling);
    }
}

/// The only key of an answer, and what is in it: an entry may take that out of it, or have an object around it. Without such a
/// key, there is the answer.
fn held<'s>(method: &'s Method, symbols: &Symbols<'s>) -> (&'s str, &'s Type) {
    let result = &method.result;
    let only = symbols
        .object(&result.ty)
        .and_then(|object| match &*object.fields {
            [only] => Some(only),
            _ => None,
        });
    match (&result.within, only) {
        (Some(key), _) => (key, &result.ty),
        (None, Some(only)) => (&only.name, &only.ty),
        (None, None) => ("", &result.ty),
    }
}

/// How a method pages, in words; nothing if it does not.
fn paged(method: &Method) -> String {
    let Some(paged) = &method.paged else {
        return String::new();
    };
    let mut words = paged.rows.value.clone();
    for (word, name) in [("cursor", &paged.cursor), ("row cursor", &paged.row_cursor)] {
        if let Some(name) = name {
            words = format!("{words}, {word} {}", **name);
        }
    }
    words
}
