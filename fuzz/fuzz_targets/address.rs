//! Addresses of portals and webhooks: each is refused or understood, and the secret is never shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sonet_core::Config;

const SECRET: &str = "s3cr3tw0rd";

fuzz_target!(|text: &str| {
    match Config::webhook(text) {
        // The error may be logged, so nothing of what may be a secret is in it.
        Err(error) => assert!(!error.to_string().contains(SECRET), "{error}"),
        Ok(config) => {
            let address = config.address();
            assert!(!address.host().is_empty());
            // A host or a folder may be called anything, and is no secret.
            if !address.to_string().contains(SECRET) {
                let shown = format!("{config:?}");
                assert!(!shown.contains(SECRET), "{shown}");
            }
            // Where the portal is can be written down and used again.
            let again = Config::token(&address.to_string(), "token").expect("an address");
            assert_eq!(again.address(), address);
        }
    }
});
