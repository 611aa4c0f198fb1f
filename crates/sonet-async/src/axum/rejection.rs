//! Why a request is not taken for an event.

use std::error::Error;
use std::fmt;

use axum_core::response::{IntoResponse, Response};
use http::StatusCode;
use http_body_util::LengthLimitError;
use sonet_core::{DeliveryError, StoreError};

/// Why a request was not taken for an event.
///
/// `Display` says why, for a log, and quotes nothing of the body. The answer to the sender says less, since the sender may
/// be anybody: a portal that is not known and a token that is wrong have the same one.
///
/// | status | why |
/// |---|---|
/// | 400 | the body is no event, or was cut |
/// | 403 | the event may be forged. Not 401, which would invite the sender to try again with other credentials; there is nothing that the portal could do |
/// | 413 | the body is larger than an event can be |
/// | 422 | the event comes from the portal, and does not have the form of the requested type |
/// | 503 | the application token could not be looked up |
///
/// The portal does not send an event again, whatever the status is. So one that is refused with 422 or 503 is lost: log it.
#[derive(Debug)]
pub struct EventRejection(Kind);

#[derive(Debug)]
enum Kind {
    TooLarge,
    Cut,
    Delivery(DeliveryError),
    UnknownPortal,
    Lookup(StoreError),
}

impl EventRejection {
    /// The body could not be read to its end.
    pub(super) fn body(error: &(dyn Error + Send + Sync + 'static)) -> Self {
        let mut cause: Option<&(dyn Error + 'static)> = Some(error);
        while let Some(error) = cause {
            if error.is::<LengthLimitError>() {
                return Self(Kind::TooLarge);
            }
            cause = error.source();
        }
        Self(Kind::Cut)
    }

    pub(super) fn unknown_portal() -> Self {
        Self(Kind::UnknownPortal)
    }

    pub(super) fn lookup(error: StoreError) -> Self {
        Self(Kind::Lookup(error))
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match &self.0 {
            Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::Cut => StatusCode::BAD_REQUEST,
            Kind::Delivery(error) => error.status(),
            Kind::UnknownPortal => StatusCode::FORBIDDEN,
            Kind::Lookup(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Whether the event may be forged.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.status() == StatusCode::FORBIDDEN
    }
}

impl From<DeliveryError> for EventRejection {
    fn from(error: DeliveryError) -> Self {
        Self(Kind::Delivery(error))
    }
}

impl fmt::Display for EventRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::TooLarge => f.write_str("the body is larger than an event can be"),
            Kind::Cut => f.write_str("the body ended before it was complete"),
            Kind::Delivery(error) => error.fmt(f),
            Kind::UnknownPortal => f.write_str(
                "the event is not verified: there is no application token for its portal",
            ),
            Kind::Lookup(error) => {
                write!(f, "the application token could not be looked up: {error}")
            }
        }
    }
}

impl Error for EventRejection {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Kind::Delivery(error) => Some(error),
            Kind::Lookup(error) => Some(&**error),
            Kind::TooLarge | Kind::Cut | Kind::UnknownPortal => None,
        }
    }
}

impl IntoResponse for EventRejection {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}
