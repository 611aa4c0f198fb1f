//! A condition belongs to the method whose field it is on.
use sonet_types::socialnetwork::api::workgroup::List;
use sonet_types::sonet_group::Get;

fn main() {
    let _ = Get::new().filter(List::PROJECT.eq(true));
}
