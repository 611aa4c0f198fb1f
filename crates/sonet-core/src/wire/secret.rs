//! Secrets that are sent on purpose.

use serde::Serializer;

use super::Encode;
use crate::Secret;

/// A secret as its text: in a request that takes one, and in what a store keeps. Nothing else writes secrets.
#[derive(Debug)]
pub struct Exposed;

impl Encode<Secret> for Exposed {
    fn encode<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(secret.expose())
    }
}
