//! However many calls meet an expired token, one refresh is under way at most, and every call ends.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use proptest::prelude::*;
use serde_json::{Value, json};
use sonet_core::{App, Config, Limits, Rate, Session, Tokens};

use super::cases;
use super::stage::{Order, Server, Stage, Trip};

/// A portal whose tokens expire, and the token server.
struct Portal {
    /// The pair that counts.
    pair: u64,
    /// How many calls a pair is good for.
    lasts: u64,
    calls: u64,
    /// How requests fare, in turn.
    trips: Vec<Trip>,
    requests: usize,
    refreshes: u64,
    /// Requests whose refresh token was used up before.
    stale: u64,
    /// How often the token server fails before it gives tokens.
    failures: u64,
}

fn respond(status: u16, body: &Value) -> Response<Bytes> {
    let response = Response::builder().status(status);
    response.body(Bytes::from(body.to_string())).unwrap()
}

impl Server for Portal {
    fn trip(&mut self, _: usize, _: &Request<Bytes>) -> Trip {
        self.requests += 1;
        self.trips[self.requests % self.trips.len()]
    }

    fn arrive(&mut self, _: Instant, request: Request<Bytes>) -> Response<Bytes> {
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let shown = format!("{}?{body}", request.uri());
        if request.uri().path().starts_with("/oauth/token") {
            self.refreshes += 1;
            if self.failures > 0 {
                self.failures -= 1;
                return respond(503, &json!({ "error": "SERVICE_UNAVAILABLE" }));
            }
            if !shown.contains(&format!("refresh_token=refresh-{}", self.pair)) {
                self.stale += 1;
                return respond(400, &json!({ "error": "invalid_grant" }));
            }
            self.pair += 1;
            self.calls = 0;
            return respond(
                200,
                &json!({
                    "access_token": format!("access-{}", self.pair),
                    "refresh_token": format!("refresh-{}", self.pair),
                    "client_endpoint": "https://example.bitrix24.com/rest/",
                    "expires_in": 3600,
                }),
            );
        }
        let current = format!("\"access-{}\"", self.pair);
        self.calls += 1;
        if !shown.contains(&current) || self.calls > self.lasts {
            return respond(401, &json!({ "error": "expired_token" }));
        }
        respond(200, &json!({ "result": 1 }))
    }
}

#[derive(Debug, Clone)]
struct Plan {
    begin: u64,
    dropped: Option<u64>,
}

fn plans() -> impl Strategy<Value = Plan> {
    let begin = prop_oneof![Just(0_u64), 0_u64..5_000];
    let dropped = prop::option::weighted(0.3, 0_u64..5_000);
    (begin, dropped).prop_map(|(begin, dropped)| Plan { begin, dropped })
}

fn trips() -> impl Strategy<Value = Trip> {
    let back = prop::option::weighted(0.9, 0_u64..3_000);
    (0_u64..500, back).prop_map(|(there, back)| Trip {
        there: Duration::from_millis(there),
        back: back.map(Duration::from_millis),
        patience: Duration::from_secs(75),
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn one_refreshes_and_everybody_ends(
        plans in prop::collection::vec(plans(), 1..40),
        trips in prop::collection::vec(trips(), 1..20),
        lasts in 0_u64..30,
        failures in 0_u64..4,
        order in any::<u64>(),
        seed in any::<u64>(),
    ) {
        let start = Instant::now();
        let app = App::new("local.app", "client secret");
        let tokens = Tokens::new("https://example.bitrix24.com", "access-0", "refresh-0").unwrap();
        let config = Config::app(app, tokens).unwrap();
        let config = config.limits(Limits::new(Rate::UNLIMITED)).seed(seed);
        let session = Session::new(&config, start).unwrap();
        let lossless = trips.iter().all(|trip| trip.back.is_some());
        let portal = Portal {
            pair: 0,
            lasts,
            calls: 0,
            trips,
            requests: 0,
            refreshes: 0,
            stale: 0,
            failures,
        };
        let mut stage = Stage::new(start, portal, Order::Random(order));
        for plan in &plans {
            let dropped = plan.dropped.map(Duration::from_millis);
            stage.call(&session, Duration::from_millis(plan.begin), dropped);
        }
        stage.run();
        prop_assert!(stage.refreshing_at_most <= 1, "{} refreshes at once", stage.refreshing_at_most);
        prop_assert_eq!(stage.alive(), 0);
        for (id, plan) in plans.iter().enumerate() {
            prop_assert!(stage.ended.contains_key(&id) || plan.dropped.is_some(), "call {id} hangs");
        }
        if lossless {
            prop_assert_eq!(stage.server.stale, 0, "a refresh token was used twice");
        }
        if lossless && failures == 0 {
            // Two requests and two refreshes of 3.5 s each; the lease, which ends the waiting otherwise, lasts longer.
            let last = stage.last_end - start;
            prop_assert!(last < Duration::from_secs(5 + 14 + 1), "the last one ended after {last:?}");
        }
    }
}
