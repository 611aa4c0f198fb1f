//! A flag is equal or not; it has no greater and no less.
use sonet_types::sonet_group::Get;

fn main() {
    let _ = Get::new().filter(Get::ACTIVE.gt(true));
}
