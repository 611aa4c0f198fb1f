//! The parameters of a draft.

use std::fmt::Write as _;

use serde_json::Value;

use super::around::{Around, Inner, Level, under};
use super::form::{Form, form};
use super::sent::{are_conditions, others, sends, sent};
use super::writer::Writer;
use crate::import::name::{RustNames, quoted};
use crate::import::shapes::{LENIENT, Place, is_list};
use crate::page::{DefaultValue, ExampleKind, Item, Page};
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
        let programs = page.programs.iter();
        let programs: Vec<&Value> = programs.map(|program| &program.json).collect();
        let mut taken = RustNames::default();
        for param in params {
            let place = Around {
                level: Level::Method,
                path: "params",
                said: "params",
                shown: &shown,
                programs: &programs,
                calls: if shown.is_empty() { &programs } else { &shown },
            };
            self.param(param, &place, page, &mut taken);
        }
        self.out.push_str("]\n");
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
        // Where a documented call does without it, a caller can.
        let is_lacking = around
            .calls
            .iter()
            .any(|value| value.is_object() && sent(value, &param.name).is_none());
        let is_outer = around.level == Level::Method;
        // Elsewhere, something else begins.
        let is_start = is_outer && self::is_start(param);
        let indent = if around.level == Level::Object {
            "        "
        } else {
            "    "
        };
        let is_taken = |role: &&str| {
            let is_said = !param.operators.is_empty() || page.filter_fields.is_some();
            *role != "filter" || is_said || values.iter().all(|value| are_conditions(value))
        };
        let role = role(param).filter(is_taken);
        let role = role.map(|role| {
            let fields = match role {
                "filter" => &page.filter_fields,
                "order" => &page.order_fields,
                _ => &page.select_fields,
            };
            (role, fields.is_some())
        });
        let inner = Inner {
            on: &on,
            said: &format!("{}.{}", around.said, param.name),
            form: form(param, &values),
            shown: &values,
            programs: &under(around.programs, &param.name),
        };
        let has_table = role.is_none() && !param.fields.is_empty();
        let nested = has_table && is_outer && matches!(inner.form, Form::One | Form::Other);
        let (ty, doubt) = match role {
            // What is sorted and filtered by is on another page, or the portal's own.
            Some((role, _)) if is_outer && is_keyed(param, role) => (role.to_owned(), None),
            Some(_) => ("json".to_owned(), None),
            None if nested => ("object".to_owned(), None),
            None if has_table => (self.structured(param, &inner, page), None),
            None => {
                let said = self.said_type(param, is_start);
                self.sent_as(said, &values)
            }
        };
        let is_built = matches!(ty.as_str(), "filter" | "order" | "select");
        let is_json = ty == "json";
        if !is_start {
            self.settle_type(&on, param, &ty);
        }
        self.doubt_on(&on, doubt.filter(|_| !is_json));
        let is_required = param.required == Some(true) && !is_built;
        self.settle_required(&on, param, (&ty, is_built), is_lacking);
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
        let mut others = values.iter().flat_map(|value| others(param, value));
        let others = nested && others.next().is_some();
        let is_open = is_unlisted || param.open || others;
        if is_enum || ((is_built || nested) && is_open) {
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
            self.out.push_str(", fields = [\n");
            let place = Around {
                level: Level::Object,
                path: &on,
                said: inner.said,
                shown: &values,
                programs: inner.programs,
                calls: &values,
            };
            for field in &param.fields {
                self.param(field, &place, page, taken);
            }
            let _ = write!(self.out, "{indent}]");
        }
        self.out.push_str(" },\n");
    }

    /// Says what is assumed without a parameter, or settles it: `said` is its path on the page.
    fn default(&mut self, on: &str, said: &str, param: &Item) {
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

    /// Settles what a page says of a parameter that a caller can do without.
    fn settle_required(
        &mut self,
        on: &str,
        param: &Item,
        (ty, is_built): (&str, bool),
        is_lacking: bool,
    ) {
        let says_required = |row: &Item| row.required == Some(true);
        if says_required(param) && is_built {
            let text = format!("the page says that it is required, which no `{ty}` can be");
            self.doubt_on(on, Some(text));
            self.decide((on, "required"), "required", "A call can do without it.");
        } else if says_required(param) && is_lacking {
            let reason = "A documented call does without it.";
            self.decide((on, "required"), "required", reason);
        } else if !says_required(param) && param.also.iter().any(says_required) {
            let reason = "The page says it more than once, and not each time.";
            self.decide((on, "required"), "required", reason);
        }
    }

    /// Settles what the rows of a parameter, of which there may be several, say otherwise than its type.
    fn settle_type(&mut self, on: &str, param: &Item, ty: &str) {
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
            if row.types.is_empty() && !param.types.is_empty() && ty != "json" {
                self.decide((on, "type"), "", "The page says its type elsewhere.");
            }
            if let Some((values, reason)) = self.shapes.values_beside(ty, row, Place::Param) {
                self.decide((on, "values"), &values, reason);
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
        if is_start {
            ("page_start".to_owned(), None)
        } else {
            self.shapes.scalar(param, Place::Param)
        }
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

/// Why an object is what the page calls an array.
const KEYED: &str = "Its array has names for keys.";

/// Whether a parameter says where a page begins.
fn is_start(param: &Item) -> bool {
    let is_number = |ty: &String| matches!(ty.as_str(), "integer" | "int" | "number");
    param.name == "start" && param.types.iter().all(is_number)
}

/// Whether a parameter can only be an object of fields: a list of names is a selection, and nothing else.
fn is_keyed(param: &Item, role: &str) -> bool {
    let is_list = is_list(param) && !param.types.iter().any(|ty| ty == "object");
    (param.fields.is_empty() || role == "filter")
        && (!is_list || role == "select" || !param.types.iter().any(|ty| ty.ends_with("[]")))
}

/// What a parameter is for, if it takes fields of the method.
pub(super) fn role(param: &Item) -> Option<&'static str> {
    // A number called `sort` is a place in a row.
    let built = |ty: &String| ty == "object" || ty.starts_with("array") || ty == "string[]";
    let role = words::role(&param.name)?;
    // Whatever type it is said to have, what has operators or lists fields of a table is a filter.
    let is_filter = role == "filter" && (!param.operators.is_empty() || has_keys(param));
    let is_built = param.types.is_empty() || param.types.iter().any(built);
    // What has a direction for each field is an order.
    let text = param.text.to_lowercase();
    let is_text = param.types.iter().any(|ty| ty == "string");
    let is_order = role == "order" && !is_text && text.contains("asc") && text.contains("desc");
    (is_filter || is_built || is_order).then_some(role)
}

/// Whether the values that a parameter lists are names of columns.
fn has_keys(param: &Item) -> bool {
    let is_column = |text: &str| {
        let is_part =
            |char: char| char.is_ascii_uppercase() || char.is_ascii_digit() || char == '_';
        text.contains('_') && text.chars().all(is_part)
    };
    param.values.iter().any(|value| is_column(&value.text))
}

/// A text that rustdoc does not misread: as it is, or as code.
fn prose(text: &str) -> String {
    if text.contains(['[', ']', '<', '>']) || text.contains("://") || text.contains("~~~") {
        format!("`{}`", text.replace('`', ""))
    } else {
        text.to_owned()
    }
}
