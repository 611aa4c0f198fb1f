//! What one Redis bears, and what it adds to a call.
//!
//! ```sh
//! cargo test -p sonet-redis --test fleet -- --ignored --nocapture --test-threads 1 throughput
//! ```

use std::fs;
use std::time::Duration;

use crate::fleet::{Fleet, calls, quantile};
use crate::orders::{End, Pace, Report, Servers, Work};
use crate::support::RedisServer;
use crate::witness;

/// A rate that lets everything pass at once. What drains in a step has to be much less than what there is room for: that is as
/// many requests less than the threshold.
const PASSES: Pace = Pace {
    threshold: 1_000_000,
    drain: 1_000,
    every: Duration::from_millis(1),
};

/// How long processes take places.
const TIME: Duration = Duration::from_secs(5);

/// The average number of processes that want to run, as the system tells it.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("unknown").to_owned()
}

fn times(reports: &[Report]) -> impl Iterator<Item = Duration> {
    calls(reports).map(|call| call.took)
}

fn tell(what: &str, reports: &[Report]) {
    let (median, high) = (
        quantile(times(reports), 0.5),
        quantile(times(reports), 0.99),
    );
    println!("{what}: median {median:?}, 99th percentile {high:?}");
}

#[test]
#[ignore = "it measures"]
fn throughput_of_one_redis() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let shared = Servers::One(server.url());
    let portal = witness::portal(PASSES);
    for (processes, servers) in [
        (1, &Servers::None),
        (1, &shared),
        (4, &shared),
        (16, &shared),
    ] {
        let load = load();
        let mut fleet = Fleet::start((0..processes).map(|process| {
            let mut orders = witness::orders(process, &portal, servers, PASSES);
            orders.work = Work::Places;
            orders.calls = usize::MAX;
            orders.at_once = 1;
            orders
        }));
        let began = fleet.go();
        std::thread::sleep(TIME);
        fleet.stop();
        let took = began.elapsed().as_secs_f64();
        let reports = fleet.reports();
        for call in calls(&reports) {
            assert_eq!(call.end, End::Done, "{call:?}");
        }
        #[allow(clippy::cast_precision_loss, reason = "there are fewer")]
        let each_second = calls(&reports).count() as f64 / took;
        println!(
            "{processes} processes (load {load}), {servers:?}: {each_second:.0} places a second"
        );
        tell("    a place", &reports);
        println!(
            "    a script took the server {} µs so far",
            server.time_of_a_script()
        );
    }
}

#[test]
#[ignore = "it measures"]
fn throughput_of_calls_with_and_without_redis() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let portal = witness::portal(PASSES);
    for is_async in [true, false] {
        for (what, servers) in [
            ("without Redis", Servers::None),
            ("with Redis", Servers::One(server.url())),
        ] {
            let mut orders = witness::orders(0, &portal, &servers, PASSES);
            orders.is_async = is_async;
            orders.calls = 2_000;
            orders.at_once = 1;
            let (load, before) = (load(), server.scripts());
            let (reports, _) = Fleet::start([orders]).run();
            let trips = server.scripts() - before;
            for call in calls(&reports) {
                assert_eq!(call.end, End::Done, "{call:?}");
            }
            let kind = if is_async { "asynchronous" } else { "blocking" };
            tell(
                &format!("{kind}, {what} (load {load}), {trips} scripts"),
                &reports,
            );
        }
    }
}
