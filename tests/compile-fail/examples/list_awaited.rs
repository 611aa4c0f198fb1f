//! A list is no future: its rows are.
use sonet_async::Client;
use sonet_async::sonet_group::Get;

async fn run(client: &Client) {
    let _ = client.list(&Get::new()).await;
}

fn main() {
    let _ = run;
}
