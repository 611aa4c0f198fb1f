//! A page is not the list, so it is no `Vec`.
use sonet_async::sonet_group::{Get, Group};
use sonet_async::{Client, Error};

async fn groups(client: &Client) -> Result<Vec<Group>, Error> {
    client.call(&Get::new()).await
}

fn main() {
    let _ = groups;
}
