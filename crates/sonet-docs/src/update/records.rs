//! What was drafted, kept beside a spec.
//!
//! Records are a spec of drafts that nobody edits, with what each page was known by. They are drafted on their own, so that a
//! later draft of the same pages is made under the same conditions.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use toml_edit::{DocumentMut, Item};

use super::align::Aligned;
use super::drafted::{Drafted, drafted};
use super::entries::Entries;
use super::fingerprint::fingerprint;
use crate::Checkout;
use crate::import::{self, Code, Draft, Wanted};
use sonet_spec::diagnostics::Report;
use sonet_spec::model::Spec;

const HEAD: &str = "\
# What was drafted of the documentation. `cargo sonet update` needs it to tell what the pages changed from what people did:
# keep it beside the spec, and leave it as it is.
";

/// The drafts of a spec.
#[derive(Debug, Clone)]
pub struct Records {
    /// The entries, as a spec.
    text: String,
    spec: Spec,
    /// What the pages of methods were known by.
    pages: BTreeMap<String, String>,
}

impl Records {
    /// Records of nothing, of a documentation at this address.
    #[must_use]
    pub fn new(documentation: &str) -> Self {
        let address = toml_edit::Value::from(documentation);
        let spec = Spec {
            documentation: documentation.to_owned(),
            ..Spec::default()
        };
        Self {
            text: format!("{HEAD}format = 1\ndocumentation = {address}\n"),
            spec,
            pages: BTreeMap::new(),
        }
    }

    /// Reads records. Mistakes name them as `name`.
    ///
    /// # Errors
    ///
    /// Every mistake in them.
    pub fn parse(name: &str, text: &str, code: Code<'_>) -> Result<Self, Report> {
        let mut text = text.to_owned();
        let mut pages = BTreeMap::new();
        // What is no TOML is reported below.
        if let Ok(mut document) = text.parse::<DocumentMut>() {
            let known = document.remove("pages");
            let known = known.as_ref().and_then(Item::as_table_like);
            for (method, page) in known.into_iter().flat_map(|known| known.iter()) {
                let page = page.as_str().unwrap_or_default();
                pages.insert(method.to_owned(), page.to_owned());
            }
            text = document.to_string();
        }
        let (spec, _) = sonet_spec::parse_with(name, &text, code.further)?;
        Ok(Self { text, spec, pages })
    }

    /// Adds the drafts that those methods of a spec have in a checkout of which nothing is recorded.
    ///
    /// # Errors
    ///
    /// If a page can't be read.
    pub fn fill(&mut self, spec: &Spec, checkout: &Checkout, code: Code<'_>) -> io::Result<()> {
        let mut entries = self.entries();
        let is_wanted = |name: &str| entries.method(name).is_none();
        let known = (self.spec.clone(), self.text.as_str());
        let drafts = drafted(spec, &is_wanted, known, checkout, code)?;
        entries.0.extend(drafts.entries.0);
        let mut pages = self.pages.clone();
        pages.extend(drafts.pages);
        if let Some(filled) = self.with(&entries, pages, code) {
            *self = filled;
        }
        Ok(())
    }

    /// Adds methods that were drafted for a spec, in the place of older drafts of them. `before` is the spec without them.
    ///
    /// # Errors
    ///
    /// If a page can't be read.
    pub fn add(
        &mut self,
        drafts: &[&Draft],
        before: &str,
        checkout: &Checkout,
        code: Code<'_>,
    ) -> io::Result<()> {
        if self.is_all_of(before) {
            return self.append(drafts, checkout, code);
        }
        let new: Vec<Entries> = drafts.iter().map(|draft| entries_of(draft)).collect();
        let is_kept = |name: &str| new.iter().all(|new| new.method(name).is_none());
        let kept = self.entries().only(&is_kept);
        if let Some(kept) = self.with(&kept, self.pages.clone(), code) {
            *self = kept;
        }
        let wanted: Vec<Wanted> = drafts
            .iter()
            .map(|draft| Wanted::all(draft.file.clone()))
            .collect();
        let (spec, text) = (self.spec.clone(), &self.text);
        let drafts = import::drafts_of(spec, text, checkout, &wanted, code)?;
        let drafts = drafts.drafts;
        let taken = drafts.iter().filter(|draft| draft.mistakes.is_none());
        self.append(&taken.collect::<Vec<_>>(), checkout, code)
    }

