//! Not every `u64` is an identifier, so it is converted, which may fail.
use sonet_types::sonet_group::Delete;

fn main() {
    let _ = Delete::new(77_u64);
}
