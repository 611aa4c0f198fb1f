//! Where an answer is not what it should be.

use http::StatusCode;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::error_body::ErrorBody;
use super::find::find;
use super::json::without_place;
use super::outline::{Outline, Presence};
use crate::Method;
use crate::error::Kind;
use crate::redact::Redactor;

/// Says what is wrong with a successful answer that did not decode as `E`.
///
/// It reads the body again, several times, and never builds it: this is the slow way of a call that has failed anyway,
/// and the body may be as large as the limit allows.
pub(super) fn mismatch<E: DeserializeOwned>(
    status: StatusCode,
    text: &str,
    error: Option<serde_json::Error>,
    redactor: &Redactor<'_>,
) -> Kind {
    let unreadable = |problem: &str| Kind::Unreadable {
        status,
        problem: redactor.problem(problem),
        excerpt: redactor.excerpt(text),
    };
    if let Err(syntax) = serde_json::from_str::<IgnoredAny>(text) {
        return unreadable(&error.unwrap_or(syntax).to_string());
    }
    // A key that is there twice, or an error that none can be.
    if let Some(problem) = ErrorBody::problem(text) {
        return unreadable(&problem);
    }
    let outline = Outline::of(text);
    if !outline.as_ref().is_some_and(Outline::has_result) {
        return unreadable("it has neither `result` nor `error`");
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize::<_, E>(&mut deserializer) {
        Err(error) => Kind::Decode {
            status,
            ran: outline.is_some_and(|outline| outline.shows_success()),
            path: redactor.excerpt(&error.path().to_string()),
            excerpt: redactor.excerpt(find(text, error.path()).unwrap_or(text)),
            problem: redactor.problem(&without_place(&error.into_inner())),
        },
        Ok(_) => unreadable("it has a result and an error"),
    }
}

/// Says what is wrong with the result of a command in a batch that did not decode as its method's.
pub(crate) fn mismatch_of<M: Method>(json: &str, redactor: &Redactor<'_>) -> Kind {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let mut track = serde_path_to_error::Track::new();
    let deserializer = serde_path_to_error::Deserializer::new(&mut deserializer, &mut track);
    let problem = M::decode(deserializer).err();
    let path = track.path();
    let name = match (path.iter().next(), path.to_string()) {
        (None, _) => "result".to_owned(),
        (Some(_), name) if name.starts_with('[') => format!("result{name}"),
        (Some(_), name) => format!("result.{name}"),
    };
    Kind::Decode {
        status: StatusCode::OK,
        ran: Presence::of(json).shows_success(),
        path: redactor.excerpt(&name),
        excerpt: redactor.excerpt(find(json, &path).unwrap_or(json)),
        problem: problem.map_or_else(String::new, |error| {
            redactor.problem(&without_place(&error))
        }),
    }
}
