//! Events, which a portal sends to a handler. Each is an [`Event`].

mod event;
mod event_tokens;
mod other_event;

#[cfg(test)]
mod tests;

pub use crate::generated::events::*;
pub use event::Event;
pub use other_event::OtherEvent;
