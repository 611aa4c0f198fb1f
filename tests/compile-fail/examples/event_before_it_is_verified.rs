//! Whoever forges an event sends a `Delivery`; an `Event` comes of it by `verify`.
use sonet_core::{Delivery, DeliveryError};
use sonet_types::events::Event;

fn handle(_: &Event) {}

fn run(body: &[u8]) -> Result<(), DeliveryError> {
    let delivery = Delivery::parse(body)?;
    handle(&delivery);
    Ok(())
}

fn main() {
    let _ = run;
}
