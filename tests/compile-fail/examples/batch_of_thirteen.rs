//! A tuple has up to twelve methods; more go into a `Batch`.
use sonet_core::Commands;
use sonet_types::sonet_group::Delete;

/// Takes what a client's `batch` takes.
fn batch(_: impl Commands) {}

fn main() {
    let call = || Delete::new(1);
    batch((
        call(),
        call(),
        call(),
        call(),
        call(),
        call(),
        call(),
        call(),
        call(),
        call(),
        call(),
        call(),
        call(),
    ));
}
