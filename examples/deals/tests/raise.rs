//! The application against a simulated portal, which is taught the methods that it calls.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use deals::bitrix::Refusal;
use deals::bitrix::crm::deal::{Get, List};
use deals::raise::{Raised, own_field, to_at_least};
use serde_json::{Value, json};
use sonet_async::values::Decimal;
use sonet_async::{Client, serde_json};
use sonet_portal::{Portal, Reply, Server};

/// The deals of the portal, by number.
type Deals = Arc<Mutex<BTreeMap<u64, Value>>>;

/// A portal with 120 deals, more than two pages, and what is written into timelines.
fn portal() -> (Server, Deals, Arc<Mutex<Vec<String>>>) {
    let deals: Deals = Arc::default();
    for id in 1..=120 {
        let deal = json!({
            "ID": id.to_string(),
            "STAGE_ID": if id % 2 == 0 { "NEW" } else { "WON" },
            "OPPORTUNITY": format!("{}.50", id * 10),
            "UF_CRM_PRICE_AGREED": if id % 10 == 0 { "Y" } else { "N" },
        });
        deals.lock().unwrap().insert(id, deal);
    }
    let comments: Arc<Mutex<Vec<String>>> = Arc::default();
    let server = Portal::builder().start().unwrap();
    let (all, one, changed, written) = (
        deals.clone(),
        deals.clone(),
        deals.clone(),
        comments.clone(),
    );
    server.with(|portal| {
        portal
            .on("crm.deal.list", move |call| {
                let filter = call.params()["filter"].clone();
                let number =
                    |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
                let deals = all.lock().unwrap();
                let rows = deals.iter().filter(|(id, deal)| {
                    let stage = filter
                        .get("=STAGE_ID")
                        .is_none_or(|stage| *stage == deal["STAGE_ID"]);
                    let agreed = filter.get("!=UF_CRM_PRICE_AGREED");
                    let agreed = agreed.is_none_or(|agreed| *agreed != deal["UF_CRM_PRICE_AGREED"]);
                    let behind = filter
                        .get(">ID")
                        .and_then(number)
                        .is_none_or(|last| **id > last);
                    stage && agreed && behind
                });
                Reply::list(rows.map(|(_, deal)| deal.clone()).collect::<Vec<_>>())
            })
            .unwrap();
        portal
            .on("crm.deal.get", move |call| {
                let deal = call
                    .id("id")
                    .and_then(|id| one.lock().unwrap().get(&id).cloned());
                match deal {
                    Some(deal) => Reply::result(deal),
                    None => Reply::refusal("", "Not found").status(400),
                }
            })
            .unwrap();
        portal
            .on("crm.deal.update", move |call| {
                let id = call.id("id").unwrap_or_default();
                if let Some(deal) = changed.lock().unwrap().get_mut(&id) {
                    deal["OPPORTUNITY"] = call.params()["fields"]["OPPORTUNITY"].clone();
                    return Reply::result(true);
                }
                Reply::refusal("", "Not found").status(400)
            })
            .unwrap();
        portal
            .on("crm.timeline.comment.add", move |call| {
                let fields = &call.params()["fields"];
                let mut comments = written.lock().unwrap();
                comments.push(format!("{}: {}", fields["ENTITY_ID"], fields["COMMENT"]));
                Reply::result(comments.len())
            })
            .unwrap();
    });
    (server, deals, comments)
}

#[tokio::test]
async fn every_deal_of_a_stage_is_raised_once() {
    let (server, deals, comments) = portal();
    let client = Client::webhook(&server.webhook()).unwrap();
    let least: Decimal = "500.10".parse().unwrap();
    let raised = to_at_least(&client, "NEW", &least).await.unwrap();
    // 60 deals are new, 12 of them have an agreed price; 25 of the even ones are below, 5 of them agreed.
    assert_eq!(
        raised,
        Raised {
            seen: 48,
            changed: 20
        }
    );
    assert_eq!(deals.lock().unwrap()[&2]["OPPORTUNITY"], "500.10");
    assert_eq!(deals.lock().unwrap()[&1]["OPPORTUNITY"], "10.50");
    assert_eq!(deals.lock().unwrap()[&10]["OPPORTUNITY"], "100.50");
    assert_eq!(comments.lock().unwrap().len(), 20);
    // What is done is not done again.
    let again = to_at_least(&client, "NEW", &least).await.unwrap();
    assert_eq!(again.changed, 0);
}

#[tokio::test]
async fn a_portals_own_field_is_kept_and_an_error_has_its_name() {
    let (server, ..) = portal();
    let client = Client::webhook(&server.webhook()).unwrap();
    let agreed = own_field(&client, 20, "UF_CRM_PRICE_AGREED").await.unwrap();
    assert_eq!(agreed.as_deref(), Some("Y"));
    let error = client.call(&Get::new(999)).await.unwrap_err();
    assert!(error.is(Refusal::DealNotFound), "{error}");
}

#[tokio::test]
async fn a_walk_is_complete_as_for_every_method() {
    let (server, ..) = portal();
    let client = Client::webhook(&server.webhook()).unwrap();
    let mut deals = client.list(&List::new());
    let mut worth = Vec::new();
    while let Some(deal) = deals.next().await {
        worth.push(deal.unwrap().opportunity.unwrap());
    }
    assert_eq!(worth.len(), 120);
    assert_eq!(worth[119], "1200.5".parse().unwrap());
}
