//! An identifier is no text; it is parsed.
use sonet_types::sonet_group::Delete;

fn main() {
    let _ = Delete::new("77");
}
