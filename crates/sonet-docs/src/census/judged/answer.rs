//! What a draft says of the effect of a call, of paging, and of the form of the answer.

use sonet_spec::model::{Effect, FindingKind, Method};

use super::comparison::Comparison;
use super::{Measure, Ruling};

impl Comparison<'_> {
    pub(super) fn answer(&mut self) {
        self.effect();
        self.paging();
        let (draft, entry) = (&self.draft.result, &self.entry.result);
        let key = |method: &Method| {
            let within = method.result.within.as_ref();
            within.map_or_else(String::new, |key| format!("within `{}`", **key))
        };
        let unless = self.ruling("result", &[FindingKind::Type]);
        self.ty(Measure::Answers, "result", (&draft.ty, &entry.ty), unless);
        let (drafted, settled) = (key(self.draft), key(self.entry));
        if drafted == settled {
            self.right(Measure::Keys);
        } else {
            self.differs(Measure::Keys, "result", (&drafted, &settled), unless);
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
