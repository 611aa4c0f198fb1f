//! The asynchronous client's lists are streams, which a `for` loop can't wait for.
use sonet_async::sonet_group::Get;
use sonet_async::{Client, Error};

async fn run(client: &Client) -> Result<(), Error> {
    for group in client.list(&Get::new()) {
        println!("{}", group?.id);
    }
    Ok(())
}

fn main() {
    let _ = run;
}
