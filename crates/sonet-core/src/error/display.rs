//! Errors as text.

use std::fmt;

use super::api::ApiError;
use super::kind::Kind;
use super::{Error, token_server};
use crate::failure::{Cause, CauseKind};
use crate::redirect::Rejection;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(method) = &self.0.method {
            write!(f, "{method}: ")?;
        }
        self.0.kind.fmt(f)?;
        match self.0.past.count {
            0 | 1 => {}
            attempts => write!(f, " (after {attempts} attempts)")?,
        }
        if self.0.at_deadline {
            f.write_str("; the call had no time left")?;
        }
        Ok(())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(problem)
            | Self::Encode(problem)
            | Self::Store(problem)
            | Self::Walk(problem)
            | Self::Unresolved(problem) => f.write_str(problem),
            Self::NotRun(why) => write!(f, "not run: {why}"),
            Self::Invalid(invalid) => invalid.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Status {
                status,
                redirect: Some(redirect),
                ..
            } => {
                let (host, why) = (&redirect.host, advice(redirect.rejection));
                write!(
                    f,
                    "the portal answered {status}: it has moved to {host}, {why}"
                )
            }
            Self::Status {
                status, excerpt, ..
            } => {
                write!(
                    f,
                    "the server answered {status} without an error of the API"
                )?;
                note_empty(f, excerpt)
            }
            Self::Unreadable {
                status,
                problem,
                excerpt,
            } => {
                write!(f, "the answer ({status}) can't be read: {problem}")?;
                note_empty(f, excerpt)
            }
            Self::Decode {
                path,
                problem,
                excerpt,
                ..
            } => {
                write!(
                    f,
                    "the answer does not have the expected form at `{path}`: {problem}"
                )?;
                note_empty(f, excerpt)
            }
            Self::NoResponse { sent: false, cause } => write!(f, "not sent: {cause}"),
            Self::NoResponse {
                cause:
                    cause @ Cause {
                        kind: CauseKind::BodyLimit,
                        ..
                    },
                ..
            } => cause.fmt(f),
            Self::NoResponse { sent: true, cause } => {
                write!(f, "sent, but no answer came: {cause}")
            }
            Self::Deadline(None) => f.write_str("not sent: the call had no time left"),
            Self::Deadline(Some(wait)) => write!(
                f,
                "not sent: the call does not have enough time left to wait for {wait}"
            ),
            Self::TokenServer(kind) => token_server::print(f, kind),
            Self::LostPair(kind) => token_server::print_lost(f, kind),
            Self::OtherPortal(problem) => f.write_str(problem),
            Self::IncompletePair(status) => write!(
                f,
                "the token server's answer ({status}) has one token instead of a pair, and the code is used up; a user has to \
                 authorize the application again"
            ),
            Self::Unreported => {
                f.write_str("sent, and polled again before the outcome was reported")
            }
            Self::Ended => f.write_str("the exchange had already ended"),
        }
    }
}

/// Why a call did not follow the portal, and what to do about it.
fn advice(rejection: Rejection) -> &'static str {
    match rejection {
        Rejection::Foreign => {
            "where this client may not follow it; if that host is the portal, allow it with \
             `Config::allow_redirect_to`, or configure the new address"
        }
        Rejection::Insecure => {
            "over http, where the secret could be read on the way, so calls do not follow it; if that host is the \
             portal, configure its https address"
        }
        Rejection::Malformed => {
            "which is not a portal's address, so calls do not follow it; configure the portal's current address"
        }
        Rejection::Repeated => {
            "after this call had already followed it once, which is the limit; make the call again, or configure the \
             portal's current address"
        }
    }
}

/// Says that there was no body. What one holds may be of people, so it is not shown: `Error::excerpt` has it.
fn note_empty(f: &mut fmt::Formatter<'_>, excerpt: &str) -> fmt::Result {
    if excerpt.is_empty() {
        f.write_str(" (empty body)")
    } else {
        Ok(())
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

/// Begins with the text: this is what a `main` that returns the error prints. What could not be read of an answer is
/// shown where `Config::debug_excerpts` says so.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("text", &format_args!("{self}"));
        // A walk only reads, too.
        if !self.0.past.only_reads && !self.is_incomplete() {
            debug.field("executed", &self.executed());
        }
        if let Some(excerpt) = self.excerpt().filter(|_| self.0.past.shows_excerpts) {
            debug.field("excerpt", &excerpt);
        }
        debug.finish_non_exhaustive()
    }
}
