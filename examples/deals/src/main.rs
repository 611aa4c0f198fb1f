//! Raises what the deals of a stage are worth, and says so in the timeline of each.
//!
//! ```text
//! BITRIX24_WEBHOOK=https://… cargo run -- NEW 1500.10
//! cargo test    # against a simulated portal that is taught the methods
//! ```

use std::env;
use std::error::Error;

use deals::raise;
use sonet_async::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let webhook = env::var("BITRIX24_WEBHOOK").map_err(
        |_| "set BITRIX24_WEBHOOK to the address of an incoming webhook with the scope crm",
    )?;
    let mut words = env::args().skip(1);
    let (Some(stage), Some(amount)) = (words.next(), words.next()) else {
        return Err("give a stage and an amount: deals NEW 1500.10".into());
    };
    let client = Client::webhook(&webhook)?;
    let raised = raise::to_at_least(&client, &stage, &amount.parse()?).await?;
    println!(
        "{} of {} deals are worth more now",
        raised.changed, raised.seen
    );
    Ok(())
}
