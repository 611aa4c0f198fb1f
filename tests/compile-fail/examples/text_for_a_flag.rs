//! A flag is `true` or `false`, whatever the wire has for it.
use sonet_types::sonet_group::Create;

fn main() {
    let _ = Create::new("Rust").opened("Y");
}
