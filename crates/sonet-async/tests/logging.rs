//! What a log shows at most. A process has one logger, so this is a file of its own.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::sync::Mutex;

use log::{Level, LevelFilter, Log, Metadata, Record};
use sonet_async::serde_json::json;
use sonet_async::{App, Client, Config, Raw, Tokens};
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
struct Lines(Mutex<Vec<(Level, String, String)>>);

impl Log for Lines {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
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
async fn logged() -> Vec<(Level, String, String)> {
    log::set_logger(&LINES).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let server = portal();
    let read = Raw::new("test.read", json!({})).read_only();
    let client = Client::webhook(&server.webhook()).unwrap();
    client.call(&read).await.unwrap();

    let origin = format!("http://{}", server.address());
    let tokens = Tokens::new(&origin, "canaryaccess", "canaryrefresh").unwrap();
    let app = App::new("app.1", "canarykey")
        .token_server(&origin)
        .unwrap();
    let client = Client::new(Config::app(app, tokens).unwrap()).unwrap();
    client.call(&read).await.unwrap();
    LINES.0.lock().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_logged_at_any_level() {
    let lines = logged().await;
    assert!(!lines.is_empty(), "reqwest logs");
    for (level, target, text) in lines {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{level} {target}: {text}");
        }
    }
}
