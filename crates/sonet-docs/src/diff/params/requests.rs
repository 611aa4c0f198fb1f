//! What the requests of the examples send.

use serde_json::{Map, Value};

use crate::diff::comparison::Comparison;
use crate::diff::finding::Finding;
use crate::diff::site::{Entry, Quote};
use crate::page::{Example, ExampleKind};
use sonet_spec::Symbols;
use sonet_spec::model::{FindingKind, Method, Param};
use sonet_spec::types::Type;

pub(crate) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    let requests = cx.examples(ExampleKind::Request);
    let mut sent = Sent {
        symbols: cx.symbols,
        method,
        entry,
        unknown: Vec::new(),
    };
    for example in requests.chain(&cx.page.programs) {
        if let Value::Object(params) = &example.json {
            let known = (method.params.as_slice(), false);
            sent.params("params", known, params, example, &mut Vec::new());
        }
    }
    for unknown in sent.unknown {
        let Unknown {
            entry,
            on,
            example,
            path,
        } = unknown;
        // What a table has is found there already.
        let is_found = |finding: &Finding| {
            let is_here = finding.entry == entry.name.value && finding.on == on;
            is_here && finding.kind == FindingKind::New
        };
        if cx.findings.iter().any(is_found) {
            continue;
        }
        let key = on.rsplit('.').next().unwrap_or_default().to_owned();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let at = example.line_of(&path);
        let site = entry.site(on, &entry.name.span);
        let message = format!("an example sends `{key}`, which the spec does not have");
        cx.compatible(&site, FindingKind::New, Quote::new(key, &at), message);
    }
}

/// The operator and the field of a key of a filter.
pub(crate) fn condition(key: &str) -> (&str, &str) {
    let start = key.find(|char: char| char.is_alphanumeric());
    key.split_at(start.unwrap_or(0))
}

/// Something that is sent and not known.
struct Unknown<'s, 'p> {
    /// What does not have it: the method, or an object in its requests.
    entry: Entry<'s>,
    on: String,
    example: &'p Example,
    path: Vec<String>,
}

struct Sent<'s, 'p> {
    symbols: &'s Symbols<'s>,
    method: &'s Method,
    /// What the parameters are of: the method, or an object in its requests.
    entry: Entry<'s>,
    unknown: Vec<Unknown<'s, 'p>>,
}

impl<'s, 'p> Sent<'s, 'p> {
    fn params(
        &mut self,
        prefix: &str,
        (params, is_open): (&'s [Param], bool),
        sent: &'p Map<String, Value>,
        example: &'p Example,
        path: &mut Vec<String>,
    ) {
        for (key, value) in sent {
            path.push(key.clone());
            let on = format!("{prefix}.{key}");
            match params.iter().find(|param| *param.name == *key) {
                Some(param) => self.value(&on, param, value, example, path),
                None if is_open => {}
                None => self.unknown(on, example, path),
            }
            path.pop();
        }
    }

    fn value(
        &mut self,
        on: &str,
        param: &'s Param,
        value: &'p Value,
        example: &'p Example,
        path: &mut Vec<String>,
    ) {
        let method = self.method;
        let filters = || method.filter_fields.iter().map(|field| field.name.as_str());
        match (&*param.ty, value) {
            (Type::Object, Value::Object(sent)) => {
                self.params(on, (&param.fields, param.open.value), sent, example, path);
            }
            (Type::Filter, Value::Object(sent)) => {
                // What is open takes fields that no page lists, by operators that no page lists.
                for key in sent.keys().filter(|_| !param.open.value) {
                    let (operator, field) = condition(key);
                    if !filters().any(|known| known == field) {
                        self.inside("filter_fields", field, key, example, path);
                    }
                    let known = method
                        .filter_operators
                        .iter()
                        .any(|known| *known.value == *operator);
                    if !operator.is_empty() && !known {
                        self.inside("filter_operators", operator, key, example, path);
                    }
                }
            }
            (Type::Order, Value::Object(sent)) => {
                for key in sent.keys().filter(|_| !param.open.value) {
                    if !method.order_fields.iter().any(|known| *known.value == *key) {
                        self.inside("order_fields", key, key, example, path);
                    }
                }
            }
            (Type::Select, Value::Array(sent)) => {
                let names = sent.iter().filter_map(Value::as_str);
                for name in names.filter(|_| !param.open.value) {
                    if !method
                        .select_fields
                        .iter()
                        .any(|field| *field.name == *name)
                    {
                        self.inside("select_fields", name, name, example, path);
                    }
                }
            }
            (ty, value) => self.inputs(ty, value, example, path),
        }
    }

    /// The objects of requests in a value.
    fn inputs(
        &mut self,
        ty: &Type,
        value: &'p Value,
        example: &'p Example,
        path: &mut Vec<String>,
    ) {
        match (ty, value) {
            (Type::List(element), Value::Array(values)) => {
                for value in values {
                    self.inputs(element, value, example, path);
                }
            }
            (Type::Map(element), Value::Object(map)) => {
                for (key, value) in map {
                    path.push(key.clone());
                    self.inputs(element, value, example, path);
                    path.pop();
                }
            }
            (ty, Value::Object(sent)) => {
                let Some(input) = self.symbols.input(ty) else {
                    return;
                };
                let own = Entry::new(&input.name, &input.decisions);
                let outer = std::mem::replace(&mut self.entry, own);
                let known = (input.params.as_slice(), input.open);
                self.params("params", known, sent, example, path);
                self.entry = outer;
            }
            _ => {}
        }
    }

    fn inside(
        &mut self,
        list: &str,
        name: &str,
        key: &str,
        example: &'p Example,
        path: &mut Vec<String>,
    ) {
        path.push(key.to_owned());
        self.unknown(format!("{list}.{name}"), example, path);
        path.pop();
    }

    fn unknown(&mut self, on: String, example: &'p Example, path: &[String]) {
        let entry = self.entry;
        let is_known =
            |known: &Unknown<'_, '_>| known.entry.name.value == entry.name.value && known.on == on;
        if !self.unknown.iter().any(is_known) {
            self.unknown.push(Unknown {
                entry,
                on,
                example,
                path: path.to_vec(),
            });
        }
    }
}
