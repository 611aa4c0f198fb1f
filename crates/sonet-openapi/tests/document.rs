//! The document of the workspace's own spec.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sonet_spec::model::{ErrorDef, Spec};
use sonet_spec::{self as spec, Symbol, Symbols};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn load() -> Spec {
    let loaded = spec::load(&root(), spec::FILE);
    loaded.unwrap_or_else(|report| panic!("{report}")).0
}

fn document() -> (Spec, Value) {
    let spec = load();
    let text = sonet_openapi::render(&spec).unwrap();
    (spec, serde_json::from_str(&text).unwrap())
}

fn at<'d>(document: &'d Value, place: &str) -> &'d Value {
    let found = document.pointer(place);
    found.unwrap_or_else(|| panic!("there is no {place}"))
}

fn operation<'d>(document: &'d Value, method: &str) -> &'d Value {
    at(document, &format!("/paths/~1{method}/post"))
}

#[test]
fn the_committed_one_is_current() {
    let committed = fs::read_to_string(root().join(sonet_openapi::FILE)).unwrap();
    let rendered = sonet_openapi::render(&load()).unwrap();
    assert!(
        committed == rendered,
        "{} is not what the spec says; run `cargo xtask openapi`",
        sonet_openapi::FILE
    );
}

#[test]
fn a_method() {
    let (_, document) = document();
    let method = operation(&document, "tasks.api.scrum.task.get");
    insta::assert_snapshot!(serde_json::to_string_pretty(method).unwrap());
}

#[test]
fn an_object() {
    let (_, document) = document();
    let object = at(&document, "/components/schemas/UserData");
    insta::assert_snapshot!(serde_json::to_string_pretty(object).unwrap());
}

/// Objects and enums are in the document because something leads to them: what is missing has been lost on the way.
#[test]
fn everything_of_the_spec_is_there() {
    let (spec, document) = document();
    for method in &spec.methods {
        let operation = operation(&document, &method.name);
        assert_eq!(operation["operationId"], *method.name.value);
        let body = "/requestBody/content/application~1json/schema/properties";
        let properties = at(operation, body).as_object().unwrap();
        for param in &method.params {
            let property = &properties[param.name.as_str()];
            for inner in &param.fields {
                assert!(property["properties"][inner.name.as_str()].is_object());
            }
        }
        // The parameters, and the access token.
        assert_eq!(
            properties.len(),
            method.params.len() + 1,
            "{}",
            *method.name
        );
        for field in &method.filter_fields {
            let filter = ["filter", "FILTER"]
                .iter()
                .find_map(|name| properties.get(*name));
            let filter = filter.unwrap();
            assert!(filter["properties"][field.name.as_str()].is_object());
        }
        for error in &method.errors {
            assert!(shows(operation, error), "{}: {}", *method.name, *error.name);
        }
    }
    let schemas = at(&document, "/components/schemas").as_object().unwrap();
    for symbol in Symbols::all(&spec) {
        let name = symbol.name().as_str();
        let schema = &schemas[name];
        if let Symbol::Object(object) = symbol {
            let properties = schema["properties"].as_object().unwrap();
            let fields = object.fields.iter().map(|field| field.name.as_str());
            let fields: BTreeSet<_> = fields.collect();
            let names = properties.keys().map(String::as_str);
            assert_eq!(names.collect::<BTreeSet<_>>(), fields, "{name}");
        }
        if let Symbol::Enum(def) = symbol {
            let values = def.values.iter().map(|value| json!(value.wire.value));
            assert_eq!(schema["enum"], json!(values.collect::<Vec<_>>()), "{name}");
        }
    }
    for event in &spec.events {
        let event = at(&document, &format!("/webhooks/{}/post", *event.name));
        assert!(event["requestBody"].is_object());
    }
    for error in &spec.system_errors {
        let place = format!("/components/responses/Status{}/content", error.status.value);
        let examples = &at(&document, &place)["application/json"]["examples"];
        assert_eq!(
            examples[error.code.as_str()]["value"]["error"],
            *error.code.value
        );
    }
}

/// Whether an error is among the examples of its status, and among the errors of the operation.
fn shows(operation: &Value, error: &ErrorDef) -> bool {
    let response = &operation["responses"][error.status().to_string()];
    let examples = response["content"]["application/json"]["examples"].as_object();
    let mut examples = examples.into_iter().flat_map(serde_json::Map::values);
    let mut listed = operation["x-errors"].as_array().into_iter().flatten();
    examples.any(|example| example["value"]["error_description"] == *error.text.value)
        && listed.any(|listed| {
            listed["name"] == *error.name.value
                && listed["text"] == *error.text.value
                && listed["status"] == error.status()
        })
}

#[test]
fn every_reference_leads_somewhere_and_every_component_is_used() {
    let (_, document) = document();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    for reference in &references {
        let place = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(place).is_some(), "{reference}");
    }
    for kind in ["schemas", "responses"] {
        let components = at(&document, &format!("/components/{kind}"))
            .as_object()
            .unwrap();
        for name in components.keys() {
            let reference = format!("#/components/{kind}/{name}");
            assert!(references.contains(&reference), "nothing leads to {name}");
        }
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get("$ref") {
                references.insert(reference.clone());
            }
            object.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

/// The spec's descriptions are for readers of Rust, too: what only they understand has another form here.
#[test]
fn no_description_has_a_path_of_rust() {
    let text = sonet_openapi::render(&load()).unwrap();
    let paths = text.lines().filter(|line| line.contains("::"));
    assert_eq!(paths.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn effects_scopes_and_pages_are_told() {
    let (_, document) = document();
    let list = operation(&document, "socialnetwork.api.workgroup.list");
    assert_eq!(
        (&list["x-effect"], &list["x-scope"], &list["x-who"]),
        (&json!("read"), &json!("socialnetwork"), &json!("any user"))
    );
    assert_eq!(
        list["x-paging"],
        json!({
            "rows": "result.workgroups", "pageRows": 50, "uncounted": true,
            "cursor": "ID", "rowCursor": "id",
        })
    );
    let update = operation(&document, "sonet_group.update");
    assert_eq!(update["x-effect"], "repeatable");
    let body = "/requestBody/content/application~1json/schema/properties";
    let properties = at(update, body);
    assert_eq!(properties["OWNER_ID"]["x-once"], true);
    assert_eq!(properties["NAME"].get("x-once"), None);
    let security = json!([{}, { "accessToken": ["sonet_group"] }]);
    assert_eq!(update["security"], security);
}
