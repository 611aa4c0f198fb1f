//! A list that nobody walks sends nothing.
#![deny(unused_must_use)]

use sonet_async::Client;
use sonet_async::sonet_group::Get;

fn run(client: &Client) {
    client.list(&Get::new());
}

fn main() {
    let _ = run;
}
