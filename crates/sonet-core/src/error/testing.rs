//! Errors for unit tests of programs that use a client.

use std::io;

use http::StatusCode;

use super::api::ApiError;
use super::kind::Kind;
use super::{Error, ErrorKind, NamedRefusal};
use crate::attempts::Attempts;
use crate::failure::{Cause, CertificateProblem, Failure};
use crate::redact::Redactor;
use crate::redirect::{Redirect, Rejection};
use crate::{Effect, Invalid, Method, WaitReason};

/// With the feature `testing`: errors as a client gives them, for unit tests of the code that handles them.
#[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
impl Error {
    /// The error of a call that the server refused with this documented error: `Error::refused(Refusal::GroupNotFound)`.
    ///
    /// The method did not run. The status is 400, and the description is empty; [`Error::refused_by`] has the
    /// documented one.
    #[must_use]
    pub fn refused(refusal: impl NamedRefusal) -> Self {
        Self::sent_once(None, Kind::Api(refusing(refusal.name(), "", "")))
    }

    /// The error of a call of this method that the server refused with this documented error, with the code and the
    /// description that the method documents: `Error::refused_by::<Get>(Refusal::GroupNotFound)`.
    ///
    /// If the method does not document it, it is as [`Error::refused`] has it.
    #[must_use]
    pub fn refused_by<M: Method>(refusal: impl NamedRefusal) -> Self {
        let name = refusal.name();
        let documented = M::ERRORS.iter().find(|error| error.name() == name);
        let (code, text) = documented.map_or(("", ""), |error| (error.code(), error.text()));
        Self::sent_once(Some(M::NAME), Kind::Api(refusing(name, code, text)))
    }

    /// An error of this kind, of a call of `sonet_group.get` to `portal.example.com`, with the text that a real one might
    /// have. [`Error::example_of`] has it of another method.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use sonet_async::{Error, ErrorKind, Executed};
    ///
    /// let error = Error::example(ErrorKind::Timeout);
    /// assert!(error.is_timeout());
    /// assert_eq!(error.executed(), Executed::Unknown);
    /// ```
    #[must_use]
    pub fn example(kind: ErrorKind) -> Self {
        Self::example_as("sonet_group.get", Effect::Read, kind)
    }

    /// An error of this kind, of a call of this method: as [`Error::example`], with the method's name, and what belongs to
    /// its effect. A client's `reconcile` looks for such a call as for one of which nobody knows when it ended.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use serde::Serialize;
    /// use sonet_async::{Effect, Error, ErrorKind, Method};
    ///
    /// #[derive(Serialize)]
    /// struct AddDeal {}
    ///
    /// impl Method for AddDeal {
    ///     const NAME: &'static str = "crm.deal.add";
    ///     const EFFECT: Effect = Effect::Write;
    ///     type Output = u64;
    /// }
    ///
    /// let error = Error::example_of::<AddDeal>(ErrorKind::Lost);
    /// assert_eq!(error.method(), Some("crm.deal.add"));
    /// ```
    #[must_use]
    pub fn example_of<M: Method>(kind: ErrorKind) -> Self {
        Self::example_as(M::NAME, M::EFFECT, kind)
    }

    fn example_as(method: &str, effect: Effect, kind: ErrorKind) -> Self {
        let past = Attempts {
            only_reads: effect == Effect::Read,
            ..Attempts::default()
        };
        match example(kind) {
            // No call, and so no method: a client could not be set up.
            Example::Unsent(Kind::Config(problem)) => Self::config(problem),
            Example::Unsent(kind) => Self::with(None, kind).of(method, past),
            Example::Sent(kind) => Self::with(None, kind).of(method, Attempts { count: 1, ..past }),
            Example::TokenServer(kind) => Self::token_server(kind).of(method, past),
        }
    }

    fn sent_once(method: Option<&str>, kind: Kind) -> Self {
        let mut error = Self::with(method.map(str::to_owned), kind);
        error.0.past.count = 1;
        error
    }
}

