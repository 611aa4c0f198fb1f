//! An address may be wrong, which is told first.
use sonet_core::{Config, Rate};

fn main() {
    let _ = Config::webhook("https://example.bitrix24.com/rest/1/secret/").rate(Rate::ENTERPRISE);
}
