//! What the clients write to `tracing`: a span for each call, events with reasons, and no secret.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use sonet_core::{Attempt, Config, Error, Limits, Rate, Raw, RetryPolicy, Verdict};
use sonet_portal::{Fault, Portal, Server};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// What was written: by the clients themselves, and by whatever they are made of.
#[derive(Clone, Default)]
struct Collector {
    own: Arc<Mutex<String>>,
    all: Arc<Mutex<String>>,
    spans: Arc<AtomicU64>,
}

impl Collector {
    fn write(&self, target: &str, line: &str) {
        writeln!(self.all.lock().unwrap(), "{target} {line}").unwrap();
        if target.starts_with("sonet") {
            writeln!(self.own.lock().unwrap(), "{line}").unwrap();
        }
    }

    /// What the clients wrote since the last time.
    fn take(&self) -> String {
        std::mem::take(&mut *self.own.lock().unwrap())
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        let (name, level) = (span.metadata().name(), span.metadata().level());
        self.write(
            span.metadata().target(),
            &format!("span {level} {name}{fields}"),
        );
        Id::from_u64(self.spans.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        self.write("sonet", &format!("  span has{fields}"));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let line = format!("  {}{fields}", event.metadata().level());
        self.write(event.metadata().target(), &line);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Fields as text, the message first.
#[derive(Default)]
struct Fields {
    message: String,
    others: String,
}

impl Visit for Fields {
    /// `tracing-opentelemetry` makes texts of them.
    fn record_u64(&mut self, field: &Field, value: u64) {
        let name = field.name();
        assert!(!name.contains('.'), "{name} is no i64");
        self.record_debug(field, &value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match field.name() {
            "message" => write!(self.message, " {value:?}"),
            // It differs from run to run.
            name @ ("time" | "duration" | "server.port") => write!(self.others, " {name}=…"),
            "url.full" => {
                let text = format!("{value:?}");
                let (before, after) = text.split_once("127.0.0.1:").unwrap_or((&text, ""));
                let path = after.trim_start_matches(|c: char| c.is_ascii_digit());
                write!(self.others, " url.full={before}127.0.0.1:…{path}")
            }
            name => write!(self.others, " {name}={value:?}"),
        }
        .unwrap();
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.message, self.others)
    }
}

/// Up to three attempts, at once.
#[derive(Debug)]
struct Quick;

impl RetryPolicy for Quick {
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
        match attempt.times {
            1 | 2 => Verdict::RetryWithin(Duration::from_millis(20)),
            _ => Verdict::GiveUp,
        }
    }
}

fn config(portal: &Server) -> Config {
    let config = Config::webhook(&portal.webhook()).unwrap();
    config.rate(Rate::UNLIMITED).retry(Quick).seed(1)
}

fn secret(portal: &Server) -> String {
    let webhook = portal.webhook();
    let secret = webhook.trim_end_matches('/').rsplit('/').next().unwrap();
    assert!(secret.len() >= 8);
    secret.to_owned()
}

/// Makes a call with each client, and returns what each wrote.
fn traced(collector: &Collector, config: &Config, call: &Raw) -> [String; 2] {
    collector.take();
    let _: Result<Value, Error> = with_async(config, call);
    let one = collector.take();
    let _: Result<Value, Error> = sonet_blocking::Client::new(config.clone())
        .unwrap()
        .call(call);
    [one, collector.take()]
}

fn with_async(config: &Config, call: &Raw) -> Result<Value, Error> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().unwrap();
    runtime.block_on(sonet_async::Client::new(config.clone()).unwrap().call(call))
}

fn portal() -> Server {
    Portal::builder().start().unwrap()
}

#[test]
fn a_call_is_a_span_and_what_happens_to_it_are_events() {
    let (portal, collector) = (portal(), Collector::default());
    let faults = portal.faults();
    // The first and the third: the first attempt of each client.
    faults.on("*").nth(1).before(Fault::QueryLimit);
    faults.on("*").nth(3).before(Fault::QueryLimit);
    let read = Raw::new("sonet_group.get", json!({ "FILTER": { "ID": 1 } })).read_only();
    tracing::subscriber::with_default(collector.clone(), || {
        let [one, other] = traced(&collector, &config(&portal), &read);
        insta::assert_snapshot!(one, @r#"
        span INFO bitrix24 method="sonet_group.get" otel.kind="internal" otel.name="sonet_group.get" server.address="127.0.0.1" server.port=…
        span INFO request otel.kind="client" otel.name="POST" http.request.method="POST" server.address="127.0.0.1" server.port=… url.full="http://127.0.0.1:…/REDACTED/sonet_group.get.json" url.scheme="http"
          TRACE sending attempt=1
          span has http.response.status_code=503
          span has error.type="503"
          span has otel.status_code="ERROR"
          INFO failed, and goes on attempt=1 error=sonet_group.get: QUERY_LIMIT_EXCEEDED (503: Too many requests)
          DEBUG waiting attempt=1 reason=the pause before another attempt time=…
          TRACE going on attempt=1 time=…
        span INFO request otel.kind="client" otel.name="POST" http.request.method="POST" server.address="127.0.0.1" server.port=… url.full="http://127.0.0.1:…/REDACTED/sonet_group.get.json" url.scheme="http" http.request.resend_count=1
          TRACE sending attempt=2
          span has duration=…
          span has http.response.status_code=200
          span has attempts=2
          span has status=200
          span has http.response.status_code=200
          span has operating=0.0
        "#);
        assert_eq!(one, other, "both clients tell the same");

        let write = Raw::new("sonet_group.create", json!({}));
        let [one, other] = traced(&collector, &config(&portal), &write);
        insta::assert_snapshot!(one, @r#"
        span INFO bitrix24 method="sonet_group.create" otel.kind="internal" otel.name="sonet_group.create" server.address="127.0.0.1" server.port=…
        span INFO request otel.kind="client" otel.name="POST" http.request.method="POST" server.address="127.0.0.1" server.port=… url.full="http://127.0.0.1:…/REDACTED/sonet_group.create.json" url.scheme="http"
          TRACE sending attempt=1
          span has duration=…
          span has http.response.status_code=400
          span has error.type="400"
          span has otel.status_code="ERROR"
          span has attempts=1
          span has status=400
          span has http.response.status_code=400
          span has error.type="400"
          span has otel.status_code="ERROR"
          WARN failed error=sonet_group.create: refused (400: Cannot create group)
        "#);
        assert_eq!(one, other);
    });
}

#[test]
fn parameters_are_written_only_where_that_was_asked_for() {
    let (portal, collector) = (portal(), Collector::default());
    let secret = secret(&portal);
    let params = json!({ "NAME": "confidential", "KEYWORDS": format!("my {secret}") });
    let call = Raw::new("sonet_group.create", params);
    tracing::subscriber::with_default(collector.clone(), || {
        for text in traced(&collector, &config(&portal), &call) {
            assert!(text.contains("sonet_group.create") && !text.contains("confidential"));
        }
        let config = config(&portal).trace_parameters(true);
        for text in traced(&collector, &config, &call) {
            assert!(
                text.contains("confidential") && text.contains("my ***"),
                "{text}"
            );
            let mut own = text.lines().filter(|line| line.contains("confidential"));
            assert!(own.all(|line| line.starts_with("  TRACE ")), "{text}");
        }
    });
    assert!(!collector.all.lock().unwrap().contains(&secret));
}

/// What OpenTelemetry calls the class of an error, of the call and of its last request.
#[test]
fn errors_have_a_class() {
    let (portal, collector) = (portal(), Collector::default());
    let read = Raw::new("sonet_group.get", Value::Null).read_only();
    let bound = Duration::from_millis(300);
    tracing::subscriber::with_default(collector.clone(), || {
        let check = |config: &Config, call: &Raw, class: &str, times: usize| {
            for text in traced(&collector, config, call) {
                let line = format!("span has error.type=\"{class}\"");
                assert_eq!(text.matches(&line).count(), times, "{text}");
                assert!(text.contains("span has otel.status_code=\"ERROR\""));
                assert!(text.contains("  WARN failed "), "{text}");
            }
        };
        let faults = portal.faults();
        faults.on("*").before(Fault::Page(502));
        check(&config(&portal), &read, "502", 4);
        faults.clear();
        faults.on("*").before(Fault::Hang);
        let hasty = config(&portal).call_timeout(bound);
        check(&hasty, &read, "timeout", 2);
        faults.clear();
        let wrong = Raw::new("no method", Value::Null);
        check(&config(&portal), &wrong, "invalid", 1);
        portal.shutdown();
        check(&config(&portal), &read, "connect", 4);
    });
}

/// A wait of a second is told to whoever looks at `INFO`; a shorter one is not.
#[test]
fn long_waits_are_told() {
    let (portal, collector) = (portal(), Collector::default());
    let read = Raw::new("sonet_group.get", Value::Null).read_only();
    tracing::subscriber::with_default(collector.clone(), || {
        for (millis, level) in [(2_000, "INFO"), (400, "DEBUG")] {
            let rate = Rate::new(1, 1).every(Duration::from_millis(millis));
            let config = config(&portal).limits(Limits::new(rate));
            let client = sonet_blocking::Client::new(config.rate(rate)).unwrap();
            client.call(&read).unwrap();
            collector.take();
            client.call(&read).unwrap();
            let text = collector.take();
            assert!(text.contains(&format!("  {level} waiting ")), "{text}");
        }
    });
}

#[test]
fn no_secret_is_written_whatever_goes_wrong() {
    let (portal, collector) = (portal(), Collector::default());
    let token = portal.token_of(1).unwrap();
    let bound = Duration::from_millis(300);
    let configs = || {
        let with_token = Config::token(&portal.url(), token.as_str()).unwrap();
        let with_token = with_token.rate(Rate::UNLIMITED).retry(Quick);
        [config(&portal), with_token].map(|config| config.trace_parameters(true))
    };
    let read = Raw::new("sonet_group.get", Value::Null).read_only();
    let everywhere = |change: &dyn Fn(Config) -> Config| {
        for config in configs() {
            traced(&collector, &change(config), &read);
        }
    };
    tracing::subscriber::with_default(collector.clone(), || {
        for fault in [
            Fault::Reset,
            Fault::Truncate,
            Fault::Garbage,
            Fault::Page(502),
            Fault::Internal,
            Fault::QueryLimit,
        ] {
            portal.faults().on("*").before(fault);
            everywhere(&|config| config);
            portal.faults().clear();
        }
        portal.faults().on("*").before(Fault::Hang);
        everywhere(&|config| config.call_timeout(bound));
        portal.faults().clear();
        let new = portal.url().replace("127.0.0.1", "localhost");
        portal.with(|portal| portal.rules_mut().moved_to = Some(new));
        everywhere(&|config| config);
        everywhere(&|config| config.allow_redirect_to("localhost").unwrap());
        portal.shutdown();
        everywhere(&|config| config);
    });
    let all = collector.all.lock().unwrap();
    assert!(
        all.contains("the portal has moved") && all.contains("not sent"),
        "{all}"
    );
    assert!(
        !all.contains(&secret(&portal)) && !all.contains(&token),
        "{all}"
    );
}
