//! A setter gives back the request that it has changed.
use sonet_types::sonet_group::Create;

fn main() {
    let call = Create::new("Rust");
    let _ = call.opened(true);
    let _ = call.clone();
}
