//! Applications: tokens that expire, their refresh, and the stores that keep them.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::task::Waker;
use std::time::{Duration, Instant};

use serde_json::json;
use sonet_core::{
    App, Callback, Config, Error, Exchange, Executed, Machine, MemoryStore, Method, Outgoing,
    ProgressEvent, Refresh, Session, Step, TokenStore as _, Tokens,
};

use super::play::*;
use super::shelf::Shelf;

pub(super) const DELETE: Delete = Delete { group_id: 7 };
pub(super) const MEMBERS: Members = Members { id: 7 };

pub(super) fn pair(number: u32) -> Tokens {
    let (access, refresh) = (format!("access-{number}"), format!("refresh-{number}"));
    Tokens::new("https://example.bitrix24.com", access, refresh).unwrap()
}

/// The token server's answer with a new pair.
pub(super) fn fresh(number: u32) -> Answer {
    Answer::Json(
        200,
        json!({
            "access_token": format!("access-{number}"),
            "refresh_token": format!("refresh-{number}"),
            "client_endpoint": "https://example.bitrix24.com/rest/",
            "server_endpoint": "https://oauth.bitrix.info/rest/",
        }),
    )
}

pub(super) fn expired() -> Answer {
    Answer::error(
        401,
        "expired_token",
        "The access token provided has expired",
    )
}

pub(super) fn refused() -> Answer {
    Answer::error(400, "invalid_grant", "Invalid authorization tokens")
}

pub(super) fn application() -> App {
    App::new("app.1", "client-secret")
}

pub(super) fn config() -> Config {
    alone(Config::app(application(), pair(0)).unwrap())
}

pub(super) fn authorized(domain: &str) -> Config {
    let callback =
        format!("code=the-code&state=s&domain={domain}&server_domain=oauth.bitrix24.tech");
    let callback = Callback::parse(&callback, "s").unwrap();
    alone(Config::authorized(application(), callback))
}

/// Plays two calls with a store.
fn play_stored(
    config: Config,
    store: impl FnOnce(Shelf) -> Shelf,
    answers: Vec<(f64, Answer)>,
) -> String {
    let log = Log::default();
    let store = store(Shelf::new(&log));
    let mut stage = Stage::with_log(log, config.token_store(store), answers);
    stage.call(&DELETE);
    stage.call(&MEMBERS);
    stage.end()
}

