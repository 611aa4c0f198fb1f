//! Secrets that are sent on purpose.

/// Encodes a [`Secret`](crate::Secret) as its text: in a request that takes one, and in what a store keeps. Nothing else
/// writes secrets.
#[derive(Debug)]
pub struct Exposed;
