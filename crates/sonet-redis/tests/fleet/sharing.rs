//! Processes that share one bucket.

use std::time::Duration;

use crate::fleet::{Fleet, calls, quantile};
use crate::orders::{End, Pace, Servers};
use crate::support::RedisServer;
use crate::witness;

/// Four processes, two of them asynchronous, make calls as fast as they may. All succeed, and the portal refuses none.
fn four_processes(servers: &Servers, pace: Pace, number: usize) -> Shared {
    let portal = witness::portal(pace);
    let processes = 4;
    let fleet = Fleet::start((0..processes).map(|process| {
        let mut orders = witness::orders(process, &portal, servers, pace);
        orders.calls = number / processes;
        orders
    }));
    let (reports, took) = fleet.run();
    for call in calls(&reports) {
        assert_eq!(call.end, End::Done, "{call:?}");
    }
    assert_eq!(calls(&reports).count(), number);
    assert_eq!(portal.with(|portal| portal.refused_for_rate()), 0);
    let times = || calls(&reports).map(|call| call.took);
    Shared {
        took,
        median: quantile(times(), 0.5),
        longest: quantile(times(), 1.0),
    }
}

struct Shared {
    took: Duration,
    median: Duration,
    longest: Duration,
}

/// The same, soon done.
pub(crate) fn share_one_bucket(servers: &Servers) {
    four_processes(servers, Pace::faster(50), 200);
}

#[test]
fn four_processes_share_one_bucket() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    share_one_bucket(&Servers::One(server.url()));
}

#[test]
#[ignore = "it takes twenty seconds, and asserts them"]
fn campaign_four_processes_share_one_bucket() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let (pace, number) = (Pace::faster(10), 400);
    let Shared {
        took,
        median,
        longest,
    } = four_processes(&Servers::One(server.url()), pace, number);
    let floor = pace.floor(number);
    println!("{number} calls took {took:?}, the floor is {floor:?}");
    println!("half of them waited at most {median:?}, the longest {longest:?}");
    assert!(took <= floor.mul_f64(1.07));
    assert!(longest <= median * 2);
}
