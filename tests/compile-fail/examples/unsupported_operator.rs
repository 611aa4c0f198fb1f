//! `sonet_group.get` has no pattern operator; `workgroup.list` has one.
use sonet_types::sonet_group::Get;

fn main() {
    let _ = Get::new().filter(Get::NAME.like("Pro%"));
}
