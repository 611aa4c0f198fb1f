//! Prints answers of every method in all forms, and whether a client takes them: a JSON object on each line.
//!
//! `.ci/openapi` holds the OpenAPI document against them: its schemas must take what the clients take, and nothing else.

#![allow(clippy::unwrap_used)]

#[path = "../tests/driver/mod.rs"]
mod driver;
#[allow(dead_code, reason = "tests need the rest of it")]
#[path = "../tests/sample_answers/mod.rs"]
mod sample_answers;

use std::io::{Write as _, stdout};

use sample_answers::{Answer, Decode, event, methods};
use serde_json::{Value, json};
use sonet_core::wire::strictly;

/// What may stand where a value is due.
fn forms() -> Vec<Value> {
    vec![
        json!(null),
        json!(""),
        json!("0"),
        json!("1"),
        json!("77"),
        json!("Y"),
        json!("many"),
        json!("2026-03-19T15:01:27+0200"),
        json!(false),
        json!(true),
        json!(0),
        json!(1),
        json!(77),
        json!(1.5),
        json!([]),
        json!({}),
        json!(["7"]),
        json!({ "3": "7" }),
        json!([{ "ID": 7 }]),
        json!({ "x": [1] }),
        json!([[["deep"]]]),
    ]
}

fn main() {
    let mut out = stdout().lock();
    for (name, answer, decode) in methods().into_iter().chain([event()]) {
        for value in variants(&answer) {
            let taken = taken(decode, &value);
            let line = json!({ "of": name, "value": value, "taken": taken });
            writeln!(out, "{line}").unwrap();
        }
    }
}

/// The answer, what is there in its place, and the answer with each field in each form, or without it.
fn variants(answer: &Answer) -> Vec<Value> {
    let mut variants = vec![answer.value.clone()];
    variants.extend(forms());
    for field in &answer.fields {
        variants.push(field.replaced(&answer.value, None));
        let replaced = |form| field.replaced(&answer.value, Some(&form));
        variants.extend(forms().into_iter().map(replaced));
    }
    variants
}

/// Whether a client reads all of it. It passes over what it can't read and can do without, which does not count.
fn taken(decode: Decode, value: &Value) -> bool {
    strictly(|| decode(value)).is_ok()
}
