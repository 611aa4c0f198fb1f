//! A method that has used up its operating time in one process.

use std::time::Duration;

use crate::fleet::{Fleet, calls};
use crate::orders::{End, Pace, Servers};
use crate::support::RedisServer;
use crate::witness;

/// Lets one process use up the time of a method, and then another one call it.
pub(crate) fn pause_for_all(server: &RedisServer, servers: &Servers) {
    let pace = Pace::faster(50);
    let portal = witness::portal(pace);
    portal.with(|portal| {
        let rules = portal.rules_mut();
        rules.operating_limit = Some(Duration::from_secs(480));
        let cost = Duration::from_secs(100);
        rules.costs.insert("sonet_group.get".to_owned(), cost);
    });
    let one = |process| {
        let mut orders = witness::orders(process, &portal, servers, pace);
        orders.operating_limit = Some(480);
        orders.at_once = 1;
        // It would have to wait for minutes.
        orders.timeout = Duration::from_secs(3);
        orders
    };
    let executed = || portal.with(|portal| portal.executed_of("sonet_group.get"));

    for first in [0, 1] {
        portal.with(|portal| portal.advance(Duration::from_secs(700)));
        server.ask::<()>(&["FLUSHALL"]);
        let before = executed();
        let mut orders = one(first);
        orders.calls = 6;
        let (reports, _) = Fleet::start([orders]).run();
        let done = calls(&reports).filter(|call| call.end == End::Done);
        assert_eq!(done.count(), 5, "the fifth is above 480 seconds");
        assert_eq!(executed() - before, 5);

        // It begins afterwards, and has never called.
        let mut orders = one(1 - first);
        orders.calls = 1;
        let (reports, _) = Fleet::start([orders]).run();
        for call in calls(&reports) {
            assert!(matches!(call.end, End::Deadline(_)), "{call:?}");
            assert!(call.certainly_not_run, "{call:?}");
        }
        assert_eq!(executed() - before, 5, "it was not called");
        portal.with(|portal| assert_eq!(portal.refused_for_operating(), 0));
    }
}

#[test]
fn a_method_that_is_blocked_in_one_process_is_not_called_by_another() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    pause_for_all(&server, &Servers::One(server.url()));
}
