//! What goes wrong on purpose: between the portal and its clients, or behind a client's back.
//!
//! A `table` of rules decides which calls something happens to. A new fault is a variant of
//! [`Fault`], which says what goes out instead of the answer, and a word in `spec`; the socket's part
//! of it, if it has one, is in `server/reply`. A failure inside of the portal is none of these: see
//! `rest/failures`.

mod rule;
mod spec;
mod table;

pub(crate) use rule::{Hook, Rule};
pub use spec::SpecError;
pub(crate) use table::Plan;
pub use table::{Faults, FaultsOf};

use crate::rest::http::Response;
use std::fmt;
use std::time::Duration;

/// One thing that goes wrong with an answer.
///
/// *Before* execution the call never reaches the portal; *after* it, the portal has done what it
/// was asked to, and only the answer suffers. A client can't tell these apart, and that is the point.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is reset instead of an answer.
    Reset,
    /// No answer comes, and the connection stays open until the client gives up.
    Hang,
    /// The connection ends in the middle of the body.
    Truncate,
    /// The body comes byte by byte, with this pause before each. Before execution it is the body of
    /// an error 500, as there is no true one.
    Slow(Duration),
    /// The head announces so many bytes more, or less, than the body has, and the connection ends
    /// after the body.
    Length(i32),
    /// A status 200 with something that begins like JSON and is none.
    Garbage,
    /// The head says that the body is compressed, and it is not.
    NotGzip,
    /// A page in HTML with a status such as 502, from the web server in front of the portal.
    Page(u16),
    /// A status 500 with an empty code in its JSON.
    Internal,
    /// The refusal of too many requests: 503 `QUERY_LIMIT_EXCEEDED`.
    QueryLimit,
    /// The refusal of a method that took too much time: 429 `OPERATION_TIME_LIMIT`.
    OperationTime,
}

impl Fault {
    /// The answer that goes out in the place of the true one, or of none.
    pub(crate) fn apply_to(&self, answer: Option<Response>) -> Response {
        let error = |status, code: &str, text: &str| {
            let body = format!(r#"{{"error":"{code}","error_description":"{text}"}}"#);
            Response::json(status, body)
        };
        match self {
            Self::Page(status) => Response::page(*status),
            Self::Internal => error(500, "", "Internal server error"),
            Self::QueryLimit => error(503, "QUERY_LIMIT_EXCEEDED", "Too many requests"),
            Self::OperationTime => error(
                429,
                "OPERATION_TIME_LIMIT",
                "Method is blocked due to operation time limit",
            ),
            Self::Garbage => {
                Response::json(200, r#"{"result":[{"ID":"1",<b>Notice</b>"#.to_owned())
            }
            // Whole and slow, it would be believed: what has not executed must not look as if.
            Self::Slow(_) => answer
                .unwrap_or_else(|| error(500, "INTERNAL_SERVER_ERROR", "Internal server error")),
            // These can't be read to the end, so that it may look like a success.
            Self::Reset | Self::Hang | Self::Truncate | Self::Length(_) | Self::NotGzip => {
                answer.unwrap_or_else(|| Response::json(200, r#"{"result":true}"#.to_owned()))
            }
        }
    }
}

impl fmt::Display for Fault {
    /// Writes the fault as `--fault` takes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reset => f.write_str("reset"),
            Self::Hang => f.write_str("hang"),
            Self::Truncate => f.write_str("truncate"),
            Self::Slow(pause) => write!(f, "slow={}", pause.as_millis()),
            Self::Length(difference) => write!(f, "length={difference:+}"),
            Self::Garbage => f.write_str("garbage"),
            Self::NotGzip => f.write_str("gzip"),
            Self::Page(status) => write!(f, "page={status}"),
            Self::Internal => f.write_str("500"),
            Self::QueryLimit => f.write_str("503"),
            Self::OperationTime => f.write_str("429"),
        }
    }
}
