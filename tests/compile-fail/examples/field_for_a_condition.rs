//! A field alone is no condition.
use sonet_types::sonet_group::Get;

fn main() {
    let _ = Get::new().filter(Get::NAME);
}
