//! The requests that tell handlers of events.

mod announce;
mod announce_app;

use std::collections::VecDeque;
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
    /// The identifier of the handler; 0 if the address is a setting of the application.
    pub handler_id: u64,
    /// The identifier of the group; 0 if the event is not about a group.
    pub group_id: u64,
}

/// How many deliveries wait at most; after that each new one takes the place of the oldest.
pub(crate) const MAX_DELIVERIES: usize = 10_000;

/// What waits to be sent, in the order in which it happened.
#[derive(Default)]
pub(crate) struct Deliveries(VecDeque<Delivery>);

impl Deliveries {
    fn add(&mut self, delivery: Delivery) {
        if self.0.len() >= MAX_DELIVERIES {
            self.0.pop_front();
        }
        self.0.push_back(delivery);
    }

    /// Takes all of it.
    pub(crate) fn take(&mut self) -> Vec<Delivery> {
        std::mem::take(&mut self.0).into()
    }
}

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
