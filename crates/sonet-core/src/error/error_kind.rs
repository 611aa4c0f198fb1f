//! What went wrong, to match on.

use super::kind::Kind;
use super::{Error, token_server};
use crate::CauseKind;

/// What went wrong, to match on: [`Error::kind`].
///
/// Each error has one kind, the first that fits in the order of this list. The predicates of [`Error`] ask for more than
/// one: a time-out of the connection is [`ErrorKind::Timeout`], and [`Error::is_connect`] as well.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::{Error, ErrorKind};
///
/// fn advice(error: &Error) -> &'static str {
///     match error.kind() {
///         ErrorKind::NeedsAuthorization => "authorize the application again",
///         ErrorKind::UnknownHost | ErrorKind::Certificate | ErrorKind::NoTls => "check the settings",
///         ErrorKind::Limit | ErrorKind::Timeout | ErrorKind::Connect => "try later",
///         _ => "look at the text",
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call's time, [`Config::call_timeout`](crate::Config::call_timeout), was over or would have been:
    /// [`Error::is_deadline`]. Allow more time, or call later; [`Error::executed`] says whether the method may have
    /// run.
    Deadline,
    /// The client could not be set up: [`Error::is_config`]. Correct the setting that the text names.
    Config,
    /// A parameter was refused before sending: [`Error::is_invalid`]. Correct it; the source is an
    /// [`Invalid`](crate::Invalid).
    Invalid,
    /// A user has to authorize the application again: [`Error::needs_authorization`]. Send the user to
    /// [`App::authorization_address`](crate::App::authorization_address).
    NeedsAuthorization,
    /// The call is not authorized: [`Error::is_auth`]. Check the webhook or the token, its scopes, and who it belongs to.
    Auth,
    /// The portal refused for its limits, before running the method, more often than the retry policy allows:
    /// [`Error::is_limit`]. Call later, or less often.
    Limit,
    /// The server answered another error. [`Error::is`] and [`Error::api`] say which; it would answer the same again,
    /// unless [`Error::executed`] is unknown.
    Api,
    /// There is no host of this name. [`Error::is_connect`] is true. Correct the address; on Windows and Apple's systems, the
    /// network may be down instead.
    UnknownHost,
    /// The server's certificate was refused. [`Error::is_connect`] is true. Trust its authority with
    /// [`Config::ca_certificate`](crate::Config::ca_certificate), or mend the certificate: the text says which.
    Certificate,
    /// The server does not speak TLS at this port. [`Error::is_connect`] is true. Correct the address.
    NoTls,
    /// Time ran out for connecting or for the answer: [`Error::is_timeout`]. Call later, or allow more time with
    /// [`Config::response_timeout`](crate::Config::response_timeout); [`Error::executed`] says whether the method may
    /// have run.
    Timeout,
    /// No connection came about: [`Error::is_connect`]. The method did not run; call later.
    Connect,
    /// The request was sent, and no answer came. Find out whether the method ran, as its documentation says.
    Lost,
    /// The answer is larger than the limit: [`Error::is_body_limit`]. Ask for less, or raise
    /// [`Config::body_limit`](crate::Config::body_limit).
    BodyLimit,
    /// The answer can't be read, or does not have the expected form: [`Error::is_decode`]. [`Error::path`] and
    /// [`Error::excerpt`] say where and what; please report it.
    Decode,
    /// The portal has moved to where the call may not follow: [`Error::moved_to`]. Allow it with
    /// [`Config::allow_redirect_to`](crate::Config::allow_redirect_to), or configure the new address.
    Moved,
    /// The server, or something before it, answered a status without an error of the API: [`Error::status`]. Check the
    /// address, and what stands between.
    Status,
    /// The token server failed to give new tokens, and may give them the next time. Call later.
    TokenServer,
    /// A store failed that keeps tokens or limits: [`Error::is_store`]. Mend the store that the text tells of.
    Store,
    /// A walk over a list could not be completed: [`Error::is_incomplete`]. Walk again, by identifier if possible.
    Incomplete,
    /// A command of a batch was not run: [`Error::is_not_run`]. Call it again, once what failed before it is mended.
    NotRun,
    /// A command of a batch ran with the bare text of a reference: [`Error::is_unresolved`]. Undo what it did, and give
    /// the value itself.
    Unresolved,
    /// A driver did not keep to the contract of [`Machine`](crate::Machine). It is a mistake in the driver, and please
    /// report it if that is a client of this project.
    Driver,
}

