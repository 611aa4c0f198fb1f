//! Why a delivery is not taken.

use std::fmt;

use http::StatusCode;

use crate::redact::{excerpt, without_texts};

/// How much of a problem is shown.
const LIMIT: usize = 300;

/// Why the body of a request was not taken for an event.
///
/// A handler may show or log it: it quotes nothing of the body but names of fields.
#[derive(Debug)]
pub struct DeliveryError(Kind);

#[derive(Debug)]
enum Kind {
    /// The body is not what portals send.
    Malformed {
        /// Which field, counted from 1.
        field: Option<usize>,
        problem: &'static str,
    },
    /// There is no proof of where it comes from.
    Unverified(&'static str),
    /// Its content does not have the form that was asked for: where, and how.
    Decode(String),
}

impl DeliveryError {
    pub(crate) fn malformed(field: Option<usize>, problem: &'static str) -> Self {
        Self(Kind::Malformed { field, problem })
    }

    pub(super) fn unverified(problem: &'static str) -> Self {
        Self(Kind::Unverified(problem))
    }

    /// Something that the event must have is not there.
    pub(crate) fn missing(name: &str) -> Self {
        Self(Kind::Decode(format!("it has no {name}")))
    }

    pub(super) fn decode(error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        let problem = without_texts(&error.to_string());
        Self(Kind::Decode(excerpt(&problem, &[], LIMIT)))
    }

    /// The status of the answer to the sender.
    ///
    /// | status | why |
    /// |---|---|
    /// | 400 | [`DeliveryError::is_malformed`] |
    /// | 403 | [`DeliveryError::is_unverified`]. Not 401, which would invite the sender to try again with other credentials; there is nothing that the portal could do |
    /// | 422 | [`DeliveryError::is_decode`] |
    ///
    /// The portal does not send an event again, whatever the status is.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match &self.0 {
            Kind::Malformed { .. } => StatusCode::BAD_REQUEST,
            Kind::Unverified(_) => StatusCode::FORBIDDEN,
            Kind::Decode(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Whether the body is not what portals send: not a form, cut, without an event.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        matches!(self.0, Kind::Malformed { .. })
    }

    /// Whether the application token is missing or another one: the event may be forged.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        matches!(self.0, Kind::Unverified(_))
    }

    /// Whether the event does not have the form of the requested type; a `serde_json::Value` reads any event.
    /// Where it was verified, it does come from the portal.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.0, Kind::Decode(_))
    }
}

impl fmt::Display for DeliveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Malformed {
                field: Some(field),
                problem,
            } => write!(f, "the body is not an event, see field {field}: {problem}"),
            Kind::Malformed {
                field: None,
                problem,
            } => write!(f, "the body is not an event: {problem}"),
            Kind::Unverified(problem) => write!(f, "the event is not verified: {problem}"),
            Kind::Decode(problem) => {
                write!(f, "the event does not have the expected form: {problem}")
            }
        }
    }
}

impl std::error::Error for DeliveryError {}
