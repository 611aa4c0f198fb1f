//! A method of one's own serializes to its parameters.
use sonet_core::{Effect, Method};

struct ServerTime {}

impl Method for ServerTime {
    const NAME: &'static str = "server.time";
    const EFFECT: Effect = Effect::Read;
    type Output = String;
}

fn main() {}