    /// Whether a spec has nothing but these drafts. What is drafted for it is drafted for them.
    fn is_all_of(&self, spec: &str) -> bool {
        let Ok(document) = spec.parse::<DocumentMut>() else {
            return false;
        };
        !document.contains_key("event") && Entries::of(&document).text() == self.entries().text()
    }

    /// Adds drafts as they are.
    fn append(&mut self, drafts: &[&Draft], checkout: &Checkout, code: Code<'_>) -> io::Result<()> {
        let mut pages = self.pages.clone();
        let mut entries = self.entries();
        for draft in drafts {
            let page = fingerprint(checkout, &draft.file)?;
            let new = entries_of(draft);
            pages.extend(
                new.methods()
                    .map(|method| (method.name().to_owned(), page.clone())),
            );
            entries.0.extend(new.0);
        }
        if let Some(new) = self.with(&entries, pages, code) {
            *self = new;
        }
        Ok(())
    }

    /// The text to keep.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{}\n\n[pages]\n", self.text.trim_end());
        for (method, page) in &self.pages {
            let (method, page) = (toml_edit::Value::from(method), toml_edit::Value::from(page));
            let _ = writeln!(text, "{method} = {page}");
        }
        text
    }

    pub(super) fn entries(&self) -> Entries {
        Entries::parse(&self.text).unwrap_or_default()
    }

    /// The same methods as those of `base`, as they would be drafted of the pages of a checkout.
    pub(super) fn drafted_again(
        &self,
        base: &Entries,
        checkout: &Checkout,
        code: Code<'_>,
    ) -> io::Result<Drafted> {
        let is_wanted = |name: &str| base.method(name).is_some();
        let nothing = Self::new(&self.spec.documentation);
        let known = (nothing.spec, nothing.text.as_str());
        drafted(&self.spec, &is_wanted, known, checkout, code)
    }

    /// Whether the page of a method is as it was.
    pub(super) fn is_steady(&self, method: &str, newer: &Drafted) -> bool {
        let page = newer.pages.get(method);
        page.is_none_or(|page| self.pages.get(method) == Some(page))
    }

    /// The records after an update. What is disputed is looked at again, whether or not its page changes once more.
    pub(super) fn followed_by(&self, now: &Aligned, newer: &Drafted, code: Code<'_>) -> Self {
        let mut pages = self.pages.clone();
        pages.extend(newer.pages.clone());
        let mut settled = self.pages.clone();
        let is_settled = |method: &String| !now.disputed.contains(method);
        let known = newer.pages.iter().filter(|(method, _)| is_settled(method));
        settled.extend(known.map(|(method, page)| (method.clone(), page.clone())));
        self.with(&now.entries, settled, code)
            .or_else(|| self.with(&newer.entries, pages, code))
            .unwrap_or_else(|| self.clone())
    }

    /// Records of these drafts, if a spec takes them.
    fn with(
        &self,
        drafts: &Entries,
        mut pages: BTreeMap<String, String>,
        code: Code<'_>,
    ) -> Option<Self> {
        pages.retain(|method, _| drafts.method(method).is_some());
        let new = Self::new(&self.spec.documentation);
        let text = format!("{}{}", new.text, drafts.text());
        let (spec, _) = sonet_spec::parse_with("records", &text, code.further).ok()?;
        Some(Self { text, spec, pages })
    }
}

/// What a draft brings.
fn entries_of(draft: &Draft) -> Entries {
    Entries::parse(&draft.text).unwrap_or_default()
}
