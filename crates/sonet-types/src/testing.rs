//! Answers built by hand, for tests of code that uses the methods.
//!
//! Every object of an answer has an [`Example`] with everything in it. Its fields are public, so a test sets those that it is
//! about:
//!
//! ```
//! # extern crate sonet_types as sonet_async;
//! use sonet_async::sonet_group::Group;
//!
//! /// A function of your own.
//! fn label(group: &Group) -> String {
//!     let name = group.name.as_deref().unwrap_or("(no name)");
//!     match group.closed {
//!         Some(true) => format!("{name} (archived)"),
//!         _ => name.to_owned(),
//!     }
//! }
//!
//! // Its test.
//! use sonet_async::testing::Example as _;
//!
//! let group = Group::example_with(|group| {
//!     group.name = Some("Compilers".to_owned());
//!     group.closed = Some(true);
//! });
//! assert_eq!(label(&group), "Compilers (archived)");
//!
//! // Or as the portal sends it. What is left out is `None`.
//! let group: Group = serde_json::from_str(r#"{ "ID": "77", "CLOSED": "Y" }"#)?;
//! assert_eq!(label(&group), "(no name) (archived)");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! A handler of events is tested with the request that a portal would send it, which has the form of [`event_body`].
//!
//! Decoding needs no feature. Answers that are no objects are built as any value is: `GroupId::new(77)`, `vec![…]`,
//! `Accepted`.

pub use sonet_core::testing::{Example, form, moment};
use sonet_core::{OpenEnum as _, Secret};

use crate::events::{Event, EventAuth, GroupEvent, OtherEvent};

impl Example for Event {
    /// A group was created.
    fn example() -> Self {
        Self::GroupAdded(GroupEvent::example())
    }
}

impl Example for OtherEvent {
    /// A user was added.
    fn example() -> Self {
        Self {
            event: "ONUSERADD".into(),
            event_handler_id: None,
            data: serde_json::json!({ "ID": "1271", "NAME": "Kim", "LAST_NAME": "Lee" }),
            ts: Some(moment().timestamp()),
            auth: EventAuth::example(),
        }
    }
}

/// The body of the request by which a portal delivers an event: form-encoded, and with this application token in it.
///
/// A test posts it to the handler that it is about, or reads it by [`Delivery::parse`](sonet_core::Delivery::parse):
///
/// ```
/// # mod sonet_async {
/// #     pub(crate) use sonet_core::{Delivery, DeliveryError, Secret};
/// #     pub(crate) use sonet_types::{GroupId, events, testing};
/// # }
/// use sonet_async::events::{Event, GroupEvent};
/// use sonet_async::{Delivery, DeliveryError, GroupId, Secret};
///
/// /// A handler of your own: which group is to be read again.
/// fn stale(body: &[u8], application_token: &Secret) -> Result<Option<GroupId>, DeliveryError> {
///     match Delivery::parse(body)?.verify(application_token)? {
///         Event::GroupUpdated(event) => Ok(Some(event.data.fields.id)),
///         _ => Ok(None),
///     }
/// }
///
/// // Its test.
/// use sonet_async::testing::{Example as _, event_body};
///
/// let event = GroupEvent::example_with(|event| event.data.fields.id = GroupId::new(9));
/// let body = event_body(&Event::GroupUpdated(event), "the token");
/// assert_eq!(stale(body.as_bytes(), &Secret::new("the token"))?, Some(GroupId::new(9)));
///
/// let forged = stale(body.as_bytes(), &Secret::new("another one"));
/// assert!(forged.unwrap_err().is_unverified());
/// # Ok::<(), DeliveryError>(())
/// ```
///
/// - `auth` is the event's, its access token and refresh token included; `None` is left out. For an outgoing webhook, which
///   gets no tokens, set them to that.
/// - The code of the event is that of its variant: a [`GroupEvent`] is delivered as what it was wrapped in.
/// - An event that has no type is an [`OtherEvent`], or a payload for [`form`].
#[must_use]
pub fn event_body(event: &Event, application_token: impl Into<Secret>) -> String {
    // It has keys that are texts, and nothing that could refuse, so it always serializes. The tokens don't.
    let mut payload = serde_json::to_value(event).unwrap_or_default();
    payload["event"] = event.name().as_str().into();
    if let Event::Other(other) = event {
        payload["data"] = other.data.clone();
    }
    let auth = event.auth();
    let tokens = [
        ("access_token", auth.access_token.clone()),
        ("refresh_token", auth.refresh_token.clone()),
        ("application_token", Some(application_token.into())),
    ];
    for (name, token) in tokens {
        if let Some(token) = token {
            payload["auth"][name] = token.expose().into();
        }
    }
    form(&payload)
}
