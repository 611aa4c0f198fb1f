//! Users are invited, not groups.
use sonet_types::GroupId;
use sonet_types::sonet_group::user::Invite;

fn main() {
    let _ = Invite::new(77, [GroupId::new(1)]);
}
