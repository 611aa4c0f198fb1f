//! The handlers of events.

use serde::{Deserialize, Serialize};

/// A handler that is bound to an event.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Binding {
    /// The name of the event in upper case.
    pub(crate) event: String,
    pub(crate) url: String,
    /// The application that bound it; `None` for an outgoing webhook.
    pub(crate) app: Option<String>,
    /// An outgoing webhook's own token.
    pub(crate) application_token: Option<String>,
    /// The user whose tokens are sent; 0 is the one who caused the event.
    pub(crate) auth_type: u64,
    /// The user who bound it.
    pub(crate) bound_by: u64,
    /// Whether it only fills the queue of offline events, which this portal doesn't keep.
    pub(crate) offline: bool,
}

/// All handlers with their identifiers, in the order in which they were bound.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Handlers {
    list: Vec<(u64, Binding)>,
    last_id: u64,
}

impl Handlers {
    pub(crate) fn add(&mut self, binding: Binding) {
        self.last_id += 1;
        self.list.push((self.last_id, binding));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Binding> {
        self.list.iter().map(|(_, binding)| binding)
    }

    /// The handlers that are called when an event happens.
    pub(crate) fn of_event(&self, event: &str) -> Vec<(u64, Binding)> {
        let bound = self.list.iter();
        bound
            .filter(|(_, binding)| binding.event == event && !binding.offline)
            .cloned()
            .collect()
    }

    /// Removes handlers and tells how many.
    pub(crate) fn remove(&mut self, unwanted: impl Fn(&Binding) -> bool) -> usize {
        let before = self.list.len();
        self.list.retain(|(_, binding)| !unwanted(binding));
        before - self.list.len()
    }
}
