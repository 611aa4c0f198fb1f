//! The errors that the server answers.

use http::StatusCode;

use super::system;

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
    /// Whether there is a result beside the error.
    pub(crate) beside_result: bool,
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

    /// Whether it only says that a list has no rows, which is the error of this name.
    pub(crate) fn is_empty_list(&self, nothing: Option<&'static str>) -> bool {
        self.refusal.is_some() && self.refusal == nothing && !self.beside_result
    }

    /// Whether the server refused, as opposed to having failed somewhere on its way.
    pub(super) fn is_refusal(&self) -> bool {
        !self.beside_result
            && (system::refuses(&self.code, &self.description, self.status)
                || self.is_documented_refusal_of_the_core())
    }

    /// Whether it is a refusal that the method documents, under the code that the old core has for whatever goes wrong. It is
    /// known by its text alone, so this is no failure in the middle of a write.
    fn is_documented_refusal_of_the_core(&self) -> bool {
        self.has_code("ERROR_CORE") && self.refusal.is_some() && self.status.is_client_error()
    }

    /// The same of a request that runs several methods.
    pub(super) fn is_refusal_of_all(&self) -> bool {
        !self.beside_result && system::refuses_all(&self.code, &self.description, self.status)
    }

    /// Whether it is a failure that another attempt may not have.
    ///
    /// What a method answers under a name or a text of its own, it would answer again.
    pub(crate) fn is_transient(&self) -> bool {
        let failed = ["INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER"];
        let is_failure = failed.iter().any(|code| self.has_code(code))
            || !(self.status.is_success() || system::is_refusal(self.status));
        is_failure && !self.beside_result && !system::is_unknown(&self.description)
    }
}
