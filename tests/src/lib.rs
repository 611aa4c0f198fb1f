//! What spans the crates: conformance of both clients, wire fixtures, snapshots.

#[cfg(test)]
mod conformance;
pub mod mini;
