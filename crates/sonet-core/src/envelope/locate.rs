//! Where an answer is not what it should be.

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::Quote;
use crate::error::Kind;

/// Says what is wrong with a successful answer that did not decode as `E`.
///
/// This reads the body again, twice; it is the slow way of a call that has failed anyway.
pub(super) fn mismatch<E: DeserializeOwned>(
    status: StatusCode,
    text: &str,
    error: Option<serde_json::Error>,
    quote: &Quote<'_>,
) -> Kind {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        let problem = match error {
            Some(error) => quote.piece(&error.to_string()),
            None => "it is not JSON".to_owned(),
        };
        return Kind::Unreadable {
            status,
            problem,
            piece: quote.piece(text),
        };
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, E>(&mut deserializer) {
        Err(error) => {
            let found = lookup(&value, error.path());
            let path = quote.piece(&error.path().to_string());
            let problem = quote.piece(&without_place(&error.into_inner()));
            Kind::Decode {
                status,
                path,
                problem,
                piece: quote.piece(&found),
            }
        }
        Ok(_) => Kind::Unreadable {
            status,
            problem: "it has neither `result` nor `error`".to_owned(),
            piece: quote.piece(text),
        },
    }
}

/// The value at a path, as JSON; the nearest one above where the path goes further than the value.
fn lookup(value: &Value, path: &Path) -> String {
    let mut value = value;
    for segment in path {
        let next = match segment {
            Segment::Seq { index } => value.get(index),
            Segment::Map { key } => value.get(key),
            Segment::Enum { .. } | Segment::Unknown => None,
        };
        match next {
            Some(next) => value = next,
            None => break,
        }
    }
    value.to_string()
}

/// The message without the line and column: the path says more.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
