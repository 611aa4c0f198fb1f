//! Nobody becomes the owner by a change of role.
use sonet_types::sonet_group::user::{SettableRole, Update};

fn main() {
    let _ = Update::new(77, [1], SettableRole::Owner);
}