#[test]
fn an_expired_token_is_refreshed_once_and_the_call_repeated() {
    let answers = vec![
        (0.1, expired()),
        (0.2, fresh(1)),
        (0.1, Answer::ok()),
        (0.1, Answer::ok()),
    ];
    let mut stage = Stage::new(config(), answers);
    stage.call(&DELETE);
    stage.call(&MEMBERS);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_new_pair_is_saved_before_a_call_uses_it() {
    insta::assert_snapshot!(play_stored(
        config(),
        |store| store,
        vec![
            (0.1, expired()),
            (0.2, fresh(1)),
            (0.1, Answer::ok()),
            (0.1, Answer::ok())
        ]
    ));
}

#[test]
fn a_second_expired_token_is_an_error() {
    let answers = vec![(0.1, expired()), (0.2, fresh(1)), (0.1, expired())];
    insta::assert_snapshot!(play(config(), &DELETE, answers));
}

#[test]
fn whatever_else_is_not_authorized_is_told_and_needs_no_new_tokens() {
    for (status, code) in [
        (401, "NO_AUTH_FOUND"),
        (401, "INVALID_CREDENTIALS"),
        (403, "INVALID_CREDENTIALS"),
        (401, "invalid_token"),
        (401, "INVALID_TOKEN"),
        (401, "authorization_error"),
        (401, "ERROR_OAUTH"),
        (401, "APPLICATION_NOT_FOUND"),
        (401, "NOT_INSTALLED"),
        (401, "PAYMENT_REQUIRED"),
        (401, "WRONG_AUTH_TYPE"),
        (403, "WRONG_AUTH_TYPE"),
        (403, "insufficient_scope"),
        (403, "user_access_error"),
        (401, "METHOD_CONFIRM_WAITING"),
        (403, "METHOD_CONFIRM_DENIED"),
    ] {
        let answer = Answer::error(status, code, "You are not let in");
        let mut stage = Stage::new(config(), vec![(0.1, answer)]);
        let exchange = Exchange::new(&stage.session, &DELETE);
        let error = stage.drive(exchange).unwrap_err();
        assert!(error.is_auth() && !error.needs_authorization(), "{error}");
        assert_eq!(error.executed(), Executed::No, "{error}");
        assert_eq!(error.attempts(), 1, "{error}: {}", stage.end());
    }
    for (status, code) in [
        (403, "ACCESS_DENIED"),
        (403, "allowed_only_intranet_user"),
        (404, "ERROR_METHOD_NOT_FOUND"),
        (400, "INVALID_REQUEST"),
        (401, ""),
    ] {
        let answer = Answer::error(status, code, "Something else");
        let mut stage = Stage::new(config(), vec![(0.1, answer)]);
        let exchange = Exchange::new(&stage.session, &DELETE);
        assert!(!stage.drive(exchange).unwrap_err().is_auth(), "{code}");
    }
}

#[test]
fn a_write_that_may_have_run_is_not_repeated_with_new_tokens() {
    let beside = json!({ "result": true, "error": "expired_token" });
    for answer in [
        Answer::error(500, "expired_token", "The access token has expired"),
        Answer::Json(200, beside),
    ] {
        let mut stage = Stage::new(config(), vec![(0.1, answer)]);
        let exchange = Exchange::new(&stage.session, &DELETE);
        let error = stage.drive(exchange).unwrap_err();
        assert_eq!(error.executed(), Executed::Unknown, "{error}");
        assert_eq!(error.attempts(), 1, "{}", stage.end());
    }
}

#[test]
fn a_lost_answer_to_a_refresh_is_asked_for_again() {
    let mut stage = Stage::new(
        config(),
        vec![
            (0.1, expired()),
            (20.5, fresh(9)),
            (0.1, Answer::Text(502, "<html>access-9</html>")),
            (0.1, fresh(1)),
            (0.1, Answer::ok()),
        ],
    );
    stage.call(&DELETE);
    insta::assert_snapshot!(stage.end());
    // The first request had replaced the pair.
    let answers = vec![(0.1, expired()), (0.1, Answer::reset()), (0.1, refused())];
    insta::assert_snapshot!(play(config(), &DELETE, answers));
}

#[test]
fn a_refused_refresh_ends_every_call_without_asking_again() {
    let mut stage = Stage::new(config(), vec![(0.1, expired()), (0.1, refused())]);
    stage.call(&DELETE);
    stage.call(&MEMBERS);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_refused_refresh_is_looked_up_where_tokens_are_shared() {
    // Another process was quicker, without a lease.
    let log = Log::default();
    let store = Shelf::new(&log).with(pair(0));
    let answers = vec![(0.1, expired()), (0.1, refused())];
    let mut stage = Stage::with_log(log, config().token_store(store.clone()), answers);
    stage.call(&DELETE);
    store.put(pair(1));
    stage.then(vec![(0.1, Answer::ok())]);
    stage.call(&MEMBERS);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_failure_that_may_pass_ends_those_who_waited_and_the_next_one_tries_anew() {
    let mut stage = Stage::new(
        config(),
        vec![
            (0.1, expired()),
            (0.1, Answer::not_sent()),
            (0.1, Answer::not_sent()),
            (0.1, Answer::not_sent()),
            (0.1, fresh(1)),
            (0.1, Answer::ok()),
        ],
    );
    stage.call(&DELETE);
    stage.call(&DELETE);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_pair_that_could_not_be_saved_is_saved_first_by_the_next_call() {
    let log = Log::default();
    let store = Shelf::new(&log);
    let answers = vec![(0.1, expired()), (0.1, fresh(1)), (0.1, Answer::ok())];
    let mut stage = Stage::with_log(log, config().token_store(store.clone()), answers);
    store.fail_on_save("the disk is full, said access-1 of client-secret");
    stage.call(&DELETE);
    stage.call(&DELETE);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_token_that_a_store_quotes_is_not_shown() {
    let check = |error: Error| {
        assert!(error.is_store(), "{error}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("expected"), "{shown}");
    };
    let broken = r#""canary""#;
    for text in [broken, r#"["canary"]"#, r#"{"access_token":["canary"]}"#] {
        let log = Log::default();
        let store = Shelf::new(&log);
        store.break_with(text);
        let answers = vec![(0.1, expired())];
        let mut stage = Stage::with_log(log, config().token_store(store), answers);
        let exchange = Exchange::new(&stage.session, &DELETE);
        check(stage.drive(exchange).unwrap_err());
    }
    // The same in the look after a refusal.
    let store = Shelf::default();
    let side = Side::new(&config().token_store(store.clone()));
    let mut first = side.expired();
    let mut refresh = side.refresh(&mut first);
    side.stores(&mut refresh);
    side.stores(&mut refresh);
    side.asks(&mut refresh);
    side.answer(&mut refresh, refused());
    store.break_with(broken);
    let side = side.after(1);
    side.stores(&mut refresh);
    check(side.error(&mut first));
}

#[test]
fn a_store_that_panics_is_a_store_that_fails() {
    let log = Log::default();
    let store = Shelf::new(&log);
    let answers = vec![(0.1, expired()), (0.1, fresh(1)), (0.1, Answer::ok())];
    let mut stage = Stage::with_log(log, config().token_store(store.clone()), answers);
    store.fail_on_save("");
    stage.call(&DELETE);
    stage.call(&DELETE);
    insta::assert_snapshot!(stage.end());
    assert_eq!(store.tokens(), Some(stage_pair(1)));
}

/// A pair as the token server's answer makes it.
pub(super) fn stage_pair(number: u32) -> Tokens {
    pair(number).server("https://oauth.bitrix.info/rest/")
}

#[test]
fn what_another_process_got_is_used() {
    insta::assert_snapshot!(play_stored(
        config(),
        |store| store.with(pair(1)),
        vec![(0.1, expired()), (0.1, Answer::ok()), (0.1, Answer::ok())]
    ));
}

#[test]
fn what_another_process_got_may_have_expired_too() {
    // The pair in the store is of no use, and the token server gives another.
    let log = play_stored(
        config(),
        |store| store.with(pair(1)),
        vec![
            (0.1, expired()),
            (0.1, expired()),
            (0.1, fresh(2)),
            (0.1, Answer::ok()),
            (0.1, Answer::ok()),
        ],
    );
    insta::assert_snapshot!(log);
    // A pair of the token server's own is the last.
    let log = Log::default();
    let store = Shelf::new(&log).with(pair(1));
    let answers = vec![
        (0.1, expired()),
        (0.1, expired()),
        (0.1, fresh(2)),
        (0.1, expired()),
    ];
    let mut stage = Stage::with_log(log, config().token_store(store), answers);
    let exchange = Exchange::new(&stage.session, &DELETE);
    let error = stage.drive(exchange).unwrap_err();
    assert!(error.to_string().contains("expired_token"), "{error}");
    assert_eq!(error.attempts(), 3, "{}", stage.end());
}

#[test]
fn a_store_that_has_nothing_but_expired_pairs_is_not_asked_forever() {
    let log = Log::default();
    let store = Shelf::new(&log).with(pair(1));
    let answers = vec![(0.1, expired()), (0.1, expired())];
    let mut stage = Stage::with_log(log, config().token_store(store.clone()), answers);
    let mut call = Exchange::new(&stage.session, &DELETE);
    let error = loop {
        match call.poll(stage.now, Waker::noop()) {
            Step::Send(outgoing) => stage.answer(&mut call, &outgoing),
            Step::Wait(until) => stage.now = stage.now.max(until),
            Step::Refresh(refresh) => {
                stage.drive(refresh);
                // Another process saves one pair after another.
                store.put(pair(2));
                stage.then(vec![(0.1, expired())]);
            }
            Step::Done(outcome) => break outcome.unwrap_err(),
            step @ Step::Store(_) => panic!("{step:?}"),
        }
    };
    assert!(error.to_string().contains("expired_token"), "{error}");
    assert_eq!(error.attempts(), 3);
}

#[test]
fn tokens_of_another_portal_or_user_are_not_used() {
    let tokens = |number: u32, member: &str, user: u32| -> Tokens {
        let mut tokens = serde_json::to_value(pair(number)).unwrap();
        tokens["member_id"] = json!(member);
        tokens["user_id"] = json!(user);
        serde_json::from_value(tokens).unwrap()
    };
    for found in [tokens(1, "other", 1), tokens(1, "m", 2)] {
        let log = Log::default();
        let config = alone(Config::app(application(), tokens(0, "m", 1)).unwrap());
        let config = config.token_store(Shelf::new(&log).with(found));
        let mut stage = Stage::with_log(log, config, vec![(0.1, expired())]);
        stage.call(&DELETE);
        let log = stage.end();
        assert!(
            log.contains("the store has the tokens of another portal or user"),
            "{log}"
        );
    }
}

#[test]
fn the_lease_of_another_process_is_waited_for() {
    insta::assert_snapshot!(play_stored(
        config(),
        |store| store.held(&[30, 0], Some(pair(1))),
        vec![(0.1, expired()), (0.1, Answer::ok()), (0.1, Answer::ok())]
    ));
}

#[test]
fn a_lease_that_never_comes_is_an_error() {
    let log = Log::default();
    let store = Shelf::new(&log).held(&[60; 1_000], None);
    let config = config().token_store(store);
    let mut stage = Stage::with_log(log, config, vec![(0.1, expired())]);
    stage.call(&DELETE);
    let log = stage.end();
    let last = log.lines().last().unwrap();
    assert!(last.contains("has been refreshing"), "{last}");
    assert!(
        log.lines().count() < 200,
        "the store is not asked without a pause"
    );
}

#[test]
fn a_code_is_exchanged_by_the_first_call_and_the_address_taken_from_the_answer() {
    insta::assert_snapshot!(play_stored(
        authorized("forged.example.com"),
        |store| store.with(pair(7)),
        vec![(0.1, fresh(1)), (0.1, Answer::ok()), (0.1, Answer::ok())]
    ));
}

#[test]
fn a_refused_code_is_not_shown_again() {
    insta::assert_snapshot!(play_stored(
        authorized("example.bitrix24.com"),
        |store| store,
        vec![(0.1, Answer::reset()), (0.1, refused())]
    ));
}

#[test]
fn an_answer_that_says_less_keeps_what_is_known() {
    let answer = json!({ "access_token": "access-1", "refresh_token": "refresh-1", "client_endpoint": "http://inside.example.com/rest/" });
    let store = Arc::new(MemoryStore::new());
    let config = config().token_store(Arc::clone(&store));
    let answers = vec![
        (0.1, expired()),
        (0.1, Answer::Json(200, answer)),
        (0.1, Answer::ok()),
    ];
    play(config, &DELETE, answers);
    assert_eq!(store.load().unwrap(), Some(pair(1)));
}

/// What comes of a call whose refresh is answered like this, as often as it is asked.
fn refused_by(answer: impl Fn() -> Answer, times: usize) -> (Error, String) {
    let mut answers = vec![(0.1, expired())];
    answers.extend((0..times).map(|_| (0.1, answer())));
    let mut stage = Stage::new(config(), answers);
    let exchange = Exchange::new(&stage.session, &DELETE);
    let error = stage.drive(exchange).unwrap_err();
    (error, stage.end())
}

#[test]
fn the_token_servers_errors_in_each_form() {
    let error =
        |status, code: serde_json::Value| move || Answer::Json(status, json!({ "error": code }));
    let mut told = String::new();
    let mut check = |finally: bool, (error, log): (Error, String)| {
        writeln!(told, "{error}").unwrap();
        assert_eq!(error.needs_authorization(), finally, "{error}");
        assert_eq!(error.is_auth(), finally, "{error}");
        assert_eq!(error.executed(), Executed::No);
        assert_eq!(
            (error.method(), error.attempts()),
            (Some("sonet_group.delete"), 1)
        );
        assert_eq!(error.status(), None, "the portal's answer is another one");
        let shown = format!("{error} {error:?} {:?} {:?}", error.api(), error.excerpt());
        for secret in ["client-secret", "access-", "refresh-0"] {
            assert!(!shown.contains(secret), "{log}");
        }
        error
    };
    for (status, code) in [
        (400, json!("invalid_grant")),
        (200, json!("wrong_client")),
        (401, json!("invalid_client")),
        (403, json!("INVALID_SCOPE")),
        (401, json!("NOT_INSTALLED")),
        (402, json!("PAYMENT_REQUIRED")),
        (400, json!("invalid_request")),
        (400, json!("")),
        (400, json!(17)),
    ] {
        check(true, refused_by(error(status, code), 1));
    }
    for (status, code) in [
        (200, json!("")),
        (200, json!(17)),
        (500, json!("INTERNAL_SERVER_ERROR")),
        (503, json!("QUERY_LIMIT_EXCEEDED")),
        (429, json!("slow_down")),
    ] {
        check(false, refused_by(error(status, code), 3));
    }
    let text = |status, text| move || Answer::Text(status, text);
    check(false, refused_by(text(200, "<html>access-9</html>"), 3));
    check(
        false,
        refused_by(text(200, r#"{"access_token":"access-9"}"#), 3),
    );
    check(
        false,
        refused_by(
            text(200, r#"{"access_token":"access-9","refresh_token":""}"#),
            3,
        ),
    );
    check(false, refused_by(text(200, ""), 3));
    check(false, refused_by(text(502, "<html>access-9</html>"), 3));
    check(false, refused_by(text(404, "<html>Not Found</html>"), 1));
    check(
        false,
        refused_by(
            || Answer::Moved("https://login.example.com/oauth/token/"),
            1,
        ),
    );
    let lost = check(false, refused_by(Answer::timeout, 3));
    assert!(lost.is_timeout() && !lost.is_connect());
    let unsent = check(false, refused_by(Answer::not_sent, 3));
    assert!(unsent.is_connect() && !unsent.is_timeout());
    let quoting = || {
        Answer::error(
            400,
            "invalid_grant",
            "refresh-0 of access-0 is not of client-secret",
        )
    };
    check(true, refused_by(quoting, 1));
    insta::assert_snapshot!(told);
}

#[test]
fn the_attempts_of_a_refresh_are_told_and_not_counted() {
    let told = |answers| {
        let told = Arc::new(Mutex::new(Vec::new()));
        let hook = Arc::clone(&told);
        let config = config().on_progress(move |progress| {
            if progress.method == "oauth/token" {
                let event = match progress.event {
                    ProgressEvent::Failed(error) => format!("failed: {error}"),
                    ProgressEvent::GaveUp(error) => format!("gave up: {error}"),
                    event => format!("{event:?}"),
                };
                hook.lock()
                    .unwrap()
                    .push(format!("{} {event}", progress.attempt));
            }
        });
        let side = Side::new(&config);
        let mut first = side.expired();
        let mut refresh = side.refresh(&mut first);
        let mut side = side;
        for answer in answers {
            side = side.after(5);
            side.asks(&mut refresh);
            side.answer(&mut refresh, answer);
        }
        let metrics = side.session.metrics(side.now);
        assert_eq!(
            (metrics.requests, metrics.retries, metrics.failed),
            (1, 0, 0)
        );
        let told = told.lock().unwrap().join("\n");
        (told, metrics.refreshes)
    };
    let busy = || Answer::Json(503, json!({ "error": "busy" }));
    let (passed, refreshes) = told(vec![busy(), fresh(1)]);
    assert_eq!(refreshes, 1);
    let (failed, refreshes) = told(vec![busy(), refused()]);
    assert_eq!(refreshes, 0);
    insta::assert_snapshot!(format!("{passed}\n\n{failed}"));
}

/// A subscriber that asks a session at every new span.
#[cfg(feature = "tracing")]
struct Curious {
    session: Session,
    spans: Arc<Mutex<usize>>,
}

#[cfg(feature = "tracing")]
impl tracing::Subscriber for Curious {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        let _ = self.session.address();
        *self.spans.lock().unwrap() += 1;
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {}
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[cfg(feature = "tracing")]
#[test]
fn a_span_begins_with_nothing_locked() {
    let (sender, done) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let refreshed = || {
            let mut stage = Stage::new(config(), vec![(0.1, expired()), (0.1, fresh(1))]);
            stage.then(vec![(0.1, Answer::ok())]);
            stage
        };
        let mut stage = refreshed();
        let spans = Arc::default();
        let curious = Curious {
            session: stage.session.clone(),
            spans: Arc::clone(&spans),
        };
        let spans = tracing::subscriber::with_default(curious, || {
            // A test on another thread may be the first to come by a span, and nobody listens there:
            // `tracing` keeps that until it is asked again. After one call all are known to it.
            refreshed().call(&DELETE);
            tracing::callsite::rebuild_interest_cache();
            *spans.lock().unwrap() = 0;
            stage.call(&DELETE);
            *spans.lock().unwrap()
        });
        sender.send(spans).unwrap();
    });
    // The call's, the refresh's, and those of their three requests.
    assert_eq!(done.recv_timeout(Duration::from_secs(20)), Ok(5));
}

/// Calls side by side, without a server.
pub(super) struct Side {
    pub(super) now: Instant,
    pub(super) session: Session,
}

impl Side {
    pub(super) fn new(config: &Config) -> Self {
        let now = Instant::now();
        let session = Session::new(config, now).unwrap();
        Self { now, session }
    }

    /// The same, so many seconds later.
    pub(super) fn after(mut self, seconds: u64) -> Self {
        self.now += Duration::from_secs(seconds);
        self
    }

    /// A call that the server called expired.
    pub(super) fn expired(&self) -> Exchange<Delete> {
        let mut call = self.sent();
        self.answer(&mut call, expired());
        call
    }

    pub(super) fn sent(&self) -> Exchange<Delete> {
        let mut call = Exchange::new(&self.session, &DELETE);
        assert_eq!(self.token(&mut call), "access-0");
        call
    }

    /// Sends a call; the token that it is made with.
    pub(super) fn token(&self, call: &mut Exchange<Delete>) -> String {
        match call.poll(self.now, Waker::noop()) {
            Step::Send(outgoing) => {
                let body: serde_json::Value =
                    serde_json::from_slice(outgoing.request.body()).unwrap();
                body["auth"].as_str().unwrap().to_owned()
            }
            step => panic!("{step:?}"),
        }
    }

    pub(super) fn refresh(&self, call: &mut Exchange<Delete>) -> Refresh {
        match call.poll(self.now, Waker::noop()) {
            Step::Refresh(refresh) => refresh,
            step => panic!("{step:?}"),
        }
    }

    pub(super) fn waits<M: Machine>(&self, machine: &mut M) -> Duration
    where
        M::Output: std::fmt::Debug,
    {
        match machine.poll(self.now, Waker::noop()) {
            Step::Wait(until) => until - self.now,
            step => panic!("{step:?}"),
        }
    }

    pub(super) fn error<M: Method>(&self, call: &mut Exchange<M>) -> Error
    where
        M::Output: std::fmt::Debug,
    {
        match call.poll(self.now, Waker::noop()) {
            Step::Done(outcome) => outcome.unwrap_err(),
            step => panic!("{step:?}"),
        }
    }

    pub(super) fn asks(&self, refresh: &mut Refresh) -> Outgoing {
        match refresh.poll(self.now, Waker::noop()) {
            Step::Send(outgoing) => outgoing,
            step => panic!("{step:?}"),
        }
    }

    pub(super) fn stores(&self, refresh: &mut Refresh) {
        match refresh.poll(self.now, Waker::noop()) {
            Step::Store(call) => refresh.on_stored(self.now, call.run()),
            step => panic!("{step:?}"),
        }
    }

    pub(super) fn ends(&self, refresh: &mut Refresh) {
        let step = refresh.poll(self.now, Waker::noop());
        assert!(matches!(step, Step::Done(())), "{step:?}");
    }

    pub(super) fn answer(&self, machine: &mut impl Machine, answer: Answer) {
        let Answer::Json(status, body) = answer else {
            panic!("not used here")
        };
        let response = http::Response::builder().status(status);
        let response = response.body(body.to_string().into()).unwrap();
        machine.on_response(self.now, response);
    }
}

#[test]
fn all_calls_wait_for_one_refresh() {
    let side = Side::new(&config());
    let mut first = side.expired();
    let mut second = side.expired();
    let mut on_its_way = side.sent();
    let mut refresh = side.refresh(&mut first);
    let mut unsent = Exchange::new(&side.session, &DELETE);
    side.asks(&mut refresh);
    side.answer(&mut on_its_way, expired());
    for call in [&mut first, &mut second, &mut on_its_way, &mut unsent] {
        assert_eq!(side.waits(call), Duration::from_secs(45));
    }
    side.answer(&mut refresh, fresh(1));
    for call in [&mut first, &mut second, &mut on_its_way, &mut unsent] {
        assert_eq!(side.token(call), "access-1");
    }
    side.ends(&mut refresh);
    assert_eq!(side.session.metrics(side.now).refreshes, 1);
}

#[test]
fn a_call_that_learns_of_it_later_uses_the_new_pair() {
    let side = Side::new(&config());
    let mut first = side.expired();
    let mut late = side.sent();
    let mut refresh = side.refresh(&mut first);
    side.asks(&mut refresh);
    side.answer(&mut refresh, fresh(1));
    side.answer(&mut late, expired());
    assert_eq!(side.token(&mut late), "access-1");
}

#[test]
fn a_failure_ends_those_who_waited_only() {
    let side = Side::new(&config());
    let mut first = side.expired();
    let mut second = side.expired();
    let mut refresh = side.refresh(&mut first);
    side.waits(&mut first);
    side.waits(&mut second);
    side.asks(&mut refresh);
    side.answer(&mut refresh, Answer::Json(404, json!({})));
    side.ends(&mut refresh);
    for call in [&mut first, &mut second] {
        assert!(!side.error(call).needs_authorization());
    }
    let mut third = Exchange::new(&side.session, &DELETE);
    side.refresh(&mut third);
}

#[test]
fn a_dropped_refresh_makes_room_for_another() {
    let side = Side::new(&config());
    let mut first = side.expired();
    let mut second = side.expired();
    let mut refresh = side.refresh(&mut first);
    side.waits(&mut second);
    side.asks(&mut refresh);
    drop(refresh);
    let refresh = side.refresh(&mut second);
    side.waits(&mut first);
    drop(refresh);
}

#[test]
fn a_refresh_that_is_taken_over_gives_the_lease_back() {
    let log = Log::default();
    let mut side = Side::new(&config().token_store(Shelf::new(&log)));
    let mut first = side.expired();
    let mut slow = side.refresh(&mut first);
    side.stores(&mut slow);
    side.stores(&mut slow);
    side.asks(&mut slow);
    side.now += Duration::from_secs(45);
    let mut refresh = side.refresh(&mut first);
    side.answer(&mut slow, Answer::Json(503, json!({})));
    side.stores(&mut slow);
    side.ends(&mut slow);
    side.stores(&mut refresh);
    assert_eq!(
        log.notes(),
        [
            "# lease for 90s",
            "# load: nothing",
            "# release",
            "# lease for 90s"
        ]
    );
    // Not if its time is over: it may be another's.
    side.stores(&mut refresh);
    side.asks(&mut refresh);
    side.now += Duration::from_secs(90);
    let next = side.refresh(&mut first);
    side.answer(&mut refresh, Answer::Json(503, json!({})));
    side.ends(&mut refresh);
    drop(next);
}

#[test]
fn the_lease_of_a_dropped_refresh_is_given_back_by_the_next() {
    let log = Log::default();
    let side = Side::new(&config().token_store(Shelf::new(&log)));
    let mut first = side.expired();
    let mut dropped = side.refresh(&mut first);
    side.stores(&mut dropped);
    side.stores(&mut dropped);
    side.asks(&mut dropped);
    drop(dropped);
    let mut refresh = side.refresh(&mut first);
    side.stores(&mut refresh);
    side.stores(&mut refresh);
    let before = ["# lease for 90s", "# load: nothing"];
    let after = ["# release", "# lease for 90s"];
    assert_eq!(log.notes(), [before, after].concat());
    // The same where only the saving is left to do.
    side.stores(&mut refresh);
    side.asks(&mut refresh);
    side.answer(&mut refresh, fresh(1));
    drop(refresh);
    let mut refresh = side.refresh(&mut first);
    side.stores(&mut refresh);
    side.stores(&mut refresh);
    side.ends(&mut refresh);
    assert_eq!(
        log.notes()[4..],
        ["# load: nothing", "# save access-1", "# release"]
    );
}

#[test]
fn a_lease_that_is_over_is_not_given_back_by_the_next() {
    let log = Log::default();
    let mut side = Side::new(&config().token_store(Shelf::new(&log)));
    let mut first = side.expired();
    let mut dropped = side.refresh(&mut first);
    side.stores(&mut dropped);
    drop(dropped);
    side.now += Duration::from_secs(90);
    let mut refresh = side.refresh(&mut first);
    side.stores(&mut refresh);
    assert_eq!(log.notes(), ["# lease for 90s", "# lease for 90s"]);
}

#[test]
fn a_refresh_that_is_dropped_while_it_saves_loses_nothing() {
    let store = Arc::new(MemoryStore::new());
    let side = Side::new(&config().token_store(Arc::clone(&store)));
    let mut first = side.expired();
    let mut refresh = side.refresh(&mut first);
    side.stores(&mut refresh);
    side.stores(&mut refresh);
    side.asks(&mut refresh);
    side.answer(&mut refresh, fresh(1));
    drop(refresh);
    assert_eq!(store.tokens(), None);
    let mut refresh = side.refresh(&mut first);
    side.stores(&mut refresh);
    assert_eq!(store.tokens(), Some(stage_pair(1)));
    assert_eq!(side.token(&mut first), "access-1");
}

#[test]
fn a_refresh_that_never_reports_is_waited_for_until_its_lease_is_over() {
    let mut side = Side::new(&config());
    let mut first = side.expired();
    let mut second = side.expired();
    let mut frozen = side.refresh(&mut first);
    side.asks(&mut frozen);
    side.now += Duration::from_secs(44);
    assert_eq!(side.waits(&mut second), Duration::from_secs(1));
    side.now += Duration::from_secs(1);
    let mut refresh = side.refresh(&mut second);
    side.asks(&mut refresh);
    side.waits(&mut first);
    // Only one of them can be granted.
    side.answer(&mut frozen, fresh(1));
    side.answer(&mut refresh, refused());
    assert_eq!(side.token(&mut first), "access-1");
    assert_eq!(side.token(&mut second), "access-1");
    side.ends(&mut frozen);
    side.ends(&mut refresh);
}

#[test]
fn a_store_that_takes_too_long_loses_nothing() {
    let store = Arc::new(MemoryStore::new());
    let mut side = Side::new(&config().token_store(Arc::clone(&store)));
    let mut first = side.expired();
    let mut slow = side.refresh(&mut first);
    side.stores(&mut slow);
    side.stores(&mut slow);
    side.asks(&mut slow);
    side.answer(&mut slow, fresh(1));
    let Step::Store(call) = slow.poll(side.now, Waker::noop()) else {
        panic!("it saves")
    };
    side.now += Duration::from_secs(46);
    // Another takes over, and saves the same pair instead of asking for one with a token that was used.
    let mut refresh = side.refresh(&mut first);
    side.stores(&mut refresh);
    assert_eq!(side.token(&mut first), "access-1");
    slow.on_stored(side.now, call.run());
    assert_eq!(store.tokens(), Some(stage_pair(1)));
}

#[test]
fn the_time_of_a_call_bounds_its_waiting_for_a_refresh() {
    let mut side = Side::new(&config().call_timeout(Duration::from_secs(10)));
    let mut first = side.expired();
    let mut refresh = side.refresh(&mut first);
    side.asks(&mut refresh);
    let mut unsent = Exchange::new(&side.session, &DELETE);
    assert_eq!(side.waits(&mut first), Duration::from_secs(10));
    assert_eq!(side.waits(&mut unsent), Duration::from_secs(10));
    side.now += Duration::from_secs(10);
    let error = side.error(&mut first);
    assert!(
        error.is_deadline() && error.is_auth() && !error.needs_authorization(),
        "{error}"
    );
    assert_eq!(error.executed(), Executed::No);
    let error = side.error(&mut unsent);
    assert!(error.is_deadline() && !error.is_auth(), "{error}");
    // The refresh goes on.
    side.answer(&mut refresh, fresh(1));
    let mut next = Exchange::new(&side.session, &DELETE);
    assert_eq!(side.token(&mut next), "access-1");
}
