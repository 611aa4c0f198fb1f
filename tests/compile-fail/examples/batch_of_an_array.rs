//! Methods of one type are no array, but a `Batch`.
use sonet_core::Commands;
use sonet_types::sonet_group::Delete;

/// Takes what a client's `batch` takes.
fn batch(_: impl Commands) {}

fn main() {
    batch([Delete::new(1), Delete::new(2)]);
}
