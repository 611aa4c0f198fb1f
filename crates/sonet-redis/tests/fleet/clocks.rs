//! Processes whose clocks are an hour apart.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::fleet::{Fleet, calls};
use crate::orders::{End, Pace, Servers, Work};
use crate::support::{RedisServer, missing};
use crate::tokens::Application;
use crate::witness;

/// The library that shows a program another time, where this machine has it (Debian's `libfaketime`).
fn faketime() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let found = folders
        .map(|folder| folder.path().join("faketime/libfaketime.so.1"))
        .find(|path| path.is_file());
    if found.is_none() {
        missing(
            "SONET_FAKETIME",
            "clocks that are apart (there is no libfaketime)",
        );
    }
    found
}

/// Shows a program a clock that is off.
fn put_off(command: &mut Command, library: &PathBuf, by: &str) {
    command
        .env("LD_PRELOAD", library)
        .env("FAKETIME", by)
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
}

#[test]
fn clocks_that_are_hours_apart_make_no_difference() {
    let (Some(library), Some(server)) = (faketime(), RedisServer::start()) else {
        return;
    };
    // That the clock is off indeed.
    let mut date = Command::new("date");
    put_off(&mut date, &library, "-1h");
    let seen = date.arg("+%s").output().unwrap().stdout;
    let seen: u64 = String::from_utf8(seen).unwrap().trim().parse().unwrap();
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    assert!(Duration::from_secs(seen + 3_500) < now);

    let pace = Pace::faster(50);
    let portal = witness::portal(pace);
    let application = Application::of(&portal);
    application.expire();
    let servers = Servers::One(server.url());
    let orders = (0..4).map(|process| {
        let mut orders = witness::orders(process, &portal, &servers, pace);
        orders.credential = application.credential();
        orders.work = Work::Read;
        orders.calls = 40;
        orders
    });
    let fleet = Fleet::start_by(orders, |process, command| match process {
        0 | 1 => put_off(command, &library, "-1h"),
        2 => put_off(command, &library, "+1h"),
        _ => {}
    });
    let (reports, _) = fleet.run();
    for call in calls(&reports) {
        assert_eq!(call.end, End::Done, "{call:?}");
    }
    portal.with(|portal| {
        assert_eq!(portal.refused_for_rate(), 0);
        assert_eq!(portal.tokens_refreshed(), 1);
        assert_eq!(portal.refreshes_refused(), 0);
    });
}
