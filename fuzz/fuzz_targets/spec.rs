//! Specs: each is taken, or every mistake in it is reported where it stands.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match sonet_spec::parse("spec.toml", text) {
        Ok((spec, _)) => {
            let _ = format!("{spec:?}");
        }
        Err(report) => assert!(!report.to_string().is_empty()),
    }
});
