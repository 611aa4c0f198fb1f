//! Processes of both clients that share one pair of tokens: they meet an expired token at once, are killed amid refreshes, and
//! sleep through their leases.
//!
//! ```sh
//! SONET_TOKENS_ROUNDS=100 SONET_TOKENS_KILLS=500 cargo test -p sonet-redis --test tokens campaign -- --nocapture
//! ```
//!
//! `SONET_TOKENS_SEED` says what chance does.

mod crowd;
mod kills;
mod process;
mod sleepers;
mod witness;
mod worker;

use std::env;

/// A process of the campaign.
#[test]
fn process() {
    if let Ok(orders) = env::var(worker::ORDERS) {
        worker::run(&orders);
    }
}

/// A number that a variable may set.
fn number(variable: &str, default: u64) -> u64 {
    let set = env::var(variable).ok();
    set.map_or(default, |text| text.parse().unwrap())
}
