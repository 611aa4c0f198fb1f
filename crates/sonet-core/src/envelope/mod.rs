//! The envelope of an answer, in every form that it comes in.

mod error_body;
mod find;
mod locate;
mod outline;
mod weight;

use bytes::Bytes;
use http::header::LOCATION;
use http::{Response, StatusCode};
use serde::de::IgnoredAny;
use serde::de::value::SeqDeserializer;
use serde::{Deserialize, Deserializer};

use crate::address::host::in_ascii;
use crate::error::{Failed, Kind};
use crate::moves::Obstacle;
use crate::redact::quote;
use crate::wire::{Blank, Decode as _, Int, Maybe, Total, from_json};
use crate::{Address, Documented, Method, Reply, Secret, Time};

pub(crate) use error_body::ErrorBody;
use error_body::ErrorCode;
pub(crate) use locate::mismatch_of;
pub(crate) use weight::outweighs;

/// How an error quotes an answer: a bounded piece, free of secrets.
pub(crate) struct Quote<'a>(pub(crate) &'a [&'a Secret]);

impl Quote<'_> {
    /// How much an error quotes, in bytes.
    const LIMIT: usize = 240;

    pub(crate) fn piece(&self, text: &str) -> String {
        quote(text, self.0, Self::LIMIT)
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
    #[serde(default, deserialize_with = "Total::decode")]
    total: Option<u64>,
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
    let Some(text) = json_of(body) else {
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
        let kind = refused(M::ERRORS, head, text, quote);
        return nothing::<M>(kind.unwrap_or_else(|| head.without_error(text, quote)));
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
        }) => Ok(Reply {
            result,
            total,
            next,
            time: time.unwrap_or_default(),
            past: Failed::default(),
        }),
        other => nothing::<M>(refused(M::ERRORS, head, text, quote).unwrap_or_else(|| {
            locate::mismatch::<Envelope<M>>(head.status, text, other.err().flatten(), quote)
        })),
    }
}

/// An empty list, if an error says only that, or the error.
fn nothing<M: Method>(kind: Kind) -> Result<Reply<M::Output>, Kind> {
    let says_nothing = matches!(&kind, Kind::Api(error) if error.says_nothing(M::NOTHING));
    let rows = SeqDeserializer::<_, serde_json::Error>::new(std::iter::empty::<()>());
    match says_nothing.then(|| M::decode(rows)) {
        Some(Ok(result)) => Ok(Reply {
            result,
            total: None,
            next: None,
            time: Time::default(),
            past: Failed::default(),
        }),
        _ => Err(kind),
    }
}

/// The error of the API in a body, if there is one. Some methods answer it with the status 200.
pub(crate) fn refused(
    documented: &[Documented],
    head: &Head,
    text: &str,
    quote: &Quote<'_>,
) -> Option<Kind> {
    let body = ErrorBody::of(text)?.ok()?;
    body.into_api(head.status, documented, quote).map(Kind::Api)
}

/// The text of a body, if it is UTF-8, without the byte order marks that a PHP file puts before its output.
///
/// One check of the whole body is cheaper than one of each text in it.
pub(crate) fn json_of(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    Some(text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_ascii_whitespace()))
}

/// Whether a text is JSON, whatever its values are.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Whether a text can be an envelope: a list could be read too, as the fields in their order.
fn is_object(text: &str) -> bool {
    text.starts_with('{')
}

/// What a response says before its body.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) moved: Option<Moved>,
}

/// Where a redirect leads. Not the whole address: it holds the secret.
#[derive(Debug, Clone)]
pub(crate) struct Moved {
    /// The host, to be shown.
    pub(crate) host: String,
    /// The address, if it is one that a portal can have.
    pub(crate) address: Option<Address>,
    /// Why a call does not follow, if it does not.
    pub(crate) obstacle: Obstacle,
}

impl Head {
    pub(crate) fn of<B>(response: &Response<B>, quote: &Quote<'_>) -> Self {
        let status = response.status();
        let location = response
            .headers()
            .get(LOCATION)
            .filter(|_| is_move(status))
            .and_then(|location| std::str::from_utf8(location.as_bytes()).ok());
        let moved = location.and_then(|location| {
            let uri = in_ascii(location).ok()?;
            let uri = uri.parse::<http::Uri>().ok()?;
            let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
            Some(Moved {
                host: quote.piece(authority.host()),
                address: Address::parse_any(&format!("{scheme}://{authority}")).ok(),
                obstacle: Obstacle::of_scheme(scheme),
            })
        });
        Self { status, moved }
    }

    /// What an answer is that has no error of the API, or none that can be read.
    fn without_error(&self, text: &str, quote: &Quote<'_>) -> Kind {
        match ErrorBody::problem(text).filter(|_| !is_move(self.status) && is_json(text)) {
            Some(problem) => Kind::Unreadable {
                status: self.status,
                problem: quote.piece(&problem),
                piece: quote.piece(text),
            },
            None => self.bare(quote.piece(text)),
        }
    }

    fn bare(&self, piece: String) -> Kind {
        Kind::Status {
            status: self.status,
            moved: self.moved.clone(),
            piece,
        }
    }
}

/// Whether a status says that the same request belongs elsewhere, and so has not run here.
pub(crate) fn is_move(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    )
}

#[cfg(test)]
mod tests;
