//! A parameter that the method does not have.
use sonet_types::sonet_group::Create;

fn main() {
    let _ = Create::new("Rust").colour("red");
}
