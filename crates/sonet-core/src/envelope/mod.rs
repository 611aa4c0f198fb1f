//! The envelope of an answer, in every form that it comes in.

mod error_body;
mod locate;

use bytes::Bytes;
use http::header::LOCATION;
use http::{Response, StatusCode};
use serde::{Deserialize, Deserializer};

use crate::error::Kind;
use crate::redact::{redact, shorten};
use crate::wire::{Blank, Decode as _, Int, Maybe};
use crate::{Documented, Method, Reply, Secret, Time};

use error_body::{ErrorBody, ErrorCode};

/// How an error quotes a body: a bounded piece, free of secrets. They are masked before the cut, which could otherwise
/// leave a part of one.
pub(crate) struct Quote<'a>(pub(crate) &'a [&'a Secret]);

impl Quote<'_> {
    /// How much of a body an error quotes, in bytes.
    const LIMIT: usize = 240;

    fn piece(&self, text: &str) -> String {
        shorten(redact(text, self.0.iter().copied()).trim(), Self::LIMIT)
    }
}

/// `{"result": …, "total": …, "next": …, "time": …}`, or the same with `error`.
#[derive(Deserialize)]
#[serde(bound = "M: Method")]
struct Envelope<M: Method> {
    #[serde(default, deserialize_with = "present::<M, _>")]
    result: Option<M::Output>,
    #[serde(default)]
    error: Option<ErrorCode>,
    #[serde(default, deserialize_with = "Maybe::<Int, Blank>::decode")]
    total: Option<i64>,
    #[serde(default, deserialize_with = "Maybe::<Int, Blank>::decode")]
    next: Option<i64>,
    #[serde(
        default,
        deserialize_with = "Maybe::<crate::wire::Plain, crate::wire::BlankObject>::decode"
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
    quote: &Quote<'_>,
) -> Result<Reply<M::Output>, Kind> {
    // One check of the whole body is cheaper than one of each text in it.
    let Ok(text) = std::str::from_utf8(body) else {
        let piece = quote.piece(&String::from_utf8_lossy(body));
        return Err(if head.status.is_success() {
            Kind::Unreadable {
                status: head.status,
                problem: "it is not UTF-8".into(),
                piece,
            }
        } else {
            head.bare(piece)
        });
    };
    if !head.status.is_success() {
        return Err(
            refused(M::ERRORS, head, text, quote).unwrap_or_else(|| head.bare(quote.piece(text)))
        );
    }
    match serde_json::from_str::<Envelope<M>>(text) {
        Ok(Envelope {
            result: Some(result),
            error: None,
            total,
            next,
            time,
        }) => Ok(Reply {
            result,
            total: total.and_then(|total| total.try_into().ok()),
            next,
            time: time.unwrap_or_default(),
        }),
        other => Err(refused(M::ERRORS, head, text, quote).unwrap_or_else(|| {
            locate::mismatch::<Envelope<M>>(head.status, text, other.err(), quote)
        })),
    }
}

/// The error of the API in a body, if there is one. Some methods answer it with the status 200.
fn refused(documented: &[Documented], head: &Head, text: &str, quote: &Quote<'_>) -> Option<Kind> {
    let body: ErrorBody = serde_json::from_str(text).ok()?;
    body.into_api(head.status, documented, quote).map(Kind::Api)
}

/// What a response says before its body.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    /// The host that a redirect names. Not the whole address: it holds the secret.
    pub(crate) moved_to: Option<String>,
}

impl Head {
    pub(crate) fn of<B>(response: &Response<B>) -> Self {
        let location = response
            .headers()
            .get(LOCATION)
            .and_then(|location| location.to_str().ok());
        let host = location.and_then(|location| {
            location
                .parse::<http::Uri>()
                .ok()
                .and_then(|uri| uri.host().map(str::to_owned))
        });
        let status = response.status();
        Self {
            status,
            moved_to: host.filter(|_| status.is_redirection()),
        }
    }

    fn bare(&self, piece: String) -> Kind {
        Kind::Status {
            status: self.status,
            moved_to: self.moved_to.clone(),
            piece,
        }
    }
}

#[cfg(test)]
mod tests;
