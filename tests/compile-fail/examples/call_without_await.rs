//! A call that nobody awaits sends nothing.
#![deny(unused_must_use)]

use sonet_async::Client;
use sonet_async::sonet_group::Delete;

fn run(client: &Client) {
    client.call(&Delete::new(77));
}

fn main() {
    let _ = run;
}
