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
mod process;
mod scene;

use std::env;

use scene::{Moment, Scene};

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
    let mut scene = Scene::new(seed);
    while scene.count.kills < kills {
        let moment = scene.random.pick(Moment::ALL);
        scene.round(moment);
        if scene.count.rounds % 50 == 0 {
            println!("{:?}", scene.count);
        }
    }
    println!("{:#?}", scene.count);
    assert_eq!(scene.count.asked_in_vain, 0);
}
