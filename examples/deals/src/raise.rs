//! What the application does, for any client.

use sonet_async::values::Decimal;
use sonet_async::{Client, Error};

use crate::bitrix::crm::deal::{Get, List, Update};
use crate::bitrix::crm::timeline::comment;

/// What was done.
#[derive(Debug, PartialEq, Eq)]
pub struct Raised {
    /// How many deals are at the stage.
    pub seen: usize,
    /// How many of them were worth less.
    pub changed: usize,
}

/// The field of this portal that says that a price is agreed on. It is in no documentation.
const AGREED: &str = "UF_CRM_PRICE_AGREED";

/// Makes every deal at a stage worth at least so much, but for those whose price is agreed on.
pub async fn to_at_least(client: &Client, stage: &str, least: &Decimal) -> Result<Raised, Error> {
    let deals = List::new()
        .filter(List::STAGE_ID.eq(stage))
        .filter(List::open_field(AGREED).ne("Y"))
        .select_open("ID")
        .select_open("OPPORTUNITY");
    // All of them, however many pages that is: what is changed on the way does not shift them.
    let mut list = client.list(&deals);
    let mut deals = Vec::new();
    while let Some(deal) = list.next().await {
        deals.push(deal?);
    }
    let mut changed = 0;
    for deal in &deals {
        if deal
            .opportunity
            .as_ref()
            .is_some_and(|worth| worth >= least)
        {
            continue;
        }
        let text = format!("Worth {least} now.");
        let update = Update::new(deal.id).opportunity(least.clone());
        let comment = comment::Add::new(deal.id.into(), "deal", text);
        // Nobody reads of a price that was not changed.
        let (update, comment) = client.batch_halting(&(update, comment)).await?;
        update?;
        comment?;
        changed += 1;
    }
    Ok(Raised {
        seen: deals.len(),
        changed,
    })
}

/// What a deal has in one of this portal's own fields.
pub async fn own_field(client: &Client, deal: i64, key: &str) -> Result<Option<String>, Error> {
    let deal = client.call(&Get::new(deal)).await?;
    let value = deal.extra.get(key).and_then(|value| value.as_str());
    Ok(value.map(str::to_owned))
}
