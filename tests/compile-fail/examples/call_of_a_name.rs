//! The name of a method is no method: `Raw` makes one of it.
use sonet_async::Client;

async fn run(client: &Client) {
    let _ = client.call("user.current").await;
}

fn main() {
    let _ = run;
}
