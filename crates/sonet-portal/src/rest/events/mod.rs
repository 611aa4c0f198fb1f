//! Events: what happened, who wants to know, and what is sent to them.

mod announce;
mod handlers;

pub(crate) use announce::Happening;
pub(crate) use handlers::{Binding, Handlers};

use crate::portal::Portal;
use std::fmt;

/// What the portal has to send to a handler: a `POST` request with a form-encoded body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// Where it goes.
    pub url: String,
    /// The form-encoded body, secrets included.
    pub body: String,
    /// The name of the event in upper case.
    pub event: String,
    /// The identifier of the handler.
    pub handler_id: u64,
    /// The identifier of the group.
    pub group_id: u64,
}

/// The events of groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Add,
    Update,
    Delete,
}

impl Event {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Add => "ONSONETGROUPADD",
            Self::Update => "ONSONETGROUPUPDATE",
            Self::Delete => "ONSONETGROUPDELETE",
        }
    }
}

/// How many deliveries wait at most; after that each new one takes the place of the oldest.
pub(crate) const MAX_DELIVERIES: usize = 10_000;

/// The events that handlers can be bound to, by the scope that they need.
pub(crate) const EVENTS: [(&str, &str); 14] = [
    ("basic", "ONAPPUNINSTALL"),
    ("basic", "ONAPPINSTALL"),
    ("basic", "ONAPPUPDATE"),
    ("basic", "ONAPPPAYMENT"),
    ("basic", "ONAPPTEST"),
    ("basic", "ONAPPMETHODCONFIRM"),
    ("basic", "ONOFFLINEEVENT"),
    ("user", "ONUSERADD"),
    ("sonet_group", "ONSONETGROUPADD"),
    ("sonet_group", "ONSONETGROUPUPDATE"),
    ("sonet_group", "ONSONETGROUPDELETE"),
    ("sonet_group", "ONSONETGROUPSUBJECTADD"),
    ("sonet_group", "ONSONETGROUPSUBJECTUPDATE"),
    ("sonet_group", "ONSONETGROUPSUBJECTDELETE"),
];

impl fmt::Debug for Delivery {
    /// Shows everything but the body, which holds secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("url", &self.url)
            .field("event", &self.event)
            .field("handler_id", &self.handler_id)
            .field("group_id", &self.group_id)
            .finish_non_exhaustive()
    }
}

impl Portal {
    /// Takes what is to be sent to the handlers, in the order in which it happened: the
    /// last ten thousand deliveries, if nobody takes them.
    pub fn take_deliveries(&mut self) -> Vec<Delivery> {
        std::mem::take(&mut self.deliveries).into()
    }

    /// Adds an outgoing webhook for some events, as an administrator does by hand, and returns its
    /// application token.
    pub fn add_outgoing_webhook(&mut self, url: &str, events: &[&str]) -> String {
        let token = self.grants.draw_token();
        for event in events {
            self.handlers.add(Binding {
                event: event.to_ascii_uppercase(),
                url: url.to_owned(),
                app: None,
                application_token: Some(token.clone()),
                auth_type: 0,
                bound_by: 0,
                offline: false,
            });
        }
        token
    }
}
