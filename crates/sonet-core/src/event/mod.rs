//! What the portal sends to a handler of events.
//!
//! A [`Delivery`] is read from the body of a request and believed only once its application token is compared. What it
//! holds is then decoded to any type; `sonet-types` has the one for events.

mod delivery;
mod error;
mod form;
mod tree;

#[cfg(test)]
mod tests;

pub use delivery::Delivery;
pub use error::DeliveryError;
