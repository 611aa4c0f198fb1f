//! What spans the crates: conformance of both clients, wire fixtures, snapshots.

#[cfg(test)]
mod conformance;
pub mod mini;

/// The README's examples compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The operator's page as well.
#[cfg(doctest)]
#[doc = include_str!("../../docs/many-machines.md")]
pub struct ManyMachines;
