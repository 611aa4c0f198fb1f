//! What a log shows at most. A process has one logger, so this is a file of its own.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use log::{Level, LevelFilter, Log, Metadata, Record};
use sonet_blocking::serde_json::json;
use sonet_blocking::{App, Client, Config, Raw, SECRET_LOG_TARGETS, Tokens};
use support::{Answer, Server, http, ok};

/// What a webhook's address, a token server's question and its answer have in them.
const SECRETS: [&str; 5] = [
    support::SECRET,
    "canaryaccess",
    "canaryrefresh",
    "canarynewpair",
    "canarykey",
];

/// Keeps every line.
struct Lines(Mutex<Vec<Line>>);

/// Level, target and text.
type Line = (Level, String, String);

/// Whether the named targets are capped, as users are told to.
static CAPPED: AtomicBool = AtomicBool::new(false);

fn is_named(target: &str) -> bool {
    let root = target.split("::").next().unwrap();
    SECRET_LOG_TARGETS.contains(&root)
}

impl Log for Lines {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        let capped = CAPPED.load(Ordering::SeqCst) && is_named(about.target());
        !capped || about.level() <= Level::Debug
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let line = (
            record.level(),
            record.target().to_owned(),
            record.args().to_string(),
        );
        self.0.lock().unwrap().push(line);
    }

    fn flush(&self) {}
}

static LINES: Lines = Lines(Mutex::new(Vec::new()));

/// A portal that is the token server, too: the first access token has expired.
fn portal() -> Server {
    Server::start(|_, seen| {
        if seen.head.starts_with("POST /oauth/token/") {
            let pair = r#"{"access_token":"canarynewpair","refresh_token":"canaryrefresh2"}"#;
            return Answer::Keep(http("200 OK", "", pair.as_bytes()));
        }
        if seen.body.contains("canaryaccess") {
            let expired = br#"{"error":"expired_token","error_description":""}"#;
            return Answer::Keep(http("401 Unauthorized", "", expired));
        }
        Answer::Keep(ok("1"))
    })
}

/// All that was logged while a webhook was called, and an application whose token had expired.
fn logged() -> Vec<Line> {
    let server = portal();
    let read = Raw::new("test.read", json!({})).read_only();
    let client = Client::webhook(&server.webhook()).unwrap();
    client.call(&read).unwrap();

    let origin = format!("http://{}", server.address());
    let tokens = Tokens::new(&origin, "canaryaccess", "canaryrefresh").unwrap();
    let app = App::new("app.1", "canarykey")
        .token_server(&origin)
        .unwrap();
    let client = Client::new(Config::app(app, tokens).unwrap()).unwrap();
    client.call(&read).unwrap();
    std::mem::take(&mut LINES.0.lock().unwrap())
}

fn tells(line: &Line) -> bool {
    SECRETS.iter().any(|secret| line.2.contains(secret))
}

#[test]
fn only_the_named_targets_show_secrets_and_capped_they_do_not() {
    log::set_logger(&LINES).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let lines = logged();
    for line in lines.iter().filter(|line| tells(line)) {
        assert!(is_named(&line.1), "{line:?}");
    }
    // Or the warning would be out of date, and this test empty.
    for target in SECRET_LOG_TARGETS {
        let mut own = lines.iter().filter(|line| line.1.starts_with(target));
        assert!(own.any(tells), "{target}");
    }

    CAPPED.store(true, Ordering::SeqCst);
    let lines = logged();
    assert!(lines.iter().any(|line| is_named(&line.1)));
    let told = lines.iter().find(|line| tells(line));
    assert!(told.is_none(), "{told:?}");
}
