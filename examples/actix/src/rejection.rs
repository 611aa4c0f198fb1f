//! Why a request is not taken for an event.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use sonet_async::DeliveryError;

/// Why a request was not taken for an event.
///
/// `Display` says why, for a log, and quotes nothing of the body. The answer to the sender is a status and nothing else,
/// since the sender may be anybody: a portal that is not known and a token that is wrong have the same one.
#[derive(Debug)]
pub(crate) enum Rejection {
    /// The body is larger than an event can be.
    TooLarge,
    /// The body ended before it was complete.
    Cut,
    /// There is no application token for the portal that the event claims to come from.
    UnknownPortal,
    /// The body is no event, or the event is forged, or does not have the expected form.
    Delivery(DeliveryError),
    /// The program is wrong.
    NoTokens,
}

impl From<DeliveryError> for Rejection {
    fn from(error: DeliveryError) -> Self {
        Self::Delivery(error)
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("the body is larger than an event can be"),
            Self::Cut => f.write_str("the body ended before it was complete"),
            Self::UnknownPortal => f.write_str(
                "the event is not verified: there is no application token for its portal",
            ),
            Self::Delivery(error) => error.fmt(f),
            Self::NoTokens => f.write_str(
                "the application has no `ApplicationTokens`; add them by `App::app_data(Data::new(…))`",
            ),
        }
    }
}

impl ResponseError for Rejection {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Cut => StatusCode::BAD_REQUEST,
            // Not 401, which would invite the sender to try again with other credentials.
            Self::UnknownPortal => StatusCode::FORBIDDEN,
            // actix-web has an older version of the crate `http`, and a `StatusCode` of that.
            Self::Delivery(error) => StatusCode::from_u16(error.status().as_u16())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Self::NoTokens => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
