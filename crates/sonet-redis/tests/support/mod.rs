//! Real servers for tests: each on a port of its own and in a temporary folder, gone with the test that started it.
//!
//! Where a machine has neither Redis nor Valkey, a test that asks for one says so and ends. With `SONET_REDIS=required`
//! it fails instead. `SONET_REDIS_SERVER` names the program to start: by default, the first of `redis-server` and
//! `valkey-server` that is on the `PATH`. `SONET_FAKETIME=required` does the same for clocks that are apart, and
//! `SONET_NETNS` lets a test create namespaces of the network: `1` where it can, `required` where it has to.

#![allow(dead_code, reason = "no test needs all of it")]
#![allow(
    unreachable_pub,
    unused_imports,
    reason = "each test binary takes a part of it"
)]

mod cluster;
mod ports;
mod program;
mod proxy;
mod sentinel;
mod server;

use std::thread;
use std::time::{Duration, Instant};

pub use cluster::Cluster;
pub(crate) use program::{missing, skipped};
pub use proxy::{Proxy, Way};
pub use sentinel::SentinelSet;
pub use server::RedisServer;

/// Waits until something is so, and fails after 20 seconds.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(20));
    }
}
