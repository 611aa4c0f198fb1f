//! What a page says of a parameter otherwise than the entry has it, or beside its type.

use std::fmt::Write as _;

use super::around::Around;
use super::writer::Writer;
use crate::import::name::quoted;
use crate::import::shapes::{LENIENT, Place};
use crate::markup::inline;
use crate::page::{DefaultValue, Item, Page};
use crate::words;

/// Why an object is what the page calls an array.
const KEYED: &str = "Its array has names for keys.";

impl Writer<'_> {
    /// Says what is assumed without a parameter, or settles it: `said` is its path on the page.
    pub(super) fn default(&mut self, on: &str, said: &str, param: &Item) {
        let default = param.default.as_ref().map(DefaultValue::quote);
        if let Some(default) = default.as_ref().filter(|default| !default.is_empty()) {
            let default = quoted(&prose(default));
            let _ = write!(self.out, ", default = {default}");
        } else if default.is_some() {
            let reason = "What is empty is no text to show.";
            self.decide((on, "default"), "", reason);
        } else {
            for other in self.defaults.remove(said).unwrap_or_default() {
                let reason = "The page says it more than once, and each time another one.";
                self.decide((on, "default"), &other, reason);
            }
        }
    }

    /// Settles what a page says otherwise of whether a caller needs a parameter.
    pub(super) fn settle_required(
        &mut self,
        on: &str,
        param: &Item,
        (ty, is_built): (&str, bool),
        (is_demanded, is_lacking): (bool, bool),
    ) {
        let says_required = |row: &Item| row.required == Some(true);
        let is_starred = says_required(param);
        if is_starred && is_built {
            let text = format!("the page says that it is required, which no `{ty}` can be");
            self.doubt_on(on, Some(text));
            self.decide((on, "required"), "required", "A call can do without it.");
        } else if is_starred && is_lacking {
            let reason = "A documented call does without it.";
            self.decide((on, "required"), "required", reason);
        } else if !is_starred && param.also.iter().any(says_required) {
            let reason = "The page says it more than once, and not each time.";
            self.decide((on, "required"), "required", reason);
        } else if !is_starred && is_demanded && !is_built && !is_lacking && !param.only_sent {
            let reason = "An error says that it is missing.";
            self.decide((on, "required"), "optional", reason);
        }
    }

    /// Settles what the rows of a parameter, of which there may be several, say otherwise than its type. `is_typed` is whether
    /// the rows around it have types.
    pub(super) fn settle_type(&mut self, on: &str, param: &Item, ty: &str, is_typed: bool) {
        let rows = match param.also.as_slice() {
            [] => std::slice::from_ref(param),
            rows => rows,
        };
        for row in rows {
            if self.shapes.contradicts(ty, row) {
                let is_keyed = row.types.iter().all(|word| word == "array") && !ty.ends_with("[]");
                let reason = if is_keyed { KEYED } else { LENIENT };
                self.decide((on, "type"), &row.ty(), reason);
            }
            if row.types.is_empty() && ty != "json" {
                if !param.types.is_empty() {
                    self.decide((on, "type"), "", "The page says its type elsewhere.");
                } else if is_typed {
                    self.decide((on, "type"), "", "Its row has no type.");
                }
            }
            if let Some((values, reason)) = self.shapes.values_beside(ty, row, Place::Param) {
                self.decide((on, "values"), &values, reason);
            }
        }
    }

    /// Settles what a call has once more in a parameter, which does not take it.
    pub(super) fn misplaced(&mut self, on: &str, param: &Item, around: &Around<'_>, page: &Page) {
        let params = page.params.as_deref().unwrap_or_default();
        let wrapped = around.wrapped.iter();
        for call in wrapped.filter(|call| call.around == param.name) {
            for key in call.misplaced(params) {
                let on = format!("{on}.{key}");
                let reason = "A call has everything once more in it.";
                self.decide((&on, "new"), key, reason);
            }
        }
    }

    /// Warns of a parameter that the page calls outdated, by its setter if it has one.
    pub(super) fn deprecated(&mut self, on: &str, param: &Item, has_setter: bool) {
        let Some(sentence) = words::outdated(&param.text) else {
            return;
        };
        if has_setter {
            let note = self.shapes.descriptions.of_outdated(sentence);
            let _ = write!(self.out, ", deprecated = {}", quoted(&note));
        } else {
            let doubt = "the vendor calls it outdated, and nothing warns a caller";
            self.doubt_on(on, Some(doubt.to_owned()));
            self.decide((on, "outdated"), sentence, "It has no setter.");
        }
    }
}

/// Whether an error says that a call without a parameter lacks it. It says so also of one that another may stand for, where
/// neither is there.
pub(super) fn demands(page: &Page, param: &Item) -> bool {
    let errors = page.errors.iter().flatten();
    let mut said =
        errors.flat_map(|error| error.text.as_deref().into_iter().chain([&*error.meaning]));
    !may_be_left_out(param) && said.any(|said| words::demanded(said) == Some(&*param.name))
}

/// Whether a page says of a parameter itself that some calls do without it.
fn may_be_left_out(param: &Item) -> bool {
    let said = inline::plain(&param.sentences);
    !param.alternatives.is_empty()
        || words::is_required_sometimes(&said)
        || words::requiredness(&said) == Some(false)
}

/// A text that rustdoc does not misread: as it is, or as code.
fn prose(text: &str) -> String {
    if text.contains(['[', ']', '<', '>']) || text.contains("://") || text.contains("~~~") {
        format!("`{}`", text.replace('`', ""))
    } else {
        text.to_owned()
    }
}
