//! `sonet_group.get` answers `PROJECT`, and can't filter by it.
use sonet_types::sonet_group::Get;

fn main() {
    let _ = Get::new().filter(Get::PROJECT.eq(true));
}
