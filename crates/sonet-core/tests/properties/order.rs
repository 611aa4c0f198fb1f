//! Calls are sent in order and as soon as the rate lets them, and leave nothing behind.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use sonet_core::{Config, Limits, Session};

use super::bucket::{Portal, Setting, settings};
use super::cases;
use super::stage::{Order, Stage, Trip};

/// After how long the engine takes it that a request was counted.
const COUNTED_AFTER: Duration = Duration::from_secs(5);

const ACCURACY: Duration = Duration::from_millis(5);

fn session(setting: Setting, start: Instant) -> Session {
    let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/").unwrap();
    let limits = Limits::new(setting.rate());
    Session::new(&config.limits(limits), start).unwrap()
}

/// How many requests a second, and how many at once, where the last step of the server's count can't be relied on.
fn pace(setting: Setting) -> (f64, f64) {
    let drain = setting.drain.min(setting.threshold);
    let room = (setting.threshold - drain).max(1);
    (
        f64::from(drain) / setting.every.as_secs_f64(),
        f64::from(room),
    )
}

/// When calls that begin at these times leave a bucket that drains evenly, if answers come at once.
fn expected(setting: Setting, begins: &[Duration]) -> Vec<Duration> {
    let (pace, room) = pace(setting);
    let (mut level, mut at) = (0.0_f64, Duration::ZERO);
    let leave = |begin: &Duration| {
        let from = at.max(*begin);
        level = (level - from.saturating_sub(at).as_secs_f64() * pace).max(0.0);
        let wait = Duration::from_secs_f64((level + 1.0 - room).max(0.0) / pace);
        level = (level - wait.as_secs_f64() * pace).max(0.0) + 1.0;
        at = from + wait;
        at
    };
    begins.iter().map(leave).collect()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn calls_leave_in_order_and_at_the_pace(
        setting in settings(),
        mut begins in prop::collection::vec(prop_oneof![Just(0_u64), 0_u64..30_000], 1..200),
    ) {
        begins.sort_unstable();
        let begins: Vec<Duration> = begins.into_iter().map(Duration::from_millis).collect();
        let start = Instant::now();
        let session = session(setting, start);
        let trip = Trip {
            there: Duration::ZERO,
            back: Some(Duration::ZERO),
            patience: Duration::from_secs(75),
        };
        let portal = Portal::new(setting, start, vec![trip; begins.len()]);
        let mut stage = Stage::new(start, portal, Order::AsTheyCame(0));
        for begin in &begins {
            stage.call(&session, *begin, None);
        }
        stage.run();
        let order: Vec<usize> = stage.sent.iter().map(|(id, _)| *id).collect();
        prop_assert_eq!(&order, &stage.asked, "first come, first served");
        prop_assert_eq!(order.len(), begins.len());
        for ((_, sent), expected) in stage.sent.iter().zip(expected(setting, &begins)) {
            let sent = *sent - start;
            prop_assert!(sent + ACCURACY >= expected, "{sent:?} is sooner than {expected:?}");
            prop_assert!(sent <= expected + ACCURACY, "{sent:?} is later than {expected:?}");
        }
    }

    #[test]
    fn everybody_is_served_and_nothing_leaks(
        setting in settings(),
        plans in prop::collection::vec(
            (
                0_u64..10_000,
                0_u64..5_000,
                prop::option::of(0_u64..3_000),
                prop::option::weighted(0.4, 0_u64..30_000),
            ),
            1..200,
        ),
    ) {
        let start = Instant::now();
        let session = session(setting, start);
        let trips = plans.iter().map(|(_, there, back, _)| Trip {
            there: Duration::from_millis(*there),
            back: back.map(Duration::from_millis),
            patience: Duration::from_secs(10),
        });
        let portal = Portal::new(setting, start, trips.collect());
        let mut stage = Stage::new(start, portal, Order::AsTheyCame(0));
        for (begin, _, _, dropped) in &plans {
            let (begin, dropped) = (*begin, dropped.map(Duration::from_millis));
            stage.call(&session, Duration::from_millis(begin), dropped);
        }
        stage.run();
        prop_assert_eq!(stage.alive(), 0);
        for (id, (_, _, _, dropped)) in plans.iter().enumerate() {
            let sent = stage.sent.iter().any(|(other, _)| *other == id);
            prop_assert!(sent || dropped.is_some(), "call {id} was never sent");
        }
        // At worst, all room is taken by requests that are slow to be counted, again and again.
        let (pace, room) = pace(setting);
        let calls = f64::from(u32::try_from(plans.len()).unwrap());
        let crowds = calls / (room - 1.0).max(1.0) + 1.0;
        let bound = calls / pace + crowds * COUNTED_AFTER.as_secs_f64();
        let last = stage.sent.last().map_or(start, |(_, sent)| *sent);
        let last = (last - start).as_secs_f64();
        prop_assert!(last <= 10.0 + bound, "the last one left after {last} s");

        let rest = COUNTED_AFTER + Duration::from_secs_f64(room / pace) + ACCURACY;
        let metrics = session.metrics(stage.now + rest);
        prop_assert_eq!((metrics.in_flight, metrics.waiting), (0, 0));
        prop_assert!(metrics.level < 1e-6, "{} are still counted", metrics.level);
    }
}
