//! The envelope of an answer, in every form that it comes in.

mod decoded_size;
mod error_body;
mod find;
mod head;
mod json;
mod locate;
mod outline;

use bytes::Bytes;
use serde::de::value::SeqDeserializer;
use serde::{Deserialize, Deserializer};

pub(crate) use decoded_size::decodes_larger_than;
pub(crate) use error_body::ErrorBody;
pub(crate) use head::Head;
pub(crate) use locate::mismatch_of;

use crate::attempts::Attempts;
use crate::error::Kind;
use crate::redact::Redactor;
use crate::wire::{Blank, Decode as _, Int, Optional, Total, from_json};
use crate::{BesideResult, Documented, Method, Reply, Time};
use error_body::ErrorCode;
use json::{is_object, json_of};

/// `{"result": …, "total": …, "next": …, "time": …}`, or the same with `error`.
#[derive(Deserialize)]
#[serde(bound = "M: Method")]
struct Envelope<M: Method> {
    #[serde(default, deserialize_with = "present::<M, _>")]
    result: Option<M::Output>,
    #[serde(default)]
    error: Option<ErrorCode>,
    #[serde(default, deserialize_with = "Total::decode")]
    total: Option<u64>,
    #[serde(default, deserialize_with = "Optional::<Int, Blank>::decode")]
    next: Option<i64>,
    #[serde(
        default,
        deserialize_with = "Optional::<crate::wire::Plain, crate::wire::BlankObject>::decode"
    )]
    time: Option<Time>,
}

/// A result that is there, even where it is `null`.
fn present<'de, M: Method, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<M::Output>, D::Error> {
    M::decode(deserializer).map(Some)
}

/// Decodes an answer: in one pass where it is what it should be, and in further ones to say what it is instead.
pub(crate) fn decode<M: Method>(
    head: &Head,
    body: &Bytes,
    redactor: &Redactor<'_>,
) -> Result<Reply<M::Output>, Kind> {
    let Some(text) = json_of(body) else {
        let excerpt = redactor.excerpt(&String::from_utf8_lossy(body));
        return Err(if head.status.is_success() {
            Kind::Unreadable {
                status: head.status,
                problem: "it is not UTF-8".into(),
                excerpt,
            }
        } else {
            head.bare(excerpt)
        });
    };
    if !head.status.is_success() {
        let kind = refused(M::ERRORS, head, text, redactor);
        return empty_list::<M>(kind.unwrap_or_else(|| head.without_error(text, redactor)));
    }
    let envelope = if is_object(text) {
        from_json::<Envelope<M>>(text).map_err(Some)
    } else {
        Err(None)
    };
    match envelope {
        Ok(Envelope {
            result: Some(result),
            error: None,
            total,
            next,
            time,
        }) => Ok(reply::<M>(result, total, next, time)),
        other => empty_list::<M>(refused(M::ERRORS, head, text, redactor).unwrap_or_else(|| {
            locate::mismatch::<Envelope<M>>(head.status, text, other.err().flatten(), redactor)
        })),
    }
}

/// A result, with what stands beside it.
fn reply<M: Method>(
    mut result: M::Output,
    total: Option<u64>,
    next: Option<i64>,
    time: Option<Time>,
) -> Reply<M::Output> {
    M::beside_result(&mut result, &BesideResult::new(next, total));
    Reply {
        result,
        total,
        next,
        time: time.unwrap_or_default(),
        past: Attempts::default(),
    }
}

/// An empty list, if an error says only that, or the error.
fn empty_list<M: Method>(kind: Kind) -> Result<Reply<M::Output>, Kind> {
    let is_empty_list = matches!(&kind, Kind::Api(error) if error.is_empty_list(M::NOTHING));
    let rows = SeqDeserializer::<_, serde_json::Error>::new(std::iter::empty::<()>());
    match is_empty_list.then(|| M::decode(rows)) {
        Some(Ok(result)) => Ok(reply::<M>(result, None, None, None)),
        _ => Err(kind),
    }
}

/// The error of the API in a body, if there is one. Some methods answer it with the status 200.
pub(crate) fn refused(
    documented: &[Documented],
    head: &Head,
    text: &str,
    redactor: &Redactor<'_>,
) -> Option<Kind> {
    let body = ErrorBody::of(text)?.ok()?;
    body.into_api(head.status, documented, redactor)
        .map(Kind::Api)
}

#[cfg(test)]
mod tests;
