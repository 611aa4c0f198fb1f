//! A call borrows its request, which can so be sent again.
use sonet_async::Client;
use sonet_async::sonet_group::Delete;

async fn run(client: &Client) {
    let _ = client.call(Delete::new(77)).await;
}

fn main() {
    let _ = run;
}
