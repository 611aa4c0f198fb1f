//! The server's own count never exceeds its threshold.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use proptest::prelude::*;
use sonet_core::{Config, Limits, Rate, Session};

use super::cases;
use super::stage::{Order, Server, Stage, Trip};

/// How long a request travels at most. The engine relies on it.
const LONGEST_TRIP: u64 = 5_000;

/// A rate as a portal is set up with, apart from the client's own type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) threshold: u32,
    pub(super) drain: u32,
    pub(super) every: Duration,
}

impl Setting {
    pub(super) fn rate(self) -> Rate {
        Rate::new(self.threshold, self.drain).every(self.every)
    }
}

pub(super) fn settings() -> impl Strategy<Value = Setting> {
    let second = Duration::from_secs(1);
    let setting = move |threshold, drain| Setting {
        threshold,
        drain,
        every: second,
    };
    let random = (1_u32..60, 1_u32..10, 20_u64..3_000).prop_map(|(threshold, drain, every)| {
        let every = Duration::from_millis(every);
        Setting {
            threshold,
            drain,
            every,
        }
    });
    prop_oneof![
        2 => Just(setting(50, 2)),
        1 => Just(setting(250, 5)),
        3 => random,
    ]
}

/// A portal that counts what arrives.
pub(super) struct Portal {
    setting: Setting,
    /// When it began to count, somewhere within a period.
    start: Instant,
    periods: u128,
    pub(super) count: u32,
    pub(super) highest: u32,
    trips: Vec<Trip>,
}

impl Portal {
    pub(super) fn new(setting: Setting, start: Instant, trips: Vec<Trip>) -> Self {
        Self {
            setting,
            start,
            periods: 0,
            count: 0,
            highest: 0,
            trips,
        }
    }
}

impl Server for Portal {
    fn trip(&mut self, actor: usize, _: &Request<Bytes>) -> Trip {
        self.trips[actor]
    }

    fn arrive(&mut self, now: Instant, _: Request<Bytes>) -> Response<Bytes> {
        let periods = (now - self.start).as_nanos() / self.setting.every.as_nanos();
        for _ in self.periods..periods {
            if self.count == 0 {
                break;
            }
            self.count = self.count.saturating_sub(self.setting.drain);
        }
        self.periods = periods;
        self.count += 1;
        self.highest = self.highest.max(self.count);
        Response::new(Bytes::from_static(br#"{"result":1}"#))
    }
}

/// A crowd of calls: when they begin, how their requests fare, and when they are dropped.
#[derive(Debug, Clone)]
struct Plan {
    session: usize,
    begin: u64,
    there: u64,
    back: Option<u64>,
    patience: u64,
    dropped: Option<u64>,
}

fn plans() -> impl Strategy<Value = Plan> {
    let begin = prop_oneof![2 => Just(0_u64), 2 => 0_u64..8_000, 3 => 0_u64..60_000];
    let there = prop_oneof![2 => Just(0_u64), 2 => 0_u64..200, 2 => 0..LONGEST_TRIP];
    let back =
        prop_oneof![2 => Just(Some(0_u64)), 3 => (0_u64..4_000).prop_map(Some), 1 => Just(None)];
    let patience = prop_oneof![3 => Just(75_000_u64), 1 => 1_u64..8_000];
    let dropped = prop_oneof![4 => Just(None), 1 => (0_u64..20_000).prop_map(Some)];
    (0..3_usize, begin, there, back, patience, dropped).prop_map(
        |(session, begin, there, back, patience, dropped)| Plan {
            session,
            begin,
            there,
            back,
            patience,
            dropped,
        },
    )
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_servers_count_stays_below_the_threshold(
        setting in settings(),
        phase in 0.0..1.0_f64,
        crowds in prop::collection::vec((plans(), 1_usize..60), 1..10),
    ) {
        let plans: Vec<Plan> = crowds
            .into_iter()
            .flat_map(|(plan, size)| vec![plan; size])
            .collect();
        let start = Instant::now();
        let limits = Limits::new(setting.rate());
        let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/").unwrap();
        let sessions: Vec<Session> = (0..3)
            .map(|_| Session::new(&config.clone().limits(limits.clone()), start).unwrap())
            .collect();
        let trips = plans.iter().map(|plan| Trip {
            there: millis(plan.there),
            back: plan.back.map(millis),
            patience: millis(plan.patience),
        });
        let portal = Portal::new(setting, start, trips.collect());
        let mut stage = Stage::new(start, portal, Order::AsTheyCame(0));
        // The portal's periods began before.
        stage.now += setting.every.mul_f64(phase);
        for plan in &plans {
            stage.call(&sessions[plan.session], millis(plan.begin), plan.dropped.map(millis));
        }
        stage.run();
        let highest = stage.server.highest;
        prop_assert!(highest <= setting.threshold, "{highest} requests were counted");
        prop_assert_eq!(stage.alive(), 0);
    }
}
