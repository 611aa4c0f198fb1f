//! Not a list fails, but the request of one of its rows.
use sonet_async::sonet_group::Get;
use sonet_async::{Client, Error};

fn run(client: &Client) -> Result<(), Error> {
    let _ = client.list(&Get::new())?;
    Ok(())
}

fn main() {
    let _ = run;
}
