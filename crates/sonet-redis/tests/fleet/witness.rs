//! A portal that counts what it was asked, and what it should have been asked.

use std::collections::BTreeMap;
use std::time::Duration;

use sonet_portal::{Portal, Rules, Server};

use crate::orders::{Credential, End, Orders, Pace, Report, Servers, Work};
use crate::worker::group_name;

/// A portal with the limit of a rate.
pub(crate) fn portal(pace: Pace) -> Server {
    let mut rules = Rules::default();
    rules.rate = Some(pace.of_the_portal());
    Portal::builder().groups(1).rules(rules).start().unwrap()
}

/// Orders that say the same to all, but that every second process is a blocking one.
pub(crate) fn orders(number: usize, portal: &Server, servers: &Servers, pace: Pace) -> Orders {
    Orders {
        is_async: number % 2 == 0,
        servers: servers.clone(),
        credential: Credential::Webhook(portal.webhook()),
        pace,
        scope: None,
        fallback: None,
        operating_limit: None,
        work: Work::Read,
        calls: 0,
        at_once: 4,
        timeout: Duration::from_secs(60),
    }
}

/// What the prefix of a process's groups is.
pub(crate) fn prefix(number: usize) -> String {
    format!("process-{number}")
}

/// Asserts that each write ran as often as its call says: once if it succeeded, not at all if it says so, and never twice.
pub(crate) fn assert_writes_are_as_told(portal: &Server, reports: &[Report]) {
    let mut groups = BTreeMap::new();
    portal.with(|portal| {
        for group in portal.groups() {
            *groups.entry(group.name.clone()).or_insert(0) += 1;
        }
    });
    for (process, report) in reports.iter().enumerate() {
        for call in &report.calls {
            let name = group_name(&prefix(process), call.number);
            let count = groups.get(&name).copied().unwrap_or(0);
            let is_as_told = match call.end {
                End::Done => count == 1,
                _ if call.certainly_not_run => count == 0,
                _ => count <= 1,
            };
            assert!(is_as_told, "it ran {count} times: {name}, {call:?}");
        }
    }
}
