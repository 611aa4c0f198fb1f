//! Any event.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{
    AppInstallEvent, AppUninstallEvent, AppUpdateEvent, EventAuth, EventName, GroupEvent,
    OtherEvent,
};

/// What happened on a portal.
///
/// The body of a request to a handler becomes a [`Delivery`](sonet_core::Delivery), and that an `Event` once the
/// application token is compared:
///
/// ```
/// # mod sonet_async {
/// #     pub use sonet_core::*;
/// #     pub use sonet_types::*;
/// # }
/// use sonet_async::events::Event;
/// use sonet_async::{Delivery, DeliveryError, Secret};
///
/// fn receive(body: &[u8], application_token: &Secret) -> Result<(), DeliveryError> {
///     match Delivery::parse(body)?.verify(application_token)? {
///         Event::GroupAdded(added) => println!("created: {}", added.data.fields.id),
///         Event::GroupUpdated(updated) => println!("changed: {}", updated.data.fields.id),
///         Event::GroupDeleted(deleted) => println!("deleted: {}", deleted.data.fields.id),
///         other => println!("{}", other.name()),
///     }
///     Ok(())
/// }
/// # let body = b"event=ONSONETGROUPADD&data[FIELDS][ID]=6675&ts=1736424182&auth[domain]=some-domain.bitrix24.com\
/// #     &auth[member_id]=a223&auth[application_token]=51856fef";
/// # receive(body, &Secret::new("51856fef")).unwrap();
/// ```
///
/// - It serializes as it came, but [without its tokens](#queues).
/// - The event of a group only says which one; what it is like now is read separately.
/// - The portal asks once. An event is lost where its handler answers with an error or not at all, and a handler that is
///   slow is asked less often: answer 200 at once, and work later.
///
/// # Queues
///
/// An event can wait in a queue as JSON. No token gets there with it. Whoever reads it back has the application token, and
/// gives it; the others are `None`, so who calls methods with them keeps them on purpose, elsewhere.
///
/// ```
/// # mod sonet_async {
/// #     pub use sonet_core::*;
/// #     pub use sonet_types::*;
/// # }
/// # use serde_json::json;
/// use serde_json::Value;
/// use sonet_async::Secret;
/// use sonet_async::events::Event;
///
/// fn read_back(queued: &str, application_token: &Secret) -> serde_json::Result<Event> {
///     let mut event: Value = serde_json::from_str(queued)?;
///     event["auth"]["application_token"] = application_token.expose().into();
///     serde_json::from_value(event)
/// }
/// # let event: Event = serde_json::from_value(json!({
/// #     "event": "ONSONETGROUPADD", "data": { "FIELDS": { "ID": "7" } }, "ts": "1736424182",
/// #     "auth": { "domain": "some-domain.bitrix24.com", "application_token": "51856fef" },
/// # })).unwrap();
/// # let queued = serde_json::to_string(&event).unwrap();
/// # assert!(!queued.contains("51856fef"));
/// # assert!(serde_json::from_str::<Event>(&queued).is_err());
/// # assert_eq!(read_back(&queued, &Secret::new("51856fef")).unwrap(), event);
/// ```
///
/// See <https://apidocs.bitrix24.com/api-reference/events/index.html>.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Event {
    /// A group or project was created.
    ///
    /// See <https://apidocs.bitrix24.com/api-reference/sonet-group/events/on-sonet-group-add.html>.
    GroupAdded(GroupEvent),
    /// A group or project was changed.
    ///
    /// See <https://apidocs.bitrix24.com/api-reference/sonet-group/events/on-sonet-group-update.html>.
    GroupUpdated(GroupEvent),
    /// A group or project was deleted, and can't be read any more.
    ///
    /// See <https://apidocs.bitrix24.com/api-reference/sonet-group/events/on-sonet-group-delete.html>.
    GroupDeleted(GroupEvent),
    /// The application was installed.
    ///
    /// The first one brings the application token, so nothing verifies it: see [`Installation`](sonet_core::Installation).
    ///
    /// See <https://apidocs.bitrix24.com/api-reference/common/events/on-app-install.html>.
    AppInstalled(AppInstallEvent),
    /// The application was updated.
    ///
    /// It may bring another application token, by which later events are verified. Where [`Delivery::verify`] refuses it
    /// for that, let the token server confirm it: see [`Installation`](sonet_core::Installation).
    ///
    /// [`Delivery::verify`]: sonet_core::Delivery::verify
    ///
    /// See <https://apidocs.bitrix24.com/api-reference/common/events/on-app-update.html>.
    AppUpdated(AppUpdateEvent),
    /// The application was uninstalled: its tokens are worth nothing any more.
    ///
    /// See <https://apidocs.bitrix24.com/api-reference/common/events/on-app-uninstall.html>.
    AppUninstalled(AppUninstallEvent),
    /// An event that has no type here, with all its data.
    Other(OtherEvent),
}

impl Event {
    /// The code of the event, as `ONSONETGROUPADD`.
    #[must_use]
    pub fn name(&self) -> &EventName {
        match self {
            Self::GroupAdded(_) => &EventName::GroupAdded,
            Self::GroupUpdated(_) => &EventName::GroupUpdated,
            Self::GroupDeleted(_) => &EventName::GroupDeleted,
            Self::AppInstalled(_) => &EventName::AppInstalled,
            Self::AppUpdated(_) => &EventName::AppUpdated,
            Self::AppUninstalled(_) => &EventName::AppUninstalled,
            Self::Other(event) => &event.event,
        }
    }

    /// Where it happened, and the authorization that came with it.
    #[must_use]
    pub fn auth(&self) -> &EventAuth {
        match self {
            Self::GroupAdded(event) | Self::GroupUpdated(event) | Self::GroupDeleted(event) => {
                &event.auth
            }
            Self::AppInstalled(event) => &event.auth,
            Self::AppUpdated(event) => &event.auth,
            Self::AppUninstalled(event) => &event.auth,
            Self::Other(event) => &event.auth,
        }
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Named {
            event: EventName,
        }

        let payload = Value::deserialize(deserializer)?;
        let Named { event } = Named::deserialize(&payload).map_err(D::Error::custom)?;
        match event {
            EventName::GroupAdded => decode(&payload).map(Self::GroupAdded),
            EventName::GroupUpdated => decode(&payload).map(Self::GroupUpdated),
            EventName::GroupDeleted => decode(&payload).map(Self::GroupDeleted),
            EventName::AppInstalled => decode(&payload).map(Self::AppInstalled),
            EventName::AppUpdated => decode(&payload).map(Self::AppUpdated),
            EventName::AppUninstalled => decode(&payload).map(Self::AppUninstalled),
            EventName::Unknown(_) => decode(&payload).map(Self::Other),
        }
    }
}

/// Decodes the whole event; the error says where the form is another one.
fn decode<T: DeserializeOwned, E: Error>(payload: &Value) -> Result<T, E> {
    serde_path_to_error::deserialize(payload).map_err(E::custom)
}
