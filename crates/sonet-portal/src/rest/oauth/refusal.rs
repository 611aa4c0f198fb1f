//! The errors of the token server.

use crate::rest::http::Response;
use crate::wire::output::{Json, Object};

/// Why the token server refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denial {
    InvalidRequest,
    InvalidClient,
    InvalidScope,
    InvalidGrant,
    PaymentRequired,
}

impl Denial {
    /// `{"error": …, "error_description": …}` with the texts of the page of error codes.
    pub(super) fn response(self, status: u16) -> Response {
        let (code, text) = match self {
            Self::InvalidRequest => (
                "invalid_request",
                "An incorrectly formatted authorization request was provided",
            ),
            Self::InvalidClient => (
                "invalid_client",
                "Invalid client data was provided. The application may not be installed in Bitrix24",
            ),
            Self::InvalidScope => (
                "invalid_scope",
                "Access permissions requested exceed those specified in the application card",
            ),
            Self::InvalidGrant => (
                "invalid_grant",
                "Invalid authorization tokens were provided when obtaining access_token",
            ),
            Self::PaymentRequired => ("PAYMENT_REQUIRED", "Payment required"),
        };
        let body = Object::new()
            .with("error", code)
            .with("error_description", text);
        Response::json(status, Json::from(body).to_string())
    }
}
