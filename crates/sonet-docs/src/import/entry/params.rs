//! The parameters of a draft.

use std::fmt::Write as _;

use serde_json::Value;

use super::role::{is_keyed, is_page_start, sent_role};
use super::sent::{Wrapped, has_own_keys, of_elements, sends, sent, shows_others};
use super::writer::Writer;
use crate::import::name::{RustNames, quoted};
use crate::import::shapes::{LENIENT, Place, are_named, is_empty, is_list};
use crate::page::{ExampleKind, Item, Page};
use crate::words;

impl Writer<'_> {
    pub(super) fn params(&mut self, page: &Page) {
        let Some(params) = &page.params else {
            return self.doubt("the page has no table of parameters.");
        };
        if params.is_empty() {
            return;
        }
        self.out.push_str("params = [\n");
        let requests = page.examples.iter();
        let requests = requests.filter(|example| example.kind == ExampleKind::Request);
        let shown: Vec<&Value> = requests.map(|example| &example.json).collect();
        let wrapped: Vec<Wrapped<'_>> = shown
            .iter()
            .filter_map(|call| Wrapped::of(params, call))
            .collect();
        let shown: Vec<&Value> = shown
            .iter()
            .map(|call| Wrapped::of(params, call).map_or(*call, |wrapped| wrapped.call))
            .collect();
        let programs: Vec<&Value> = page.programs.iter().map(|example| &example.json).collect();
        let mut taken = RustNames::default();
        for param in params {
            let place = Around {
                path: "params",
                is_typed: params.iter().any(|param| !param.types.is_empty()),
                shown: &shown,
                wrapped: &wrapped,
                calls: if shown.is_empty() { &programs } else { &shown },
            };
            self.param(param, &place, page, &mut taken);
        }
        self.out.push_str("]\n");
    }

    /// Says of what no table has that an example sends it.
    pub(super) fn only_sent(&mut self, path: &str, params: &[Item]) {
        for param in params {
            let place = format!("{path}{}", param.name);
            if param.only_sent {
                let doubt = "only an example sends it: does the method take it?";
                self.doubts.add_on(&place, doubt);
                let on = format!("params.{place}");
                self.decide((&on, "missing"), "", "An example sends it.");
            }
            self.only_sent(&format!("{place}."), &param.fields);
        }
    }

    fn param(&mut self, param: &Item, around: &Around<'_>, page: &Page, taken: &mut RustNames) {
        let on = format!("{}.{}", around.path, param.name);
        let values: Vec<&Value> = around
            .shown
            .iter()
            .filter_map(|value| sent(value, &param.name))
            .collect();
        // Where a documented call does without it, a caller can.
        let is_lacking = around
            .calls
            .iter()
            .any(|value| value.is_object() && sent(value, &param.name).is_none());
        let is_outer = around.path == "params";
        // Elsewhere, something else begins.
        let is_start = is_outer && is_page_start(param);
        let indent = if is_outer { "    " } else { "        " };
        let role = sent_role(param, page, &values);
        // What a call sends with names for keys is no list, whatever the page calls it.
        let is_several = is_list(param) && !are_named(&values);
        let is_other = |value: &&Value| !is_empty(value) && !value.is_object();
        let is_object =
            !is_several && !values.iter().any(is_other) && !has_own_keys(param, &values);
        let nested = role.is_none() && !param.fields.is_empty() && is_outer && is_object;
        let (ty, doubt) = match role {
            // What is sorted and filtered by is on another page, or the portal's own.
            Some((role, _)) if is_outer && is_keyed(param, role) => (role.to_owned(), None),
            Some(_) => ("json".to_owned(), None),
            None if nested => ("object".to_owned(), None),
            None => {
                let said = match of_elements(param, &values) {
                    Some(list) => self.list_of(param, list),
                    None => self.said_type(param, is_start),
                };
                self.sent_as(said, &values)
            }
        };
        let is_built = matches!(ty.as_str(), "filter" | "order" | "select");
        let is_json = ty == "json";
        if (!nested || is_list(param)) && !is_start && self.shapes.contradicts(&ty, param) {
            self.decide((&on, "type"), &param.ty(), LENIENT);
        }
        if around.is_typed && param.types.is_empty() && !is_json && !is_start {
            self.decide((&on, "type"), "", "Its row has no type.");
        }
        if let Some((values, reason)) = self.shapes.values_beside(&ty, param, Place::Param) {
            self.decide((&on, "values"), &values, reason);
        }
        self.doubt_on(&on, doubt.filter(|_| !is_json));
        let is_demanded = is_outer && demands(page, &param.name);
        let is_required = (param.required == Some(true) || is_demanded) && !is_built;
        self.settle_required(&on, param, (&ty, is_built), (is_demanded, is_lacking));
        let (name, rust) = (quoted(&param.name), taken.rust(&param.name));
        let _ = write!(
            self.out,
            "{indent}{{ name = {name}{rust}, type = {}",
            quoted(&ty)
        );
        if is_required && !is_lacking {
            self.out.push_str(", required = true");
        }
        let is_enum = self.shapes.is_enum(&ty);
        let is_unlisted = role.is_some_and(|(_, listed)| !listed);
        // Where a table lacks one, it may lack others.
        let lacks_some = param.fields.iter().any(|field| field.only_sent);
        let others =
            nested && (lacks_some || values.iter().any(|value| shows_others(param, value)));
        let is_open = is_unlisted || param.open || others;
        if nested && !is_open {
            self.misplaced(&on, param, around, page);
        }
        if is_enum || ((is_built || nested) && is_open) {
            self.out.push_str(", open = true");
        }
        self.default(&on, param);
        self.deprecated(&on, param, !nested && (!is_required || is_lacking));
        let _ = write!(
            self.out,
            ", doc = {}",
            quoted(&self.shapes.doc(&param.sentences))
        );
        if nested {
            self.out.push_str(", fields = [\n");
            let place = Around {
                path: &on,
                is_typed: param.fields.iter().any(|field| !field.types.is_empty()),
                shown: &values,
                wrapped: &[],
                calls: &values,
            };
            for field in &param.fields {
                self.param(field, &place, page, taken);
            }
            let _ = write!(self.out, "{indent}]");
        }
        self.out.push_str(" },\n");
    }

    /// What the server assumes without it, where the page says one thing of that.
    fn default(&mut self, on: &str, param: &Item) {
        if let Some(default) = &param.default {
            let default = quoted(&prose(&default.quote()));
            let _ = write!(self.out, ", default = {default}");
        } else {
            for said in self.defaults.remove(on).unwrap_or_default() {
                let reason = "The page says it more than once, and each time another one.";
                self.decide((on, "default"), &said, reason);
            }
        }
    }

    /// Settles what a page says otherwise of whether a caller needs a parameter.
    fn settle_required(
        &mut self,
        on: &str,
        param: &Item,
        (ty, is_built): (&str, bool),
        (is_demanded, is_lacking): (bool, bool),
    ) {
        let is_starred = param.required == Some(true);
        if is_starred && is_built {
            let text = format!("the page says that it is required, which no `{ty}` can be");
            self.doubt_on(on, Some(text));
            self.decide((on, "required"), "required", "A call can do without it.");
        } else if is_starred && is_lacking {
            let reason = "A documented call does without it.";
            self.decide((on, "required"), "required", reason);
        } else if !is_starred && is_demanded && !is_built && !is_lacking && !param.only_sent {
            let reason = "An error says that it is missing.";
            self.decide((on, "required"), "optional", reason);
        }
    }

    /// Settles what a call has once more in a parameter, which does not take it.
    fn misplaced(&mut self, on: &str, param: &Item, around: &Around<'_>, page: &Page) {
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
    fn deprecated(&mut self, on: &str, param: &Item, has_setter: bool) {
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

    /// The type of a parameter that is neither an object nor one of fields of the method.
    fn said_type(&mut self, param: &Item, is_start: bool) -> (String, Option<String>) {
        let is_one = |ty: &String| ty == "string";
        if !param.fields.is_empty() && !param.types.iter().all(is_one) {
            ("json".to_owned(), None)
        } else if is_start {
            ("page_start".to_owned(), None)
        } else {
            self.shapes.scalar(param, Place::Param)
        }
    }

    /// The type of a list of which only examples show what is in it.
    fn list_of(&mut self, param: &Item, list: &str) -> (String, Option<String>) {
        let mut said = param.clone();
        said.types = vec![list.to_owned()];
        let ty = match self.shapes.scalar(&said, Place::Param) {
            (ty, _) if ty.ends_with("[]") => ty,
            _ => list.to_owned(),
        };
        let doubt = "only an example shows what is in the list";
        (ty, Some(doubt.to_owned()))
    }

    /// The type, if it takes all that examples send, or else what takes anything.
    fn sent_as(
        &mut self,
        (ty, doubt): (String, Option<String>),
        values: &[&Value],
    ) -> (String, Option<String>) {
        let ty = self.shapes.unless_none(ty, values);
        let on_wire = self.shapes.on_wire(&ty);
        if values.iter().all(|value| sends(&on_wire, value)) {
            return (ty, doubt);
        }
        self.shapes.forget_enum(&ty);
        ("json".to_owned(), doubt)
    }
}

/// What a parameter stands in.
struct Around<'a> {
    /// The path of it.
    path: &'a str,
    /// What examples send there.
    shown: &'a [&'a Value],
    /// Whether rows there have types.
    is_typed: bool,
    /// The calls that have everything once more within one of their parameters.
    wrapped: &'a [Wrapped<'a>],
    /// The calls that tell what can be left out: what programs send, where nothing else is shown.
    calls: &'a [&'a Value],
}

/// Whether an error says that a call without a parameter lacks it.
fn demands(page: &Page, name: &str) -> bool {
    let errors = page.errors.iter().flatten();
    let mut said =
        errors.flat_map(|error| error.text.as_deref().into_iter().chain([&*error.meaning]));
    said.any(|said| words::demanded(said) == Some(name))
}

/// A text that rustdoc does not misread: as it is, or as code.
fn prose(text: &str) -> String {
    if text.contains(['[', ']', '<', '>']) || text.contains("://") || text.contains("~~~") {
        format!("`{}`", text.replace('`', ""))
    } else {
        text.to_owned()
    }
}
