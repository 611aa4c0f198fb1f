//! A list is no identifier, so it has no value to refer to.
use sonet_core::Batch;
use sonet_types::sonet_group::user;

fn main() {
    let mut batch = Batch::new().halt();
    let members = batch.add(&user::Get::new(1));
    let _ = members.value();
}