/// How far a call came.
enum Example {
    Unsent(Kind),
    Sent(Kind),
    TokenServer(Kind),
}

fn example(kind: ErrorKind) -> Example {
    let cause = |text: &'static str, of: &dyn Fn(&(dyn std::error::Error + 'static)) -> Cause| {
        of(&io::Error::other(text))
    };
    match kind {
        ErrorKind::Deadline => Example::Unsent(Kind::Deadline(Some(WaitReason::Rate))),
        ErrorKind::Config => {
            Example::Unsent(Kind::Config("portal address: it is empty".to_owned()))
        }
        ErrorKind::Invalid => Example::Unsent(Kind::Invalid(Invalid::new(
            "GROUP_ID",
            "identifiers start at 1",
        ))),
        ErrorKind::NeedsAuthorization => Example::TokenServer(Kind::Api(answer(
            StatusCode::BAD_REQUEST,
            "invalid_grant",
            "",
        ))),
        ErrorKind::Auth => Example::Sent(Kind::Api(answer(
            StatusCode::UNAUTHORIZED,
            "INVALID_CREDENTIALS",
            "Invalid request credentials",
        ))),
        ErrorKind::Limit => Example::Sent(Kind::Api(answer(
            StatusCode::SERVICE_UNAVAILABLE,
            "QUERY_LIMIT_EXCEEDED",
            "Too many requests",
        ))),
        ErrorKind::Api => Example::Sent(Kind::Api(answer(
            StatusCode::FORBIDDEN,
            "ACCESS_DENIED",
            "Access denied",
        ))),
        ErrorKind::UnknownHost => Example::Sent(not_sent(cause(
            "failed to lookup address information: Name or service not known",
            &|error| Cause::unknown_host(error),
        ))),
        ErrorKind::Certificate => Example::Sent(not_sent(cause(
            "invalid peer certificate: UnknownIssuer",
            &|error| Cause::certificate(CertificateProblem::Untrusted, error),
        ))),
        ErrorKind::NoTls => Example::Sent(not_sent(cause(
            "received corrupt message of type InvalidContentType",
            &|error| Cause::no_tls(error),
        ))),
        ErrorKind::Timeout => {
            Example::Sent(lost(Cause::of(&io::Error::from(io::ErrorKind::TimedOut))))
        }
        ErrorKind::Connect => Example::Sent(not_sent(Cause::of(&io::Error::from(
            io::ErrorKind::ConnectionRefused,
        )))),
        ErrorKind::Lost => Example::Sent(lost(Cause::of(&io::Error::from(
            io::ErrorKind::ConnectionReset,
        )))),
        ErrorKind::BodyLimit => Example::Sent(lost(Cause::body_limit(64 * 1024 * 1024))),
        ErrorKind::Decode => Example::Sent(Kind::Decode {
            status: StatusCode::OK,
            ran: true,
            path: "result[0].ID".to_owned(),
            problem: "invalid type: null, expected a number".to_owned(),
            excerpt: r#"{"result":[{"ID":null}]}"#.to_owned(),
        }),
        ErrorKind::Moved => Example::Sent(Kind::Status {
            status: StatusCode::FOUND,
            redirect: Some(Redirect {
                host: "other.example.com".to_owned(),
                origin: Some("https://other.example.com".to_owned()),
                rejection: Rejection::Foreign,
            }),
            excerpt: String::new(),
        }),
        ErrorKind::Status => Example::Sent(Kind::Status {
            status: StatusCode::BAD_GATEWAY,
            redirect: None,
            excerpt: "<html>502 Bad Gateway</html>".to_owned(),
        }),
        ErrorKind::TokenServer => Example::TokenServer(Kind::Status {
            status: StatusCode::BAD_GATEWAY,
            redirect: None,
            excerpt: String::new(),
        }),
        ErrorKind::Store => Example::Unsent(Kind::Store(
            "the new tokens could not be saved: No space left on device (os error 28)".to_owned(),
        )),
        ErrorKind::Incomplete => Example::Sent(Kind::Walk(
            "no rows came, yet another page is announced".to_owned(),
        )),
        ErrorKind::NotRun => Example::Sent(Kind::NotRun(
            "a command before it failed or found no rows, and the batch halts",
        )),
        ErrorKind::Unresolved => Example::Sent(Kind::Unresolved(
            "it ran with the text `$result[c0][ID]` in a parameter, since the earlier result has nothing there".to_owned(),
        )),
        ErrorKind::Driver => Example::Sent(Kind::Unreported),
    }
}

