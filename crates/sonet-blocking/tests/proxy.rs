//! Proxies that the environment or the settings name. A test runs itself again with the environment that it is about.
#![cfg(any(feature = "rustls", feature = "native-tls"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::env;

use sonet_blocking::serde_json::json;
use sonet_blocking::{Client, Config, Executed, NoRetry, Raw};
use support::proxy::Proxy;
use support::tls::Identity;
use support::{Answer, Server, again, ok};

/// A proxy that opens no tunnel, and tells what it was asked for.
fn proxy() -> Server {
    Server::start(|_, _| Answer::Close(support::http("403 Forbidden", "", b"")))
}

#[test]
fn a_portal_is_reached_through_it() {
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
    let error = client.call(&Raw::new("test.write", json!({}))).unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
}

#[test]
fn this_machine_is_not() {
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
        .unwrap();

    let identity = Identity::new();
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("1")));
    let config = Config::webhook(&server.webhook_tls()).unwrap();
    let client = Client::new(config.ca_certificate(identity.authority)).unwrap();
    client.call(&Raw::new("test.read", json!({}))).unwrap();
}

/// A kind of proxy that the client can't use. With the feature `socks`, that is another one.
const UNKNOWN: &str = if cfg!(feature = "socks") {
    "socks9"
} else {
    "socks5"
};

#[test]
fn another_kind_of_proxy_is_told() {
    let address = format!("{UNKNOWN}://user:canary@127.0.0.1:1");
    if env::var_os("AGAIN").is_none() {
        return again(
            "another_kind_of_proxy_is_told",
            &[("ALL_PROXY", address.as_str())],
        );
    }
    let config = Config::webhook("https://portal.invalid/rest/1/secret/")
        .unwrap()
        .retry(NoRetry);
    let config = config.ca_certificate(Identity::new().authority);
    for (config, name) in [
        (config.clone(), "ALL_PROXY"),
        (config.proxy(address), "`Config::proxy`"),
    ] {
        let error = Client::new(config.clone()).unwrap_err();
        let shown = format!("{} {config:?}", support::shown(&error));
        assert!(error.is_config() && !shown.contains("canary"), "{error:?}");
        assert!(error.to_string().contains(name), "{error}");
        let missing = !cfg!(feature = "socks");
        assert_eq!(error.to_string().contains("feature `socks`"), missing);
    }
}

/// A portal that is found through a proxy only, and a client's settings for it.
fn hidden_portal() -> (Server, Config) {
    let identity = Identity::new();
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
    let webhook = format!("https://portal.invalid/rest/1/{}/", support::SECRET);
    let config = Config::webhook(&webhook).unwrap().retry(NoRetry);
    (server, config.ca_certificate(identity.authority))
}

fn write() -> Raw {
    Raw::new("test.write", json!({}))
}

#[test]
fn the_setting_goes_before_the_environment() {
    if env::var_os("AGAIN").is_none() {
        let vars = [("HTTPS_PROXY", "http://127.0.0.1:1"), ("NO_PROXY", "*")];
        return again("the_setting_goes_before_the_environment", &vars);
    }
    let (server, config) = hidden_portal();
    let proxy = Proxy::http(server.address());
    let config = config.proxy(format!("http://user:p%40ss@{}", proxy.address()));
    let clients = [
        Client::new(config.clone()),
        Client::with_http(config.clone(), |http| http),
    ];
    for client in clients {
        client.unwrap().call(&write()).unwrap();
    }
    let asked = proxy.asked();
    assert_eq!((asked.len(), server.seen().len()), (2, 2));
    for head in asked {
        assert!(
            head.starts_with("connect portal.invalid:443 http/1.1\r\n"),
            "{head}"
        );
        let credentials = "proxy-authorization: basic dxnlcjpwqhnz\r\n";
        assert!(head.contains(credentials), "{head}");
        assert!(!head.contains(support::SECRET), "{head}");
    }

    // Hosts that are excepted are looked for directly.
    let config = config.proxy_bypass("portal.invalid");
    let error = Client::new(config).unwrap().call(&write());
    let error = error.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(proxy.asked().len(), 2);
}

#[test]
fn the_environment_can_be_ignored() {
    if env::var_os("AGAIN").is_none() {
        let proxy = proxy();
        let address = format!("http://{}", proxy.address());
        let vars = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].map(|name| (name, address.as_str()));
        again("the_environment_can_be_ignored", &vars);
        assert_eq!(proxy.connections(), 0);
        return;
    }
    let (_, config) = hidden_portal();
    let clients = [
        Client::new(config.clone().no_proxy()),
        Client::with_http(config.clone().no_proxy(), |http| http),
        Client::new(config.proxy_bypass("invalid")),
    ];
    for client in clients {
        let error = client.unwrap().call(&write()).unwrap_err();
        assert!(error.is_connect(), "{error:?}");
    }
}

#[test]
fn a_proxy_that_is_not_there_has_sent_nothing() {
    let (server, config) = hidden_portal();
    let config = config.proxy("http://user:canary@127.0.0.1:1");
    let error = Client::new(config).unwrap().call(&write());
    let error = error.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!((error.executed(), server.seen().len()), (Executed::No, 0));
    assert!(!support::shown(&error).contains("canary"), "{error:?}");
}

#[cfg(feature = "socks")]
#[test]
fn a_portal_is_reached_through_socks() {
    if env::var_os("AGAIN").is_none() {
        let vars = [("HTTPS_PROXY", "http://127.0.0.1:1")];
        return again("a_portal_is_reached_through_socks", &vars);
    }
    let (server, config) = hidden_portal();
    let proxy = Proxy::socks5(server.address());
    for credentials in ["user:p%40ss@", ""] {
        let config = config.clone();
        let config = config.proxy(format!("socks5h://{credentials}{}", proxy.address()));
        let client = Client::new(config).unwrap();
        client.call(&write()).unwrap();
    }
    let expected = ["user:p@ss portal.invalid:443", "portal.invalid:443"];
    assert_eq!(proxy.asked(), expected);
    assert_eq!(server.seen().len(), 2);
}
