//! Bodies that anybody may post to a handler of events: they are refused or read, and nothing more.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sonet_core::{Delivery, Secret};
use sonet_types::events::Event;

fuzz_target!(|body: &[u8]| {
    let Ok(delivery) = Delivery::parse(body) else {
        return;
    };
    let shown = format!("{delivery:?}");
    assert!(shown.len() < 10_000, "a stranger's text floods a log");

    // Whoever does not know the token can't get an event accepted.
    let error = delivery
        .verify::<Event>(&Secret::new("a token that no input has by chance, 32 letters"))
        .expect_err("an unknown token was accepted");
    assert!(error.is_unverified());
    assert!(delivery.verify::<Event>(&Secret::new("")).is_err());

    if let Ok(event) = delivery.without_verification::<Event>() {
        let _ = (event.name(), event.auth(), format!("{event:?}"));
    }
});
