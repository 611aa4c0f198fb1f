//! The proxy that the environment names. Each test runs itself again with the environment that it is about.
#![cfg(any(feature = "rustls", feature = "native-tls"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::env;
use std::process::Command;

use sonet_async::serde_json::json;
use sonet_async::{Client, Config, Executed, NoRetry, Raw};
use support::tls::Identity;
use support::{Answer, Server, ok};

/// Runs a test of this file again with these variables and no others of their kind.
fn again(test: &str, vars: &[(&str, &str)]) {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", test, "--include-ignored", "--nocapture"])
        .env("AGAIN", "1");
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let output = command.envs(vars.iter().copied()).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A proxy that opens no tunnel, and tells what it was asked for.
fn proxy() -> Server {
    Server::start(|_, _| Answer::Close(support::http("403 Forbidden", "", b"")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_is_reached_through_it() {
    if env::var_os("AGAIN").is_none() {
        let proxy = proxy();
        let address = format!("http://user:pass@{}", proxy.address());
        let var = [
            ("HTTPS_PROXY", address.as_str()),
            ("HTTP_PROXY", "http://127.0.0.1:1"),
        ];
        again("a_portal_is_reached_through_it", &var);
        let seen = proxy.seen();
        assert_eq!(seen.len(), 1);
        let head = seen[0].head.to_lowercase();
        assert!(
            head.starts_with("connect portal.invalid:443 http/1.1\r\n"),
            "{head}"
        );
        assert!(
            head.contains("proxy-authorization: basic dxnlcjpwyxnz\r\n"),
            "{head}"
        );
        assert!(!head.contains("secret"), "{head}");
        return;
    }
    let config = Config::webhook("https://portal.invalid/rest/1/secret/")
        .unwrap()
        .retry(NoRetry);
    let client = Client::new(config.ca_certificate(Identity::new().authority)).unwrap();
    let error = client
        .call(&Raw::new("test.write", json!({})))
        .await
        .unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
}

#[tokio::test(flavor = "multi_thread")]
async fn this_machine_is_not() {
    if env::var_os("AGAIN").is_none() {
        let proxy = proxy();
        let address = format!("http://{}", proxy.address());
        let vars = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].map(|name| (name, address.as_str()));
        again("this_machine_is_not", &vars);
        assert_eq!(proxy.connections(), 0);
        return;
    }
    let server = Server::start(|_, _| Answer::Keep(ok("1")));
    Client::webhook(&server.webhook())
        .unwrap()
        .call(&Raw::new("test.read", json!({})))
        .await
        .unwrap();

    let identity = Identity::new();
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("1")));
    let config = Config::webhook(&server.webhook_tls()).unwrap();
    let client = Client::new(config.ca_certificate(identity.authority)).unwrap();
    client
        .call(&Raw::new("test.read", json!({})))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_kind_of_proxy_is_told() {
    if env::var_os("AGAIN").is_none() {
        let vars = [("ALL_PROXY", "socks5://user:canary@127.0.0.1:1")];
        return again("another_kind_of_proxy_is_told", &vars);
    }
    let config = Config::webhook("https://portal.invalid/rest/1/secret/")
        .unwrap()
        .retry(NoRetry);
    let config = config.ca_certificate(Identity::new().authority);
    let error = Client::new(config).unwrap_err();
    assert!(
        error.is_config() && !support::shown(&error).contains("canary"),
        "{error:?}"
    );
}
