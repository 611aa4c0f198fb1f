//! A delivery: what came, until it is known where from.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use subtle::ConstantTimeEq;

use super::{DeliveryError, form};
use crate::Secret;

/// The body of a request to a handler of events, read but not believed.
///
/// Anyone who knows a handler's address can send to it. What proves that an event comes from the portal is its
/// `application_token`, so nothing of an event can be read before [`Delivery::verify`] has compared it; what can is
/// [`Delivery::member_id`] and [`Delivery::domain`], to find the token to compare with.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use serde::Deserialize;
/// use sonet_async::{Delivery, DeliveryError, Secret};
///
/// #[derive(Deserialize)]
/// struct Installed {
///     event: String,
/// }
///
/// fn receive(body: &[u8], token_of: impl Fn(&str) -> Option<Secret>) -> Result<(), DeliveryError> {
///     let delivery = Delivery::parse(body)?;
///     if let Some(token) = delivery.member_id().and_then(token_of) {
///         let event: Installed = delivery.verify(&token)?;
///         println!("{}", event.event);
///     }
///     Ok(())
/// }
/// # let body = b"event=ONTASKADD&auth[member_id]=a223&auth[application_token]=51856fef";
/// # receive(body, |_| Some(Secret::new("51856fef"))).unwrap();
/// ```
///
/// See <https://apidocs.bitrix24.com/api-reference/events/safe-event-handlers.html>.
#[derive(Clone)]
pub struct Delivery {
    payload: Value,
}

impl Delivery {
    /// How large a body may be. A server refuses a larger one before it has read it: 1 MiB, a few times what the largest
    /// events have.
    pub const MAX_BYTES: usize = form::MAX_BYTES;

    /// Reads the body of a request, form-encoded as it came.
    ///
    /// Fields are read as PHP reads them, so `data[FIELDS][ID]=1` is an object in an object, and of two fields with the
    /// same name the last one counts.
    ///
    /// # Errors
    ///
    /// [`DeliveryError::is_malformed`]: the body is not a form, or holds no event, or is larger than [`Delivery::MAX_BYTES`], has more than
    /// 10,000 names in its fields, or is nested more than 64 deep.
    pub fn parse(body: impl AsRef<[u8]>) -> Result<Self, DeliveryError> {
        let payload = form::parse(body.as_ref())?;
        match payload.get("event").and_then(Value::as_str) {
            None | Some("") => Err(DeliveryError::malformed(
                None,
                "it has no field `event`; pass the form-encoded body of a request from the portal as it came",
            )),
            Some(_) => Ok(Self { payload }),
        }
    }

    /// The event that it claims to be, as `ONAPPINSTALL`: a hint, for a handler that takes an
    /// [installation](crate::Installation) at the same address as other events.
    #[must_use]
    pub fn event(&self) -> &str {
        let event = self.payload.get("event").and_then(Value::as_str);
        event.unwrap_or_default()
    }

    /// The portal that the event claims to come from, as its identifier: a hint to find the application token to verify
    /// with, and nothing more, since anyone can write anything there.
    #[must_use]
    pub fn member_id(&self) -> Option<&str> {
        self.auth("member_id")
    }

    /// The portal that the event claims to come from, as its host: `example.bitrix24.com`. A hint, as
    /// [`Delivery::member_id`], which stays the same where a portal is renamed.
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        self.auth("domain")
    }

    /// Compares the event's application token and, where it is the same, decodes the event.
    ///
    /// The token to compare with is shown in the form of an outgoing webhook; an application gets it when it is
    /// installed, and keeps it for each portal.
    ///
    /// The comparison takes as long for a token that is nearly right as for any other of its length. A token of another
    /// length is refused at once: the length is not a secret, because all tokens have the same.
    ///
    /// # Errors
    ///
    /// - [`DeliveryError::is_unverified`]: the token is missing or another one, or the one to compare with is empty.
    /// - [`DeliveryError::is_decode`]: the token is right, but the event does not have the form of `T`.
    pub fn verify<T: DeserializeOwned>(
        &self,
        application_token: &Secret,
    ) -> Result<T, DeliveryError> {
        let expected = application_token.expose();
        if expected.is_empty() {
            // A sender without a token would be right.
            return Err(DeliveryError::unverified(
                "the application token to compare with is empty; give the one that was stored at installation",
            ));
        }
        let Some(token) = self.auth("application_token") else {
            return Err(DeliveryError::unverified(
                "it has no application token; refuse it",
            ));
        };
        if !bool::from(token.as_bytes().ct_eq(expected.as_bytes())) {
            return Err(DeliveryError::unverified(
                "its application token is a different one; refuse it (the portal's own events are refused, too, if \
                 the token of the latest installation was not stored)",
            ));
        }
        self.decode()
    }

    /// Decodes the event although nothing is known of where it comes from.
    ///
    /// It is for looking at what comes, and not to act on. What nothing can verify is `ONAPPINSTALL`, which brings the
    /// application token in the first place, and an `ONAPPUPDATE` that brings another one: [`Installation`](crate::Installation)
    /// lets the token server confirm them. Refuse any other event that can't be verified.
    ///
    /// # Errors
    ///
    /// [`DeliveryError::is_decode`]: the event does not have the form of `T`.
    pub fn without_verification<T: DeserializeOwned>(&self) -> Result<T, DeliveryError> {
        self.decode()
    }

    fn decode<T: DeserializeOwned>(&self) -> Result<T, DeliveryError> {
        serde_path_to_error::deserialize(&self.payload)
            .map_err(|error| DeliveryError::decode(&error))
    }

    fn auth(&self, name: &str) -> Option<&str> {
        self.payload.get("auth")?.get(name)?.as_str()
    }
}

/// Shows the hints alone.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("member_id", &self.member_id())
            .field("domain", &self.domain())
            .finish_non_exhaustive()
    }
}
