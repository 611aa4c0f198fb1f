//! An identifier contains no text.
use sonet_types::sonet_group::Get;

fn main() {
    let _ = Get::new().filter(Get::ID.contains(7));
}
