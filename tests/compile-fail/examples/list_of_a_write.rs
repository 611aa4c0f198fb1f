//! Only what answers in pages can be walked.
use sonet_async::Client;
use sonet_async::sonet_group::Delete;

fn run(client: &Client) {
    let _ = client.list(&Delete::new(77));
}

fn main() {
    let _ = run;
}
