//! What decisions are about.

use std::collections::BTreeSet;

use super::context::Context;
use crate::model::{Decision, Enum, Event, FindingKind, Method, Object, Param};

pub(super) fn check(cx: &Context<'_>) {
    for def in &cx.spec.enums {
        resolve(cx, &def.decisions, &def.name, || enum_paths(def));
    }
    for object in &cx.spec.objects {
        resolve(cx, &object.decisions, &object.name, || object_paths(object));
    }
    for input in &cx.spec.inputs {
        let paths = || {
            let paths = Paths::default().keys(&["doc"]);
            paths.params("params", &input.params).0
        };
        resolve(cx, &input.decisions, &input.name, paths);
    }
    for method in &cx.spec.methods {
        resolve(cx, &method.decisions, &method.name, || method_paths(method));
    }
    for event in &cx.spec.events {
        resolve(cx, &event.decisions, &event.name, || event_paths(event));
    }
    for error in &cx.spec.system_errors {
        let paths = || Paths::default().keys(&["code", "status"]).0;
        resolve(cx, &error.decisions, &error.code, paths);
    }
}

fn resolve(
    cx: &Context<'_>,
    decisions: &[Decision],
    entry: &str,
    paths: impl FnOnce() -> BTreeSet<String>,
) {
    if decisions.is_empty() {
        return;
    }
    let paths = paths();
    for (index, decision) in decisions.iter().enumerate() {
        twice(cx, decision, &decisions[..index]);
        if is_of_the_page(decision, &paths) {
            continue;
        }
        if !paths.contains(decision.on.as_str()) {
            cx.unknown(
                &decision.on,
                format!("`{entry}` has no `{}`", decision.on.value),
                "there is nothing with this path",
                paths.iter().map(String::as_str),
            );
        }
    }
}

/// What only the page has can't be a path of the entry, but what it would be in is one.
fn is_of_the_page(decision: &Decision, paths: &BTreeSet<String>) -> bool {
    let new = decision
        .finding
        .as_ref()
        .is_some_and(|kind| kind.value == FindingKind::New);
    let inside = |path: &String| {
        let rest = decision.on.strip_prefix(path.as_str());
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    new && paths.iter().any(inside)
}

/// Reports that the same finding is decided again.
fn twice(cx: &Context<'_>, decision: &Decision, earlier: &[Decision]) {
    let kind = |decision: &Decision| decision.finding.as_ref().map(|kind| kind.value);
    let same = |other: &&Decision| {
        *other.on == *decision.on && kind(other) == kind(decision) && other.page == decision.page
    };
    if let Some(other) = earlier.iter().find(same) {
        cx.clash(
            (&decision.on, "again here"),
            (&other.on, "first here"),
            format!("two decisions are on the same `{}`", decision.on.value),
            "remove one of them, or say which `finding` each is about",
        );
    }
}

/// Collects paths: `params`, `params.ID`, `params.ID.type`.
#[derive(Default)]
struct Paths(BTreeSet<String>);

impl Paths {
    fn keys(mut self, keys: &[&str]) -> Self {
        self.0.extend(keys.iter().map(|key| (*key).to_owned()));
        self
    }

    /// A list, its elements by name, and their keys.
    fn list<'n>(
        mut self,
        key: &str,
        names: impl IntoIterator<Item = &'n str>,
        keys: &[&str],
    ) -> Self {
        self.0.insert(key.to_owned());
        for name in names {
            let path = format!("{key}.{name}");
            self.0
                .extend(keys.iter().map(|key| format!("{path}.{key}")));
            self.0.insert(path);
        }
        self
    }

    fn params(mut self, prefix: &str, params: &[Param]) -> Self {
        let names = params.iter().map(|param| param.name.as_str());
        let keys = ["type", "required", "default", "values", "doc"];
        self = self.list(prefix, names, &keys);
        for param in params {
            if !param.fields.is_empty() {
                self = self.params(&format!("{prefix}.{}", *param.name), &param.fields);
            }
        }
        self
    }
}

fn enum_paths(def: &Enum) -> BTreeSet<String> {
    let wires = def.values.iter().map(|value| value.wire.as_str());
    Paths::default()
        .keys(&["doc"])
        .list("values", wires, &["doc"])
        .0
}

fn object_paths(object: &Object) -> BTreeSet<String> {
    let names = object.fields.iter().map(|field| field.name.as_str());
    let keys = ["type", "nullable", "optional", "none", "values", "doc"];
    Paths::default()
        .keys(&["doc"])
        .list("fields", names, &keys)
        .0
}

fn method_paths(method: &Method) -> BTreeSet<String> {
    let filters = method.filter_fields.iter().map(|field| field.name.as_str());
    let selects = method.select_fields.iter().map(|field| field.name.as_str());
    let operators = method
        .filter_operators
        .iter()
        .map(|operator| operator.as_str());
    let orders = method.order_fields.iter().map(|field| field.as_str());
    let errors = method.errors.iter().map(|error| error.name.as_str());
    let keys = method.result.keys.iter().map(|key| key.as_str());
    let paths = Paths::default()
        .keys(&["name", "page", "scope", "effect", "who", "doc"])
        .keys(&[
            "result",
            "result.type",
            "result.within",
            "result.doc",
            "paged",
        ])
        .keys(&["result.next", "result.total", "result.time"])
        .keys(&["paged.rows", "paged.uncounted", "paged.cursor"])
        .keys(&["paged.nothing"])
        .params("params", &method.params)
        .list("filter_operators", operators, &[])
        .list("filter_fields", filters, &["type", "doc"])
        .list("order_fields", orders, &[])
        .list("select_fields", selects, &["returns", "doc"])
        .list("result", keys, &[])
        .list("errors", errors, &["code", "text", "doc"]);
    paths.0
}

fn event_paths(_event: &Event) -> BTreeSet<String> {
    let keys = ["name", "wire", "page", "scope", "who", "doc", "payload"];
    Paths::default().keys(&keys).0
}
