//! A missing required parameter does not compile.
use sonet_types::sonet_group::user::Invite;

fn main() {
    let _ = Invite::new(77);
}
