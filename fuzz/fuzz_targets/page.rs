//! Pages of documentation: every line is read, or said not to be.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sonet_docs::Checkout;
use sonet_docs::page;

fuzz_target!(|text: &str| {
    let checkout = Checkout::from_files([("page.md", text)]);
    let page = page::parse(&checkout, "page.md", text);
    let _ = format!("{page:?}");
});
