//! The fields of the object that a draft answers with.

use sonet_spec::model::FindingKind;

use super::comparison::{Comparison, ruling};
use super::{Measure, Ruling};

impl Comparison<'_> {
    /// Compares the fields of the object that the method answers with; `extra` ones are up to whoever reads them.
    pub(super) fn fields(&mut self) {
        let (symbols, draft_symbols) = (self.symbols, self.draft_symbols);
        let Some(entry) = symbols.answer(self.entry) else {
            return;
        };
        let draft = draft_symbols.answer(self.draft);
        let drafted = draft.map_or(&[][..], |draft| &draft.fields);
        for field in &entry.fields {
            let path = format!("fields.{}", *field.name);
            let on = format!("{}.{}", *entry.name, *field.name);
            let mut same = drafted.iter();
            let Some(draft) = same.find(|draft| *draft.name == *field.name) else {
                let kinds = [FindingKind::Missing, FindingKind::NotInTable];
                let one = ruling(&entry.decisions, &path, &kinds);
                let all = ruling(&entry.decisions, "fields", &kinds);
                let ruling = if one == Ruling::Wrong { all } else { one };
                let words = ("", &*field.ty.to_string());
                self.differs(Measure::FieldsFound, &on, words, ruling);
                continue;
            };
            self.right(Measure::FieldsFound);
            let kinds = [FindingKind::Type, FindingKind::Values];
            let unless = ruling(&entry.decisions, &path, &kinds);
            self.ty(Measure::FieldTypes, &on, (&draft.ty, &field.ty), unless);
        }
    }
}
