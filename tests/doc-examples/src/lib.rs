//! The examples in the documentation of what the clients re-export, compiled as a reader copies them: the lines that are
//! shown and no other, with a client as the only crate of ours.
//!
//! The documentation tests of those crates run the same examples, but they see their hidden lines as well, and know the
//! client only as another name of the crate itself. The build script collects the examples.

#![cfg(test)]

mod with_sonet_async {
    include!(concat!(env!("OUT_DIR"), "/sonet_async.rs"));
}

mod with_sonet_blocking {
    include!(concat!(env!("OUT_DIR"), "/sonet_blocking.rs"));
}

/// The same examples as text, each with its place.
const EXAMPLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

#[test]
fn no_example_names_a_crate_that_a_reader_does_not_have() {
    assert!(EXAMPLES.len() > 60, "only {} examples", EXAMPLES.len());
    for (place, text) in EXAMPLES {
        for name in ["sonet_core", "sonet_types", "sonet_net"] {
            assert!(!text.contains(name), "{place} names {name}:\n{text}");
        }
    }
}
