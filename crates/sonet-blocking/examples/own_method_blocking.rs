//! A method that this crate does not have, as a type of one's own: a call, and a list that is walked to its end.
//!
//! ```text
//! cargo run -p sonet-blocking --example own_method_blocking
//! ```
//!
//! Without a type, `Raw` calls it by its name: `Raw::new("crm.deal.list", json!({})).paged("ID")`.

use serde::{Deserialize, Serialize};
use sonet_blocking::serde_json::json;
use sonet_blocking::wire::{Decode as _, Int};
use sonet_blocking::{BesideResult, Client, Effect, Method, Page, Paged, Paging};
use sonet_portal::{Portal, Reply};

/// Creates a deal.
#[derive(Serialize)]
struct Add {
    fields: Fields,
}

#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Fields {
    title: &'static str,
}

impl Method for Add {
    const NAME: &'static str = "crm.deal.add";
    // A second call would make a second deal, so it is never repeated on a guess.
    const EFFECT: Effect = Effect::Write;
    type Output = i64;
}

/// Lists deals.
#[derive(Serialize)]
struct List {
    select: [&'static str; 2],
}

#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Deal {
    // A number, or a text of one.
    #[serde(deserialize_with = "Int::decode")]
    id: i64,
    title: String,
}

impl Method for List {
    const NAME: &'static str = "crm.deal.list";
    const EFFECT: Effect = Effect::Read;
    type Output = Page<Deal>;

    fn beside_result(page: &mut Page<Deal>, beside: &BesideResult) {
        page.set_beside_result(beside);
    }
}

impl Paged for List {
    type Item = Deal;

    fn paging(&self) -> Paging<Deal> {
        Paging::new("ID", |deal: &Deal| deal.id).uncounted()
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The portal has no CRM, so it is taught what the example needs.
    let portal = Portal::builder().start()?;
    portal.with(|portal| {
        portal.on("crm.deal.add", |_| Reply::result(121))?;
        let rows = |_: &_| {
            Reply::list((1..=121).map(|id| json!({ "ID": id.to_string(), "TITLE": "Rust" })))
        };
        portal.on("crm.deal.list", rows).map(drop)
    })?;
    let client = Client::webhook(&portal.webhook())?;

    let fields = Fields { title: "Rust" };
    println!("made {}", client.call(&Add { fields })?);

    let every = List {
        select: ["ID", "TITLE"],
    };
    let page = client.call(&every)?;
    println!("{} on the first page, last: {}", page.len(), page.is_last());

    let (mut count, mut last) = (0, None);
    for deal in client.list(&every) {
        let deal = deal?;
        (count, last) = (count + 1, Some((deal.id, deal.title)));
    }
    println!("{count} in all, the last: {last:?}");
    Ok(())
}
