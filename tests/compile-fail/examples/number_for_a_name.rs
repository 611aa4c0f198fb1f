//! A group's name comes first, and it is a text.
use sonet_types::sonet_group::Create;

fn main() {
    let _ = Create::new(77);
}
