//! The errors that the server answers.

use http::StatusCode;

/// An error that the server answered.
///
/// Codes are an open set, compared without regard to case. Most methods of `sonet_group` answer an empty code and a
/// text; those that a method documents are known by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) code: String,
    pub(crate) description: String,
    pub(crate) refusal: Option<&'static str>,
}

impl ApiError {
    /// The HTTP status. It says little: errors come with 200 too.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The wire's `error`, as text; often empty.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The wire's `error_description`; may be empty, and may be in the portal's language.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The name of the documented error that this is, if it is one: `GroupNotFound`.
    #[must_use]
    pub fn refusal(&self) -> Option<&'static str> {
        self.refusal
    }

    /// Whether the code is this one, in any case.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.code.eq_ignore_ascii_case(code)
    }

    /// Whether the server failed instead of refusing.
    pub(super) fn is_internal(&self) -> bool {
        // These are refusals although they come with 5xx.
        let refused = ["QUERY_LIMIT_EXCEEDED", "OVERLOAD_LIMIT", "PORTAL_DELETED"];
        self.refusal.is_none()
            && self.status.is_server_error()
            && !refused.iter().any(|code| self.has_code(code))
    }
}
