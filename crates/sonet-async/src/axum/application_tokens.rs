//! What events are verified with.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use sonet_core::{Delivery, DeliveryError, Secret, StoreError};

use super::EventRejection;

/// A look-up that is under way.
type Found = Pin<Box<dyn Future<Output = Result<Option<Secret>, StoreError>> + Send>>;

/// The application tokens that events are verified with.
///
/// ```
/// use sonet_async::axum::ApplicationTokens;
/// use sonet_async::{FileStore, TokenStore as _};
///
/// let one_portal = ApplicationTokens::one("the token of the outgoing webhook");
/// let many_portals = ApplicationTokens::by_portal(|member_id| async move {
///     // Whoever makes up an identifier is not known: that is no failure of the look-up.
///     let Ok(store) = FileStore::of_portal("tokens", &member_id) else {
///         return Ok(None);
///     };
///     Ok(store.load()?.and_then(|tokens| tokens.application_token))
/// });
/// ```
#[derive(Clone)]
pub struct ApplicationTokens(Source);

#[derive(Clone)]
enum Source {
    One(Secret),
    Many(Arc<dyn Fn(String) -> Found + Send + Sync>),
}

impl ApplicationTokens {
    /// The token of the one portal that sends events: of an outgoing webhook, or of a local application.
    #[must_use]
    pub fn one(application_token: impl Into<Secret>) -> Self {
        Self(Source::One(application_token.into()))
    }

    /// Looks up the token of a portal by its `member_id`; `None` for a portal that is not known.
    ///
    /// The `member_id` is what the event claims: anyone can write anything there.
    #[must_use]
    pub fn by_portal<F, T>(find: F) -> Self
    where
        F: Fn(String) -> T + Send + Sync + 'static,
        T: Future<Output = Result<Option<Secret>, StoreError>> + Send + 'static,
    {
        Self(Source::Many(Arc::new(move |member_id| {
            Box::pin(find(member_id))
        })))
    }

    /// Compares the event's application token, and decodes the event.
    pub(super) async fn verify<T: DeserializeOwned>(
        &self,
        delivery: &Delivery,
    ) -> Result<T, EventRejection> {
        let known = match (&self.0, delivery.member_id()) {
            (Source::One(token), _) => Some(token.clone()),
            (Source::Many(find), Some(member_id)) => find(member_id.to_owned())
                .await
                .map_err(EventRejection::lookup)?,
            (Source::Many(_), None) => None,
        };
        let token = known.ok_or_else(EventRejection::unknown_portal)?;
        let verified: Result<T, DeliveryError> = delivery.verify(&token);
        verified.map_err(EventRejection::from)
    }
}

/// Shows no token.
impl fmt::Debug for ApplicationTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApplicationTokens").finish_non_exhaustive()
    }
}
