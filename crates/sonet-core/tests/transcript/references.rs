//! Texts that a server would take for references to the results of other commands.

use std::task::Waker;

use serde_json::{Value, json};

use sonet_core::{Batch, BatchRun, Machine as _, Raw, ResultPath, Step};

use super::play::*;

/// What servers replace, by the rule of an older copy of their source.
const REPLACED: [&str; 7] = [
    "$total[c0]",
    "$RESULT[c0]",
    "$results[c0]",
    "see $resulting[c0][0][NAME] ok",
    "$next[c0]",
    "$Time-of[c0]",
    "$error_description[c0]",
];

/// What looks like it, and is a text.
const KEPT: [&str; 5] = [
    "price $100",
    "$total",
    "a $ result[c0]",
    "$total [c0]",
    "%24total%5Bc0%5D",
];

fn raw(params: Value) -> Raw {
    Raw::new("sonet_group.create", params)
}

/// The request of a batch.
fn sent(run: &mut BatchRun) -> Value {
    let stage = Stage::new(webhook(), vec![]);
    let mut request = stage.next_request(run).unwrap();
    let Step::Send(outgoing) = request.poll(stage.now, Waker::noop()) else {
        panic!("it is not sent");
    };
    serde_json::from_slice(outgoing.request.body()).unwrap()
}

/// The first command of a batch, as it is sent, or why it is not.
fn command(params: Value) -> Result<String, String> {
    let mut batch = Batch::new();
    let _ = batch.add(&raw(params));
    let mut run = batch.build().map_err(|error| {
        assert!(error.is_invalid(), "{error}");
        error.to_string()
    })?;
    let chunk = sent(&mut run);
    Ok(chunk["cmd"]["c0"].as_str().unwrap().to_owned())
}

#[test]
fn what_a_server_would_replace_is_not_sent_in_a_batch() {
    for text in REPLACED {
        for params in [
            json!({ "NAME": text }),
            json!({ "IMAGE": ["a.png", text] }),
            json!({ "FILTER": { "=NAME": { "deep": text } } }),
            json!({ text: 1 }),
            json!({ "FILTER": { text: 1 } }),
            // Whether a server looks at the keys together, nobody says.
            json!({ "FILTER": { "$total": { "c0": 1 } } }),
        ] {
            let told = command(params).unwrap_err();
            assert!(told.contains("with `call`, outside a batch"), "{told}");
        }
    }
    assert!(command(json!({ "$total": { "c0": 1 } })).is_err());
}

#[test]
fn what_it_would_not_replace_is_sent_as_it_is() {
    for text in KEPT {
        let sent = command(json!({ "NAME": text })).unwrap();
        let (_, query) = sent.split_once('?').unwrap();
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        assert!(pairs.any(|(_, value)| value == text), "{sent}");
        // In a key, a bracket would be another key's.
        let sent = command(json!({ "FILTER": { text: 1 } }));
        assert_eq!(sent.is_err(), text.contains('['), "{sent:?}");
    }
}

#[test]
fn a_call_of_its_own_sends_any_text() {
    for text in REPLACED {
        let answer = Answer::Json(200, json!({ "result": 7 }));
        let log = play(
            webhook(),
            &raw(json!({ "NAME": text })),
            vec![(0.1, answer)],
        );
        assert!(log.contains(text), "{log}");
    }
}

#[test]
fn an_error_shows_no_more_than_the_beginning_of_a_text() {
    let long = format!("$total{}[c0]", "x".repeat(10_000));
    let told = command(json!({ "NAME": long })).unwrap_err();
    assert!(told.len() < 500, "{}", told.len());
}

#[test]
fn a_text_with_a_reference_in_it_is_not_sent() {
    for text in ["for $total[{}]", "{} and $next[c0]"] {
        let mut batch = Batch::new().halt();
        let first = batch.add(&raw(json!({ "NAME": "Rust" })));
        let name: ResultPath = first.field("NAME");
        let _ = batch.add_with(name.text(), |name| {
            raw(json!({ "NAME": name, "DESCRIPTION": text.replace("{}", &name) }))
        });
        assert!(batch.build().unwrap_err().is_invalid(), "{text}");
    }
}

#[test]
fn our_own_references_are_sent() {
    let mut batch = Batch::new().halt();
    let first = batch.add(&raw(json!({ "NAME": "Rust" })));
    let path: ResultPath = first.field("NAME");
    let _ = batch.add_with(path.text(), |name| raw(json!({ "NAME": name })));
    let mut run = batch.build().unwrap();
    let chunk = sent(&mut run);
    let second = chunk["cmd"]["c1"].as_str().unwrap();
    assert_eq!(
        second,
        "sonet_group.create?NAME=%24result%5Bc0%5D%5BNAME%5D"
    );
}

#[test]
fn a_field_whose_name_the_server_would_cut_is_not_referred_to() {
    let mut batch = Batch::new().halt();
    let first = batch.add(&raw(json!({})));
    let path: ResultPath = first.field("FULL NAME");
    let _ = batch.add_with(path.text(), |name| raw(json!({ "NAME": name })));
    let error = batch.build().unwrap_err();
    assert!(error.to_string().contains("FULL NAME"), "{error}");
}
