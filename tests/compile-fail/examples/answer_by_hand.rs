//! A server may answer more fields later, so an answer is not built by hand.
use sonet_core::Reply;

fn main() {
    let _ = Reply { result: 1 };
}
