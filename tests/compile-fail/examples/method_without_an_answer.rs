//! A method of one's own says what its answer is.
use serde::Serialize;
use sonet_core::{Effect, Method};

#[derive(Serialize)]
struct ServerTime {}

impl Method for ServerTime {
    const NAME: &'static str = "server.time";
    const EFFECT: Effect = Effect::Read;
}

fn main() {}
