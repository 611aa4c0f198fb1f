//! A user can't be passed for a group.
use sonet_types::UserId;
use sonet_types::sonet_group::Delete;

fn main() {
    let _ = Delete::new(UserId::new(1));
}
