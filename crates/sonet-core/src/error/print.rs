//! Errors as text.

use std::fmt;

use super::{ApiError, Error, Kind};
use crate::failure::CauseKind;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(method) = &self.0.method {
            write!(f, "{method}: ")?;
        }
        match &self.0.kind {
            Kind::Config(problem) | Kind::Encode(problem) => f.write_str(problem),
            Kind::Invalid(invalid) => invalid.fmt(f),
            Kind::Api(error) => error.fmt(f),
            Kind::Status {
                status,
                moved_to: Some(host),
                ..
            } => {
                write!(f, "the portal answered {status}: it has moved to {host}")
            }
            Kind::Status { status, piece, .. } => {
                write!(
                    f,
                    "the server answered {status} without an error of the API"
                )?;
                quote(f, piece)
            }
            Kind::Unreadable {
                status,
                problem,
                piece,
            } => {
                write!(f, "the answer ({status}) can't be read: {problem}")?;
                quote(f, piece)
            }
            Kind::Decode {
                path,
                problem,
                piece,
                ..
            } => {
                write!(
                    f,
                    "the answer has another form than expected at `{path}`: {problem}"
                )?;
                quote(f, piece)
            }
            Kind::Failed {
                sent: false, text, ..
            } => write!(f, "not sent: {text}"),
            Kind::Failed {
                kind: CauseKind::BodyLimit,
                text,
                ..
            } => f.write_str(text),
            Kind::Failed {
                sent: true, text, ..
            } => write!(f, "sent, but without an answer: {text}"),
            Kind::Unreported => {
                f.write_str("sent, and polled again before the outcome was reported")
            }
            Kind::Ended => f.write_str("the exchange had ended before"),
        }
    }
}

fn quote(f: &mut fmt::Formatter<'_>, piece: &str) -> fmt::Result {
    if piece.is_empty() {
        f.write_str(" (empty body)")
    } else {
        write!(f, ", in {piece:?}")
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.refusal, self.code.as_str()) {
            (Some(name), _) => f.write_str(name)?,
            (None, "") => f.write_str("refused")?,
            (None, code) => f.write_str(code)?,
        }
        if self.description.is_empty() {
            write!(f, " ({})", self.status)
        } else {
            write!(f, " ({}: {})", self.status.as_u16(), self.description)
        }
    }
}

/// Begins with the text: this is what a `main` that returns the error prints.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("text", &format_args!("{self}"))
            .field("executed", &self.executed())
            .finish_non_exhaustive()
    }
}
