//! The extractor.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::body::{BodyStream, to_bytes_limited};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use sonet_async::events::Event;
use sonet_async::{Delivery, Secret};

use crate::rejection::Rejection;

/// The application token of each portal, by its `member_id`.
///
/// A large application looks them up in its database: the extractor is asynchronous and can wait for it.
#[derive(Clone)]
pub(crate) struct ApplicationTokens(Arc<HashMap<String, Secret>>);

impl<const N: usize> From<[(String, Secret); N]> for ApplicationTokens {
    fn from(tokens: [(String, Secret); N]) -> Self {
        Self(Arc::new(HashMap::from(tokens)))
    }
}

/// Shows no token.
impl fmt::Debug for ApplicationTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplicationTokens").finish_non_exhaustive()
    }
}

impl ApplicationTokens {
    /// Compares the event's application token, and decodes the event.
    fn verify<T: DeserializeOwned>(&self, delivery: &Delivery) -> Result<T, Rejection> {
        let token = delivery.member_id().and_then(|id| self.0.get(id));
        let token = token.ok_or(Rejection::UnknownPortal)?;
        Ok(delivery.verify(token)?)
    }
}

/// An event that comes from a portal: its application token is the one in [`ApplicationTokens`].
///
/// `T` is what it is decoded to: [`Event`], or any type of your own.
///
/// It reads the body itself. actix-web's limit for bodies ([`PayloadConfig`](actix_web::web::PayloadConfig), 256 KiB) is
/// less than an event may have, and does not count here; [`Delivery::MAX_BYTES`] does.
#[derive(Debug)]
pub(crate) struct Verified<T = Event>(pub(crate) T);

impl<T: DeserializeOwned + 'static> FromRequest for Verified<T> {
    type Error = Rejection;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Rejection>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let tokens = request.app_data::<Data<ApplicationTokens>>().cloned();
        let body = BodyStream::new(payload.take());
        Box::pin(async move {
            let tokens = tokens.ok_or(Rejection::NoTokens)?;
            // No more than that is read of it.
            let body = to_bytes_limited(body, Delivery::MAX_BYTES).await;
            let body = body.map_err(|_| Rejection::TooLarge)?;
            let delivery = Delivery::parse(body.map_err(|_| Rejection::Cut)?)?;
            tokens.verify(&delivery).map(Self)
        })
    }
}
