//! Why the portal refuses a call.

use crate::wire::output::Json;
use crate::wire::value::Value;

/// An error answer: a status, a code that may be empty, and a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: Code,
    pub(crate) description: String,
}

/// The code of an error: a text, but for a few methods a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Code {
    Text(&'static str),
    /// A text of a program's own.
    Given(String),
    Number(i64),
}

impl From<Code> for Json {
    fn from(code: Code) -> Self {
        match code {
            Code::Text(text) => text.into(),
            Code::Given(text) => text.into(),
            Code::Number(number) => number.into(),
        }
    }
}

impl Refusal {
    /// The code of a missing scope.
    pub(crate) const INSUFFICIENT_SCOPE: Code = Code::Text("insufficient_scope");

    /// A refusal of the `sonet_group` family: status 400 and an empty code.
    pub(crate) fn text(description: &str) -> Self {
        Self::coded(400, "", description)
    }

    /// A refusal with a status and a code.
    pub(crate) fn coded(status: u16, code: &'static str, description: &str) -> Self {
        Self {
            status,
            code: Code::Text(code),
            description: description.to_owned(),
        }
    }

    /// A refusal of the `tasks.api.scrum` family: status 400 and the number 0.
    pub(crate) fn scrum(description: &str) -> Self {
        Self {
            status: 400,
            code: Code::Number(0),
            description: description.to_owned(),
        }
    }

    /// A required parameter is missing, before a method of that family is even asked.
    pub(crate) fn missing_parameter(name: &str) -> Self {
        let text = format!("Could not find value for parameter {{{name}}}");
        Self {
            code: Code::Number(100),
            ..Self::scrum(&text)
        }
    }

    /// A parameter has a type that it can't have. Some pages have the text without a full stop.
    pub(crate) fn invalid_parameter(
        value: &Value,
        name: &str,
        kind: &str,
        full_stop: &str,
    ) -> Self {
        let value = value.to_text().unwrap_or_else(|| "array".to_owned());
        let text = format!(
            "Invalid value {{{value}}} to match with parameter {{{name}}}. Should be value of type \
             {kind}{full_stop}"
        );
        Self {
            code: Code::Number(100),
            ..Self::scrum(&text)
        }
    }

    pub(crate) fn method_not_found() -> Self {
        Self::coded(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")
    }

    pub(crate) fn no_auth() -> Self {
        Self::coded(401, "NO_AUTH_FOUND", "Wrong authorization data")
    }

    /// A webhook that the portal doesn't know.
    pub(crate) fn wrong_webhook() -> Self {
        Self::coded(401, "INVALID_CREDENTIALS", "Invalid request credentials")
    }

    /// A token that the portal doesn't know.
    pub(crate) fn wrong_token() -> Self {
        Self::coded(401, "invalid_token", "Unable to get application by token")
    }

    /// What the server's core says instead of `Cannot create group`.
    pub(crate) fn empty_name() -> Self {
        Self::coded(400, "EMPTY_NAME", "The group name is not specified.")
    }

    /// The user behind the credential is dismissed.
    pub(crate) fn dismissed() -> Self {
        Self::coded(401, "authorization_error", "Unable to authorize user")
    }

    /// The credential's scopes lack the method's.
    pub(crate) fn scope(credential: &str) -> Self {
        let description = format!(
            "The request requires higher privileges than provided by the {credential} token"
        );
        Self {
            status: 403,
            code: Self::INSUFFICIENT_SCOPE,
            description,
        }
    }

    pub(crate) fn malformed_json(reason: &str) -> Self {
        let description = format!("Malformed JSON in the request body: {reason}");
        Self {
            status: 400,
            code: Code::Text("100"),
            description,
        }
    }

    /// A command beyond the fifty that a batch may have.
    pub(crate) fn batch_too_long() -> Self {
        let text = "Max batch length exceeded";
        Self::coded(400, "ERROR_BATCH_LENGTH_EXCEEDED", text)
    }

    /// A command that a batch may not have.
    pub(crate) fn not_in_batch() -> Self {
        let text = "Method is not allowed for batch usage";
        Self::coded(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", text)
    }

    /// The token's hour is over.
    pub(crate) fn expired() -> Self {
        let text = "The access token provided has expired";
        Self::coded(401, "expired_token", text)
    }

    /// The token belongs to an application that isn't there any more.
    pub(crate) fn not_installed() -> Self {
        Self::coded(401, "ERROR_OAUTH", "Application not installed")
    }

    /// The application is not for this user.
    pub(crate) fn app_closed() -> Self {
        let text = "The user does not have access to the application";
        Self::coded(403, "user_access_error", text)
    }

    /// A method that only applications call was called by a webhook.
    pub(crate) fn app_only() -> Self {
        let text =
            "Current authorization type is denied for this method Application context required";
        Self::coded(403, "WRONG_AUTH_TYPE", text)
    }

    /// More requests than the rate limit lets in.
    pub(crate) fn too_many_requests() -> Self {
        Self::coded(503, "QUERY_LIMIT_EXCEEDED", "Too many requests")
    }

    /// The method has taken more time than it may.
    pub(crate) fn operation_time() -> Self {
        let text = "Method is blocked due to operation time limit";
        Self::coded(429, "OPERATION_TIME_LIMIT", text)
    }

    /// Somebody has blocked the portal by hand.
    pub(crate) fn overload() -> Self {
        let text = "REST API is blocked due to overload";
        Self::coded(503, "OVERLOAD_LIMIT", text)
    }

    pub(crate) fn internal() -> Self {
        Self::coded(500, "INTERNAL_SERVER_ERROR", "Internal server error")
    }
}
