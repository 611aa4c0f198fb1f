//! An unknown value can't be built to mimic a known one.
use sonet_core::Unknown;
use sonet_types::Role;

fn main() {
    let _ = Role::Unknown(Unknown::new("A"));
}
