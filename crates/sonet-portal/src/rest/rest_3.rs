//! REST 3.0, which none of the portal's methods has been brought to.

use crate::rest::http::Response;
use crate::wire::output::{Json, Object};

/// What the address of REST 3.0 answers to a method that it lacks, in its own form of errors. The
/// documentation has the form and the code; the status is that of an older copy of the server's
/// source, and the words are this portal's own.
pub(crate) fn method_not_found(method: &str) -> Response {
    let method = method.to_lowercase();
    let error = Object::new()
        .with("code", "BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION")
        .with("message", format!("Method `{method}` was not found"));
    let body = Object::new().with("error", error);
    Response::json(404, Json::from(body).to_string())
}
