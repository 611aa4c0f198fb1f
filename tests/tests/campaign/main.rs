//! A campaign: processes that share a file of tokens are killed in the middle of refreshes, with slow stores and a slow
//! token server, and nobody is asked to authorize again unless a pair is truly lost: it never was on the disk.
//!
//! ```sh
//! cargo test -p sonet-tests --test campaign -- --ignored --nocapture
//! ```
//!
//! `SONET_CAMPAIGN_KILLS` says how many processes are killed amid a refresh (500), `SONET_CAMPAIGN_SEED` what chance does.

#![allow(clippy::unwrap_used, missing_docs)]

mod disk;
mod harness;
mod process;

use std::env;

use harness::{Harness, KillPoint};

/// A process of the campaign.
#[test]
#[ignore = "the campaign runs it"]
fn process() {
    if let Ok(orders) = env::var(process::ORDERS) {
        process::run(&orders);
    }
}

#[test]
#[ignore = "it kills processes for some ten minutes"]
fn nobody_is_asked_to_authorize_again_unless_a_pair_is_truly_lost() {
    if env::var(process::ORDERS).is_ok() {
        return;
    }
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse().ok());
    let kills = number("SONET_CAMPAIGN_KILLS").unwrap_or(500);
    let seed = number("SONET_CAMPAIGN_SEED").unwrap_or_else(|| std::process::id().into());
    println!("seed {seed}");
    let mut harness = Harness::new(seed);
    while harness.count.kills < kills {
        let kill_point = harness.random.pick(KillPoint::ALL);
        harness.round(kill_point);
        if harness.count.rounds % 50 == 0 {
            println!("{:?}", harness.count);
        }
    }
    println!("{:#?}", harness.count);
    assert_eq!(harness.count.asked_in_vain, 0);
}
