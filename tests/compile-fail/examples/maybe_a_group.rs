//! An identifier that may be missing is none.
use sonet_types::GroupId;
use sonet_types::sonet_group::Delete;

fn main() {
    let _ = Delete::new(Some(GroupId::new(77)));
}
