//! What it says of a call that the server answered an error: whether the method can have run.

use http::StatusCode;

use crate::redirect::is_redirect;

/// When a code is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Before the method is run, with the status of a failure or any other.
    Before,
    /// Before the method is run, or by a method that refuses. Beside the status of a failure, it is not to be trusted.
    Refusing,
    /// Before, amid or after: nobody can tell, whatever the status is.
    Anytime,
}

use When::{Anytime, Before, Refusing};

/// The codes of the system, which any method may answer, with who says so.
const CODES: [(&str, When); 30] = [
    // The documentation's table of system errors (error-codes.html). These two are failures, wherever they happened.
    ("INTERNAL_SERVER_ERROR", Anytime),
    ("ERROR_UNEXPECTED_ANSWER", Anytime),
    // Of the same table: what comes before a method, with a 5xx. The last is 410 in the vendor's own SDK.
    ("QUERY_LIMIT_EXCEEDED", Before),
    ("OVERLOAD_LIMIT", Before),
    ("PORTAL_DELETED", Before),
    // The page on limits (limits.html), and the Russian table: looked at before each call.
    ("OPERATION_TIME_LIMIT", Before),
    // The table of system errors: who calls, whether the portal lets them, and what a batch takes.
    ("NO_AUTH_FOUND", Refusing),
    ("INVALID_CREDENTIALS", Refusing),
    ("insufficient_scope", Refusing),
    ("expired_token", Refusing),
    ("user_access_error", Refusing),
    ("ACCESS_DENIED", Refusing),
    ("INVALID_REQUEST", Refusing),
    ("ERROR_MANIFEST_IS_NOT_AVAILABLE", Refusing),
    ("ERROR_BATCH_METHOD_NOT_ALLOWED", Refusing),
    ("ERROR_BATCH_LENGTH_EXCEEDED", Refusing),
    // The page on REST 3.0 (rest-v3.html), and that on methods of a portal's own (custom-methods.html).
    ("ERROR_METHOD_NOT_FOUND", Refusing),
    ("METHOD_NOT_FOUND", Refusing),
    // The page on confirmation (scopes/confirmation.html): the call waits for an administrator, and is made again then.
    ("METHOD_CONFIRM_WAITING", Refusing),
    ("METHOD_CONFIRM_DENIED", Refusing),
    // Pages of methods that only applications may call.
    ("WRONG_AUTH_TYPE", Refusing),
    // The page on providers of authorization (custom-auth-provider.html).
    ("invalid_token", Refusing),
    ("authorization_error", Refusing),
    ("ERROR_OAUTH", Refusing),
    // The vendor's own SDK: the application is not there, or not paid for.
    ("APPLICATION_NOT_FOUND", Refusing),
    ("NOT_INSTALLED", Refusing),
    ("PAYMENT_REQUIRED", Refusing),
    // An older copy of the server's source: it takes the place of an answer that can't be encoded, so the method has run.
    ("WRONG_ENCODING", Anytime),
    // An older copy of the server's source: the old core's word for whatever went wrong, in the middle of a write or not.
    ("ERROR_CORE", Anytime),
    // PHP's word for "no error".
    ("false", Anytime),
];

/// Whether an error is certain to have come instead of running the method.
///
/// A code that the table does not have is the method's own, and so are numbers (`0`, `100`) and the empty one. A method
/// answers those when it refuses, with the status 400, 403 or 200; beside any other status it is a failure, which may come
/// from the middle of a write.
pub(super) fn refuses(code: &str, text: &str, status: StatusCode) -> bool {
    match when(code) {
        Some(Before) => true,
        Some(Anytime) => false,
        Some(Refusing) | None => !is_failure(text) && (status.is_success() || is_refusal(status)),
    }
}

/// The same of a request that runs several methods. It has no words of its own, so what the system does not say, one of
/// them may have said.
pub(super) fn refuses_all(code: &str, text: &str, status: StatusCode) -> bool {
    when(code).is_some() && refuses(code, text, status)
}

fn when(code: &str) -> Option<When> {
    let row = CODES.iter().find(|(row, _)| row.eq_ignore_ascii_case(code));
    row.map(|(_, when)| *when)
}

/// Whether a text tells of a failure, which has a number or nothing as its code: that of a system error, or what an older
/// copy of the server's source makes of an exception of its database.
fn is_failure(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    is_unknown(text) || lower.contains("internal server error") || lower.contains("query error")
}

/// Whether a text is what methods of `tasks.api.scrum` answer to all that their other texts are not about, with the number
/// 0 as its code.
pub(super) fn is_unknown(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    text.eq_ignore_ascii_case("Unknown error")
}

/// Whether a status goes with a refusal, be it the portal's or that of something before it.
///
/// A gateway may answer 408 for a request that it passed on, and 303 leads to what has come of one.
pub(super) fn is_refusal(status: StatusCode) -> bool {
    let passed_on = status == StatusCode::REQUEST_TIMEOUT;
    is_redirect(status) || (status.is_client_error() && !passed_on)
}
