//! The methods that are called.

use serde::Serialize;
use sonet_core::{Effect, Method};

#[derive(Debug, Clone, Serialize)]
pub(super) struct Write {}

impl Method for Write {
    const NAME: &'static str = "test.write";
    const EFFECT: Effect = Effect::Write;
    type Output = u64;
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Repeatable {}

impl Method for Repeatable {
    const NAME: &'static str = "test.set";
    const EFFECT: Effect = Effect::Repeatable;
    type Output = u64;
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Read {}

impl Method for Read {
    const NAME: &'static str = "test.get";
    const EFFECT: Effect = Effect::Read;
    type Output = u64;
}
