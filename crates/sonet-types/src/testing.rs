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
//! Decoding needs no feature. Answers that are no objects are built as any value is: `GroupId::new(77)`, `vec![…]`,
//! `Accepted`.

pub use sonet_core::testing::{Example, moment};

use crate::events::{Event, EventAuth, GroupEvent, OtherEvent};

impl Example for Event {
    /// A group was created.
    fn example() -> Self {
        Self::GroupAdded(GroupEvent::example())
    }
}

impl Example for OtherEvent {
    /// An application was updated.
    fn example() -> Self {
        Self {
            event: "ONAPPUPDATE".into(),
            event_handler_id: None,
            data: serde_json::json!({ "VERSION": "2", "LANGUAGE_ID": "en" }),
            ts: Some(moment().timestamp()),
            auth: EventAuth::example(),
        }
    }
}
