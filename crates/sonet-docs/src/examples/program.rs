//! The program that checks the examples, and what it says.

use std::fmt::Write as _;

use serde::Deserialize;

use super::check::{Check, CheckKind, Failure};

const PREAMBLE: &str = r#"//! Written by `cargo xtask docs examples`.
#![allow(clippy::all)]

use std::marker::PhantomData;
use std::task::Waker;
use std::time::Instant;

use chrono::{DateTime, FixedOffset};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Value, json};
use sonet_core::{Config, Documented, Effect, Exchange, Machine as _, Method, NoRetry, Session, Step};

#[allow(dead_code)]
fn moment(text: &str) -> DateTime<FixedOffset> {
    // Where an example names no zone, the request does.
    let zoned = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc3339(&format!("{text}+00:00")));
    zoned.unwrap_or_default()
}

fn say(id: usize, path: &str, error: String) {
    println!("{}", json!({ "id": id, "path": path, "error": error }));
}

type Json<'a, 'b, 'c, 'd> = serde_path_to_error::Deserializer<'a, 'b, &'c mut serde_json::Deserializer<serde_json::de::StrRead<'d>>>;

#[allow(dead_code)]
fn decode<T>(id: usize, text: &str, decode: fn(Json<'_, '_, '_, '_>) -> Result<T, serde_json::Error>) {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut track = serde_path_to_error::Track::new();
    // What a client passes over is told.
    let result = sonet_core::wire::strictly(|| decode(serde_path_to_error::Deserializer::new(&mut json, &mut track)));
    if let Err(error) = result {
        say(id, &track.path().to_string(), error.to_string());
    }
}

/// The result of a method, as it is decoded; what is written of it is read back equal.
#[allow(dead_code)]
fn answer<M: Method<Output: Serialize + PartialEq>>(id: usize, text: &str) {
    decode(id, text, |json| M::decode(json));
    let Ok(output) = M::decode(&mut serde_json::Deserializer::from_str(text)) else {
        return;
    };
    let written = serde_json::to_string(&output).unwrap();
    let read = M::decode(&mut serde_json::Deserializer::from_str(&written));
    if read.is_ok_and(|read| read == output) {
        return;
    }
    // A page is written without the key that its rows stood in, and so is what stood within one.
    match serde_json::from_str::<M::Output>(&written) {
        Ok(read) if read == output => {}
        Ok(_) => say(id, "", format!("it is written as something else: `{written}`")),
        Err(error) => say(id, "", format!("what is written of it can't be read back: {error}")),
    }
}

#[allow(dead_code)]
fn produce<M: Method>(id: usize, call: M, expected: &str) {
    if let Err(error) = call.check() {
        return say(id, "", error.to_string());
    }
    let expected: Value = serde_json::from_str(expected).unwrap();
    let produced = serde_json::to_value(&call).unwrap();
    if same(&produced) != same(&expected) {
        say(id, "", format!("it is written as something else: `{produced}`"));
    }
}

/// The method, without the parameters that an error does not show.
#[allow(dead_code)]
struct Bare<M>(PhantomData<M>);

impl<M: Method> Serialize for Bare<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_map(Some(0))?.end()
    }
}

impl<M: Method> Method for Bare<M> {
    const NAME: &'static str = M::NAME;
    const EFFECT: Effect = M::EFFECT;
    const ERRORS: &'static [Documented] = M::ERRORS;
    type Output = M::Output;
}

#[allow(dead_code)]
fn refuse<M: Method>(id: usize, body: &'static str) {
    let now = Instant::now();
    // A portal of its own for each, as calls of one portal wait for each other.
    let webhook = format!("https://portal{id}.example.com/rest/1/secret/");
    let config = Config::webhook(&webhook).unwrap().retry(NoRetry);
    let session = Session::new(&config, now).unwrap();
    let mut call = Exchange::new(&session, &Bare::<M>(PhantomData));
    let _ = call.poll(now, Waker::noop());
    let response = http::Response::builder().status(400).body(body.into());
    call.on_response(now, response.unwrap());
    let Step::Done(Err(error)) = call.poll(now, Waker::noop()) else {
        return say(id, "", "a client takes it for a success".to_owned());
    };
    match error.api() {
        Some(api) if api.refusal().is_some() => {}
        Some(_) => say(id, "error_description", format!("the spec has no name for it: {error}")),
        None => say(id, "", error.to_string()),
    }
}

/// Numbers and texts of digits are the same, flags are, and a filter key without a prefix means `=`.
fn same(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Bool(true) => json!("Y"),
        Value::Bool(false) => json!("N"),
        Value::Array(values) => values.iter().map(same).collect(),
        Value::Object(map) => {
            let plain = |key: &String| key.strip_prefix('=').unwrap_or(key).to_owned();
            map.iter().map(|(key, value)| (plain(key), same(value))).collect()
        }
        other => other.clone(),
    }
}

pub fn main() {
"#;

/// A program, and which check each of its lines is.
pub(super) struct Program {
    pub(super) text: String,
    /// The first line of each check, from 1.
    pub(super) lines: Vec<(usize, usize)>,
}

/// Writes the program for these checks. Each stands on one line.
pub(super) fn write(checks: &[(usize, &Check)]) -> Program {
    let mut text = PREAMBLE.to_owned();
    let mut lines = Vec::new();
    for (id, check) in checks {
        lines.push((text.matches('\n').count() + 1, *id));
        let _ = match &check.kind {
            CheckKind::Decode {
                ty,
                is_method: true,
                json,
            } => {
                writeln!(text, "    answer::<{ty}>({id}, {json:?});")
            }
            CheckKind::Decode { ty, json, .. } => {
                writeln!(
                    text,
                    "    decode({id}, {json:?}, |json| <{ty} as serde::Deserialize>::deserialize(json));"
                )
            }
            CheckKind::Refuse { ty, json } => {
                writeln!(text, "    refuse::<{ty}>({id}, {json:?});")
            }
            CheckKind::Produce { call, json } => {
                writeln!(text, "    produce({id}, {call}, {json:?});")
            }
        };
    }
    text.push_str("}\n");
    Program { text, lines }
}

#[derive(Deserialize)]
struct ReportLine {
    id: usize,
    path: String,
    error: String,
}

/// Reads what the program said.
pub(super) fn read(said: &str) -> impl Iterator<Item = (usize, Failure)> {
    let said = said
        .lines()
        .filter_map(|line| serde_json::from_str::<ReportLine>(line).ok());
    said.map(|said| {
        let path = said.path.split(['.', '[', ']']);
        let path =
            path.filter(|part| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit()));
        let failure = Failure {
            path: path.map(str::to_owned).collect(),
            // The program has each example on one line.
            message: match said.error.rsplit_once(" at line ") {
                Some((message, _)) => message.to_owned(),
                None => said.error,
            },
        };
        (said.id, failure)
    })
}