impl ErrorKind {
    /// Every kind, for tests that go over all of them.
    #[cfg(any(test, feature = "testing"))]
    pub const ALL: &'static [Self] = &[
        Self::Deadline,
        Self::Config,
        Self::Invalid,
        Self::NeedsAuthorization,
        Self::Auth,
        Self::Limit,
        Self::Api,
        Self::UnknownHost,
        Self::Certificate,
        Self::NoTls,
        Self::Timeout,
        Self::Connect,
        Self::Lost,
        Self::BodyLimit,
        Self::Decode,
        Self::Moved,
        Self::Status,
        Self::TokenServer,
        Self::Store,
        Self::Incomplete,
        Self::NotRun,
        Self::Unresolved,
        Self::Driver,
    ];

    /// Its name in snake case, as for a label of metrics: `needs_authorization`. A span has it as OpenTelemetry's
    /// `error.type`, unless the answer's status says more; a deadline is `timeout` there.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deadline => "deadline",
            Self::Config => "config",
            Self::Invalid => "invalid",
            Self::NeedsAuthorization => "needs_authorization",
            Self::Auth => "auth",
            Self::Limit => "limit",
            Self::Api => "api",
            Self::UnknownHost => "unknown_host",
            Self::Certificate => "certificate",
            Self::NoTls => "no_tls",
            Self::Timeout => "timeout",
            Self::Connect => "connect",
            Self::Lost => "lost",
            Self::BodyLimit => "body_limit",
            Self::Decode => "decode",
            Self::Moved => "moved",
            Self::Status => "status",
            Self::TokenServer => "token_server",
            Self::Store => "store",
            Self::Incomplete => "incomplete",
            Self::NotRun => "not_run",
            Self::Unresolved => "unresolved",
            Self::Driver => "driver",
        }
    }
}

impl Error {
    /// What went wrong, to match on. The predicates say the same in other words, and sometimes more.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        if self.is_deadline() {
            return ErrorKind::Deadline;
        }
        match self.problem() {
            Kind::Config(_) => ErrorKind::Config,
            Kind::Invalid(_) | Kind::Encode(_) => ErrorKind::Invalid,
            Kind::Api(_) => self.of_answer().unwrap_or(ErrorKind::Api),
            Kind::Status {
                redirect: Some(_), ..
            } => ErrorKind::Moved,
            Kind::Status { .. } => ErrorKind::Status,
            Kind::Unreadable { .. } | Kind::Decode { .. } => ErrorKind::Decode,
            Kind::NoResponse { sent, cause } => of_cause(*sent, cause.kind()),
            Kind::TokenServer(kind) => self.of_token_server(kind),
            Kind::IncompletePair(_) | Kind::OtherPortal(_) | Kind::LostPair(_) => {
                ErrorKind::TokenServer
            }
            Kind::Deadline(_) => ErrorKind::Deadline,
            Kind::Store(_) => ErrorKind::Store,
            Kind::Walk(_) => ErrorKind::Incomplete,
            Kind::NotRun(_) => ErrorKind::NotRun,
            Kind::Unresolved(_) => ErrorKind::Unresolved,
            Kind::Unreported | Kind::Ended => ErrorKind::Driver,
        }
    }

    /// What an error of the API is, if it is one that has a kind of its own.
    fn of_answer(&self) -> Option<ErrorKind> {
        if self.is_auth() {
            Some(ErrorKind::Auth)
        } else if self.is_limit() {
            Some(ErrorKind::Limit)
        } else {
            None
        }
    }

    fn of_token_server(&self, kind: &Kind) -> ErrorKind {
        if token_server::is_permanent(kind) {
            return ErrorKind::NeedsAuthorization;
        }
        match kind {
            Kind::NoResponse { sent, cause } => match of_cause(*sent, cause.kind()) {
                // The method itself was not sent.
                ErrorKind::Lost | ErrorKind::BodyLimit => ErrorKind::TokenServer,
                kind => kind,
            },
            _ => self.of_answer().unwrap_or(ErrorKind::TokenServer),
        }
    }
}

fn of_cause(sent: bool, cause: CauseKind) -> ErrorKind {
    match cause {
        CauseKind::Timeout => ErrorKind::Timeout,
        CauseKind::BodyLimit => ErrorKind::BodyLimit,
        CauseKind::UnknownHost => ErrorKind::UnknownHost,
        CauseKind::Certificate(_) => ErrorKind::Certificate,
        CauseKind::NoTls => ErrorKind::NoTls,
        CauseKind::Other if sent => ErrorKind::Lost,
        CauseKind::Other => ErrorKind::Connect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_called_as_its_variant_is() {
        for kind in ErrorKind::ALL {
            let words = kind.as_str().split('_').map(|word| {
                let (first, rest) = word.split_at(1);
                first.to_uppercase() + rest
            });
            assert_eq!(words.collect::<String>(), format!("{kind:?}"));
        }
    }
}
