//! What the token server's answers mean: whether to ask it again, and what to tell a person.

use std::fmt;

use http::StatusCode;

use super::api::ApiError;
use super::kind::Kind;
use crate::failure::{Cause, CauseKind};

/// The errors after which no refresh can succeed any more, whatever their status is.
const FINAL: [&str; 8] = [
    "invalid_grant",
    "invalid_client",
    "wrong_client",
    "PAYMENT_REQUIRED",
    "invalid_scope",
    "insufficient_scope",
    "NOT_INSTALLED",
    "APPLICATION_NOT_FOUND",
];

/// Whether the token server refused for good: a user has to authorize the application again.
pub(crate) fn is_permanent(kind: &Kind) -> bool {
    match kind {
        Kind::Api(error) => {
            FINAL.iter().any(|code| error.has_code(code)) || is_refusal(error.status())
        }
        Kind::IncompletePair(_) | Kind::OtherPortal(_) | Kind::LostPair(_) => true,
        _ => false,
    }
}

/// Whether asking again may bring another answer.
pub(crate) fn is_transient(kind: &Kind) -> bool {
    match kind {
        Kind::Status { status, .. } => !status.is_redirection() && !is_refusal(*status),
        Kind::NoResponse { cause, .. } => {
            cause.kind == CauseKind::BodyLimit || !cause.is_permanent()
        }
        Kind::Unreadable { .. } => true,
        Kind::Api(_) => !is_permanent(kind),
        _ => false,
    }
}

/// Whether a status refuses the request itself, and not the moment.
fn is_refusal(status: StatusCode) -> bool {
    let passing = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    status.is_client_error() && !passing.contains(&status)
}

/// What to do about a refusal of the token server.
fn advice(error: &ApiError) -> &'static str {
    let is = |codes: &[&str]| codes.iter().any(|code| error.has_code(code));
    if is(&["invalid_grant"]) {
        "a user has to authorize the application again"
    } else if is(&["PAYMENT_REQUIRED"]) {
        "the application's trial or paid period is over, or it was removed; then a user has to authorize it again"
    } else if is(&["invalid_scope", "insufficient_scope"]) {
        "the application does not have these scopes; grant them, and let a user authorize it again"
    } else if is(&["NOT_INSTALLED", "APPLICATION_NOT_FOUND"]) {
        "install the application, and let a user authorize it again"
    } else {
        "check the application's code and secret key and whether it is still installed, or let a user authorize it again"
    }
}

/// What the token server said, and what to do about it. Its answers are never quoted: they may hold tokens.
pub(super) fn print(f: &mut fmt::Formatter<'_>, kind: &Kind) -> fmt::Result {
    f.write_str("no new tokens: ")?;
    print_reason(f, kind)
}

/// A refusal of a refresh token whose new pair is lost.
pub(super) fn print_lost(f: &mut fmt::Formatter<'_>, refusal: &Kind) -> fmt::Result {
    print_reason(f, refusal)?;
    f.write_str(
        ". This refresh token was shown to the token server before, and the pair that came of it, if any, was never saved: \
         whoever asked has ended or stands still, or got no answer",
    )
}

fn print_reason(f: &mut fmt::Formatter<'_>, kind: &Kind) -> fmt::Result {
    match kind {
        Kind::Api(error) if is_permanent(kind) => {
            let advice = advice(error);
            write!(f, "the token server answered {error}; {advice}")
        }
        Kind::Api(error) => write!(f, "the token server answered {error}"),
        Kind::Status {
            status,
            redirect: Some(redirect),
            ..
        } => {
            let host = &redirect.host;
            write!(
                f,
                "the token server answered {status} and redirects to {host}, which does not get the secret key; if \
                 that host is the token server, name it with `App::token_server`"
            )
        }
        Kind::Status { status, .. } => write!(f, "the token server answered {status}"),
        Kind::Unreadable {
            status, problem, ..
        } => {
            write!(
                f,
                "the token server's answer ({status}) can't be read: {problem}"
            )
        }
        Kind::NoResponse {
            cause:
                cause @ Cause {
                    kind: CauseKind::BodyLimit,
                    ..
                },
            ..
        } => write!(f, "the token server's answer can't be read: {cause}"),
        Kind::NoResponse { .. } => write!(f, "the request to the token server was {kind}"),
        other => write!(f, "{other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: StatusCode, code: &str) -> ApiError {
        ApiError {
            status,
            code: code.to_owned(),
            description: String::new(),
            refusal: None,
            beside_result: false,
        }
    }

    fn api(status: StatusCode, code: &str) -> Kind {
        Kind::Api(error(status, code))
    }

    fn status(status: StatusCode) -> Kind {
        Kind::Status {
            status,
            redirect: None,
            excerpt: String::new(),
        }
    }

    #[test]
    fn a_lost_pair_is_told_beside_what_to_do() {
        let refused = Kind::Api(ApiError {
            description: "unknown".to_owned(),
            ..error(StatusCode::BAD_REQUEST, "invalid_grant")
        });
        let lost = Kind::TokenServer(Box::new(Kind::LostPair(Box::new(refused.clone()))));
        let (lost, refused) = (
            lost.to_string(),
            Kind::TokenServer(Box::new(refused)).to_string(),
        );
        assert!(refused.contains("authorize the application again"));
        let added = lost.strip_prefix(&refused).unwrap();
        assert!(added.contains("was never saved"), "{lost}");
    }

    #[test]
    fn an_answer_is_for_good_or_may_be_another_the_next_time() {
        for (kind, permanent, transient) in [
            (api(StatusCode::OK, "invalid_grant"), true, false),
            (api(StatusCode::BAD_REQUEST, "unheard_of"), true, false),
            (api(StatusCode::OK, "unheard_of"), false, true),
            (api(StatusCode::TOO_MANY_REQUESTS, "slow_down"), false, true),
            (Kind::IncompletePair(StatusCode::OK), true, false),
            (Kind::OtherPortal("forged"), true, false),
            (status(StatusCode::BAD_GATEWAY), false, true),
            (status(StatusCode::FOUND), false, false),
            (status(StatusCode::NOT_FOUND), false, false),
            (Kind::Store(String::new()), false, false),
        ] {
            assert_eq!(is_permanent(&kind), permanent, "{kind:?}");
            assert_eq!(is_transient(&kind), transient, "{kind:?}");
        }
    }
}
