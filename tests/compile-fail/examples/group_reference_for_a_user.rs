//! A reference to a new group can't be passed for a user.
use sonet_core::Batch;
use sonet_types::sonet_group::{Create, user};

fn main() {
    let mut batch = Batch::new().halt();
    let created = batch.add(&Create::new("Rust"));
    let _ = batch.add_with(created.value(), |group| user::Add::new(1, [group]));
}
