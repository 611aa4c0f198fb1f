//! A secret is not printed by mistake.
use sonet_core::Secret;

fn main() {
    println!("{}", Secret::new("canary"));
}
