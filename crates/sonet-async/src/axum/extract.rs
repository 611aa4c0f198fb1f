//! The extractors.

use axum_core::RequestExt as _;
use axum_core::extract::{FromRef, FromRequest, Request};
use http_body_util::{BodyExt as _, Limited};
use serde::de::DeserializeOwned;
use sonet_core::Delivery;
use sonet_types::events::Event;

use super::{ApplicationTokens, EventRejection};

/// An event that comes from the portal: its application token is the one that [`ApplicationTokens`] knows.
///
/// `T` is what it is decoded to: [`Event`], or any type of your own.
///
/// It takes the whole body, so it stands last among the handler's arguments. A body larger than
/// [`Delivery::MAX_BYTES`], or than axum's own limit, is refused before it is read to its end.
///
/// The rejection says with which status: see [`EventRejection`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified<T = Event>(pub T);

impl<T, S> FromRequest<S> for Verified<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
    ApplicationTokens: FromRef<S>,
{
    type Rejection = EventRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, EventRejection> {
        let delivery = read(request).await?;
        let tokens = ApplicationTokens::from_ref(state);
        tokens.verify(&delivery).await.map(Self)
    }
}

/// The body of an event, not verified by anything: for [`Installation::parse`](crate::Installation::parse), which lets the
/// token server confirm it.
#[derive(Debug, Clone)]
pub struct Unverified(pub Delivery);

impl<S: Send + Sync> FromRequest<S> for Unverified {
    type Rejection = EventRejection;

    async fn from_request(request: Request, _: &S) -> Result<Self, EventRejection> {
        read(request).await.map(Self)
    }
}

/// Reads a body that may be an event, up to the size that an event can have.
async fn read(request: Request) -> Result<Delivery, EventRejection> {
    let body = Limited::new(request.into_limited_body(), Delivery::MAX_BYTES);
    let body = body
        .collect()
        .await
        .map_err(|error| EventRejection::body(&*error))?;
    Delivery::parse(body.to_bytes()).map_err(EventRejection::from)
}
