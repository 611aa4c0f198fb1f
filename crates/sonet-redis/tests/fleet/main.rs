//! Many processes over one Redis and one portal: what they share holds, whatever becomes of Redis.
//!
//! Most of it runs with small numbers. The campaign has the large ones, and asserts times:
//!
//! ```sh
//! cargo test -p sonet-redis --test fleet -- --ignored --nocapture --test-threads 1 campaign
//! ```
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(missing_docs)]

mod clocks;
mod documented;
mod failures;
mod fleet;
mod operating;
mod orders;
mod places;
mod sharing;
#[path = "../support/mod.rs"]
mod support;
mod throughput;
mod tokens;
mod topologies;
mod witness;
mod worker;

/// A process of the fleet.
#[test]
#[ignore = "the other tests run it"]
fn process() {
    if let Ok(orders) = std::env::var(worker::ORDERS) {
        worker::run(&orders);
    }
}
