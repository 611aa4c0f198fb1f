//! What the HTTP libraries write to `log` shows no secret, up to the level that the documentation allows.
//!
//! A logger belongs to the whole process, so this test has a process of its own.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Mutex;

use log::{LevelFilter, Log, Metadata, Record};
use sonet_core::{Config, Raw};

struct Collector(Mutex<String>);

impl Log for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let line = format!("{} {} {}\n", record.level(), record.target(), record.args());
        self.0.lock().unwrap().push_str(&line);
    }

    fn flush(&self) {}
}

static LOG: Collector = Collector(Mutex::new(String::new()));

fn config(portal: &sonet_portal::Server, secret: bool) -> Config {
    if secret {
        Config::webhook(&portal.webhook()).unwrap()
    } else {
        Config::token(&portal.url(), portal.token_of(1).unwrap()).unwrap()
    }
}

#[test]
fn a_log_at_debug_shows_no_secret() {
    log::set_logger(&LOG).unwrap();
    log::set_max_level(LevelFilter::Debug);
    let portal = sonet_portal::Portal::builder().start().unwrap();
    let call = Raw::new("sonet_group.get", serde_json::Value::Null).read_only();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for webhook in [true, false] {
        let client = sonet_blocking::Client::new(config(&portal, webhook)).unwrap();
        client.call(&call).unwrap();
        let client = sonet_async::Client::new(config(&portal, webhook)).unwrap();
        runtime.block_on(client.call(&call)).unwrap();
    }

    let log = LOG.0.lock().unwrap();
    assert!(log.contains("ureq"), "the log is read at all: {log}");
    let webhook = portal.webhook();
    let secret = webhook.trim_end_matches('/').rsplit('/').next().unwrap();
    let token = portal.token_of(1).unwrap();
    assert!(secret.len() >= 8 && token.len() >= 8);
    assert!(!log.contains(secret) && !log.contains(&token), "{log}");
}
