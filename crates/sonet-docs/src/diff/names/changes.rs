//! The names of a list that are gone, and those that came.

use super::{Order, Renames};
use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::markup::Location;
use crate::page::Item;
use sonet_spec::model::{FindingKind, Text};

/// What has another name on the page, or none.
pub(crate) struct Changes<'n> {
    pub(crate) entry: Entry<'n>,
    /// The path of the list in the entry, such as `params`.
    pub(crate) list: &'n str,
    /// What one of the names is.
    pub(crate) what: &'n str,
    /// The names that only the spec has.
    pub(crate) missing: Vec<&'n Text>,
    /// The names that only the page has.
    pub(crate) new: Vec<(&'n str, &'n Location)>,
    /// The table.
    pub(crate) at: &'n Location,
}

impl<'n> Changes<'n> {
    /// The names of rows, each with its row.
    pub(crate) fn names_of(rows: &[&'n Item]) -> Vec<(&'n str, &'n Location)> {
        let names = rows.iter().map(|row| (row.name.as_str(), &row.at));
        names.collect()
    }

    /// Pairs what is gone with what came, by how alike the names are.
    pub(crate) fn renames(&self) -> Renames {
        Renames::likely(&self.old(), &self.now())
    }

    /// Pairs what is gone with what came, also by their places.
    pub(crate) fn renames_or_in_place(
        &self,
        order: &Order<'_>,
        fits: impl Fn(usize, usize) -> bool,
    ) -> Renames {
        Renames::likely_or_in_place(&self.old(), &self.now(), order, fits)
    }

    /// Says what every missing name is called now, or that it is gone.
    pub(crate) fn report_missing(&self, cx: &mut Comparison<'_>, renames: &Renames) {
        let what = self.what;
        for (index, text) in self.missing.iter().enumerate() {
            let name = &text.value;
            let site = self.entry.site(format!("{}.{name}", self.list), &text.span);
            if let Some(now) = renames.new_of(index) {
                let (now, at) = self.new[now];
                let message = format!("the {what} `{name}` is probably called `{now}` on the page");
                let quote = Quote::new(now, at);
                cx.breaking(&site, FindingKind::Renamed, quote, message);
            } else {
                let message = format!("the {what} `{name}` is not on the page");
                let quote = Quote::nothing(self.at);
                cx.breaking(&site, FindingKind::Missing, quote, message);
            }
        }
    }

    /// The missing names; those that can't have been renamed are empty.
    fn old(&self) -> Vec<&str> {
        let names = self.missing.iter().map(|name| name.as_str());
        let renamable = |name| self.entry.is_renamable(self.list, name);
        names
            .map(|name| if renamable(name) { name } else { "" })
            .collect()
    }

    fn now(&self) -> Vec<&str> {
        self.new.iter().map(|(name, _)| *name).collect()
    }
}
