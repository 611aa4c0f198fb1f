//! Reads, writes, and a refusal that is told apart.
//!
//! ```text
//! cargo run -p sonet-async --example quickstart-async
//! SONET_WEBHOOK=https://example.bitrix24.com/rest/1/secret/ cargo run -p sonet-async --example quickstart-async
//! ```
//!
//! Without a webhook, a simulated portal answers. On a real one, it creates a group and deletes it again.

use std::error::Error;

use sonet_async::socialnetwork::api::workgroup;
use sonet_async::sonet_group::{Create, Delete, Get};
use sonet_async::{Client, Refusal};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let simulated = sonet_portal::Portal::builder().start()?;
    let webhook = std::env::var("SONET_WEBHOOK").unwrap_or_else(|_| simulated.webhook());
    let client = Client::webhook(&webhook)?;
    println!("portal: {}", client.address());

    let visible = Get::new()
        .filter(Get::ACTIVE.eq(true))
        .order(Get::NAME.asc());
    let page = client.page(&visible).await?;
    println!(
        "{} groups in all, the first by name:",
        page.total.unwrap_or_default()
    );
    for group in page.into_iter().take(5) {
        println!(
            "{:>6}  {} ({} members)",
            group.id, group.name, group.number_of_members
        );
    }

    let id = client
        .call(
            &Create::new("Rust")
                .description("All about Rust")
                .opened(true),
        )
        .await?;
    let group = client.call(&workgroup::Get::new(id)).await?;
    println!("created: {id}, {:?}", group.name);

    client.call(&Delete::new(id)).await?;
    match client.call(&workgroup::Get::new(id)).await {
        Ok(group) => println!("still there: {:?}", group.name),
        Err(error) if error.is(Refusal::GroupNotFound) => println!("deleted: {id}"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