fn refusing(name: &'static str, code: &str, text: &str) -> ApiError {
    ApiError {
        refusal: Some(name),
        ..answer(StatusCode::BAD_REQUEST, code, text)
    }
}

fn answer(status: StatusCode, code: &str, description: &str) -> ApiError {
    ApiError {
        status,
        code: code.to_owned(),
        description: description.to_owned(),
        refusal: None,
        beside_result: false,
    }
}

fn not_sent(cause: Cause) -> Kind {
    at_portal(Failure::NotSent(cause.wrapped()))
}

fn lost(cause: Cause) -> Kind {
    at_portal(Failure::MaybeSent(cause.wrapped()))
}

fn at_portal(failure: Failure) -> Kind {
    let host = Some("portal.example.com");
    Kind::no_response(failure, host, &Redactor(&[]))
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::fmt::Write as _;

    use super::*;
    use crate::{Documented, Executed};

    #[derive(Clone, Copy)]
    struct GroupNotFound;

    impl NamedRefusal for GroupNotFound {
        fn name(self) -> &'static str {
            "GroupNotFound"
        }
    }

    #[derive(serde::Serialize)]
    struct Get;

    impl Method for Get {
        const NAME: &'static str = "sonet_group.get";
        const EFFECT: Effect = Effect::Read;
        const ERRORS: &'static [Documented] =
            &[Documented::new("GroupNotFound", "100", "No such group")];
        type Output = ();
    }

    #[test]
    fn a_refusal_is_as_the_server_would_answer_it() {
        let error = Error::refused(GroupNotFound);
        assert!(error.is(GroupNotFound));
        assert_eq!(error.executed(), Executed::No);
        assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
        assert_eq!(error.to_string(), "GroupNotFound (400 Bad Request)");
        assert_eq!(error.attempts(), 1);

        let error = Error::refused_by::<Get>(GroupNotFound);
        assert!(error.is(GroupNotFound));
        let api = error.api().unwrap();
        assert_eq!((api.code(), api.description()), ("100", "No such group"));
        assert_eq!(
            error.to_string(),
            "sonet_group.get: GroupNotFound (400: No such group)"
        );
    }

    #[test]
    fn there_is_an_error_of_each_kind_and_the_predicates_agree() {
        use ErrorKind as K;
        for kind in K::ALL.iter().copied() {
            let error = Error::example(kind);
            assert_eq!(error.kind(), kind);
            let is = |kinds: &[K]| kinds.contains(&kind);
            for (predicate, is_kind) in [
                (error.is_deadline(), is(&[K::Deadline])),
                (error.is_config(), is(&[K::Config])),
                (error.is_invalid(), is(&[K::Invalid])),
                (error.needs_authorization(), is(&[K::NeedsAuthorization])),
                (error.is_auth(), is(&[K::Auth, K::NeedsAuthorization])),
                (error.is_limit(), is(&[K::Limit])),
                (
                    error.is_connect(),
                    is(&[K::UnknownHost, K::Certificate, K::NoTls, K::Connect]),
                ),
                (error.is_timeout(), is(&[K::Timeout, K::Deadline])),
                (error.is_body_limit(), is(&[K::BodyLimit])),
                (error.is_decode(), is(&[K::Decode])),
                (error.moved_to().is_some(), is(&[K::Moved])),
                (error.is_store(), is(&[K::Store])),
                (error.is_incomplete(), is(&[K::Incomplete])),
                (error.is_not_run(), is(&[K::NotRun])),
                (error.is_unresolved(), is(&[K::Unresolved])),
            ] {
                assert_eq!(predicate, is_kind, "{error:?}");
            }
            assert_eq!(
                error.api().is_some(),
                is(&[K::Api, K::Auth, K::Limit, K::NeedsAuthorization])
            );
        }
    }

    #[test]
    fn an_error_of_any_method_is_as_that_of_the_usual_one() {
        #[derive(serde::Serialize)]
        struct Create;

        impl Method for Create {
            const NAME: &'static str = "sonet_group.create";
            const EFFECT: Effect = Effect::Write;
            type Output = ();
        }

        for kind in ErrorKind::ALL.iter().copied() {
            let (usual, error) = (Error::example(kind), Error::example_of::<Create>(kind));
            assert_eq!(error.kind(), kind);
            assert_eq!(error.executed(), usual.executed());
            assert_eq!(error.attempts(), usual.attempts());
            let text = usual.to_string().replace("sonet_group.get", Create::NAME);
            assert_eq!(error.to_string(), text);
            assert_eq!(error.method(), usual.method().map(|_| Create::NAME));
            let shows = |error: &Error| format!("{error:?}").contains("executed");
            assert!(!shows(&usual) || kind == ErrorKind::Config, "{usual:?}");
            assert_eq!(shows(&error), kind != ErrorKind::Incomplete, "{error:?}");
        }
    }

    #[test]
    fn a_deadline_goes_before_what_the_last_attempt_was() {
        let error = Error::example(ErrorKind::Connect).at_deadline();
        assert_eq!(error.kind(), ErrorKind::Deadline);
        assert!(error.is_connect() && error.is_timeout());
        let late = Kind::no_response(
            Failure::NotSent(Cause::timeout(&io::Error::other("late"))),
            None,
            &Redactor(&[]),
        );
        let late = Error::new("user.get", late);
        assert_eq!(late.kind(), ErrorKind::Timeout);
        assert!(late.is_connect(), "connecting took too long");
    }

    #[test]
    fn what_the_token_server_could_not_be_reached_for_is_told_as_of_the_portal() {
        for (kind, expected) in [
            (ErrorKind::Certificate, ErrorKind::Certificate),
            (ErrorKind::UnknownHost, ErrorKind::UnknownHost),
            (ErrorKind::Timeout, ErrorKind::Timeout),
            (ErrorKind::Lost, ErrorKind::TokenServer),
            (ErrorKind::Limit, ErrorKind::Limit),
            (ErrorKind::Auth, ErrorKind::NeedsAuthorization),
        ] {
            let kind = Error::example(kind).problem().clone();
            let error = Error::token_server(kind);
            assert_eq!(error.kind(), expected, "{error}");
        }
    }

    #[test]
    fn each_kind_says_what_happened_and_whether_the_method_ran() {
        let mut text = String::new();
        for kind in ErrorKind::ALL {
            let error = Error::example(*kind);
            let _ = writeln!(text, "{kind:?}, {:?}: {error}", error.executed());
        }
        insta::assert_snapshot!(text);
    }

    #[test]
    fn the_source_is_the_cause_and_then_what_the_system_said() {
        let error = Error::example(ErrorKind::Connect);
        let cause = error.source().unwrap();
        assert!(cause.is::<Cause>());
        let io = cause.source().unwrap().downcast_ref::<io::Error>();
        assert_eq!(io.unwrap().kind(), io::ErrorKind::ConnectionRefused);
        let error = Error::example(ErrorKind::Invalid);
        assert!(error.source().unwrap().is::<Invalid>());
        assert!(Error::example(ErrorKind::Api).source().is_none());
    }
}
