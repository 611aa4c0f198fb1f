//! The parameters of a draft.

use std::fmt::Write as _;

use serde_json::Value;

use super::around::{Around, Inner, Level, under};
use super::form::{Form, form};
use super::role::{is_keyed, is_page_start, sent_role};
use super::said::demands;
use super::sent::{Wrapped, of_elements, others, sends, sent};
use super::writer::Writer;
use crate::import::name::{RustNames, quoted};
use crate::import::shapes::Place;
use crate::page::{ExampleKind, Item, Page};

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
        let programs = page.programs.iter();
        let programs: Vec<&Value> = programs.map(|program| &program.json).collect();
        // What is sent may be put into an empty object line by line.
        let whole: Vec<&Value> = programs
            .iter()
            .copied()
            .filter(|call| call.as_object().is_some_and(|map| !map.is_empty()))
            .collect();
        let mut taken = RustNames::default();
        for param in params {
            let place = Around {
                level: Level::Method,
                path: "params",
                said: "params",
                is_typed: are_typed(params),
                shown: &shown,
                programs: &programs,
                wrapped: &wrapped,
                calls: if shown.is_empty() { &whole } else { &shown },
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

    pub(super) fn param(
        &mut self,
        param: &Item,
        around: &Around<'_>,
        page: &Page,
        taken: &mut RustNames,
    ) {
        let on = format!("{}.{}", around.path, param.name);
        let values = under(around.shown, &param.name);
        let is_outer = around.level == Level::Method;
        let inner = Inner {
            on: &on,
            said: &format!("{}.{}", around.said, param.name),
            form: form(param, &values),
            shown: &values,
            programs: &under(around.programs, &param.name),
        };
        let role = sent_role(param, page, &values);
        let nested = role.is_none()
            && !param.fields.is_empty()
            && is_outer
            && matches!(inner.form, Form::One | Form::Other);
        // Elsewhere, something else begins.
        let is_start = is_outer && is_page_start(param);
        let role = role.map(|(role, is_listed)| (role, is_listed, is_outer));
        let (ty, doubt) = match role {
            None if nested => ("object".to_owned(), None),
            None if is_start => self.sent_as(("page_start".to_owned(), None), &values),
            role => self.type_of(param, role, &inner, page),
        };
        let is_built = matches!(ty.as_str(), "filter" | "order" | "select");
        if !is_start {
            self.settle_type(&on, param, &ty, around.is_typed);
        }
        self.doubt_on(&on, doubt.filter(|_| ty != "json"));
        // Where a documented call does without it, a caller can.
        let is_lacking = around
            .calls
            .iter()
            .any(|value| value.is_object() && sent(value, &param.name).is_none());
        let is_demanded = is_outer && demands(page, param);
        let is_required = (param.required == Some(true) || is_demanded) && !is_built;
        self.settle_required(&on, param, (&ty, is_built), (is_demanded, is_lacking));
        let indent = if around.level == Level::Object {
            "        "
        } else {
            "    "
        };
        let (name, rust) = (quoted(&param.name), taken.rust(&param.name));
        let _ = write!(
            self.out,
            "{indent}{{ name = {name}{rust}, type = {}",
            quoted(&ty)
        );
        if is_required && !is_lacking {
            self.out.push_str(", required = true");
        }
        let is_unlisted = role.is_some_and(|(_, is_listed, _)| !is_listed);
        let is_open = is_unlisted || param.open || (nested && has_others(param, &values));
        if nested && !is_open {
            self.misplaced(&on, param, around, page);
        }
        if self.shapes.is_enum(&ty) || ((is_built || nested) && is_open) {
            self.out.push_str(", open = true");
        }
        self.default(&on, inner.said, param);
        self.deprecated(&on, param, !nested && (!is_required || is_lacking));
        let _ = write!(
            self.out,
            ", doc = {}",
            quoted(&self.shapes.doc(&param.sentences))
        );
        if nested {
            self.fields(param, &inner, page, taken);
            self.out.push_str(indent);
            self.out.push(']');
        }
        self.out.push_str(" },\n");
    }

    /// The fields of an object that is a parameter of the method.
    fn fields(&mut self, param: &Item, inner: &Inner<'_>, page: &Page, taken: &mut RustNames) {
        self.out.push_str(", fields = [\n");
        let place = Around {
            level: Level::Object,
            path: inner.on,
            said: inner.said,
            is_typed: are_typed(&param.fields),
            shown: inner.shown,
            programs: inner.programs,
            wrapped: &[],
            calls: inner.shown,
        };
        for field in &param.fields {
            self.param(field, &place, page, taken);
        }
    }

    /// The type of a parameter that is no object with fields of its own; `role` is what it is for, if that is something,
    /// whether the page lists the fields of that, and whether it is a parameter of the method itself.
    fn type_of(
        &mut self,
        param: &Item,
        role: Option<(&str, bool, bool)>,
        inner: &Inner<'_>,
        page: &Page,
    ) -> (String, Option<String>) {
        match role {
            // What is sorted and filtered by is on another page, or the portal's own.
            Some((role, _, true)) if is_keyed(param, role) => (role.to_owned(), None),
            Some(_) => ("json".to_owned(), None),
            None if !param.fields.is_empty() => (self.structured(param, inner, page), None),
            None => {
                let said = match of_elements(param, inner.shown) {
                    Some(list) => self.list_of(param, list),
                    None => self.shapes.scalar(param, Place::Param),
                };
                self.sent_as(said, inner.shown)
            }
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
    pub(super) fn sent_as(
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

/// Whether any row of a table has a type.
pub(super) fn are_typed(rows: &[Item]) -> bool {
    rows.iter().any(|row| !row.types.is_empty())
}

/// Whether examples send what a table lacks: where it lacks one, it may lack others.
fn has_others(param: &Item, values: &[&Value]) -> bool {
    let mut others = values.iter().flat_map(|value| others(param, value));
    param.fields.iter().any(|field| field.only_sent) || others.next().is_some()
}
