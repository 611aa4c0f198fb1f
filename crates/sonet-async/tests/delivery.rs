//! What reaches the server, how often, and what the client knows of it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use reqwest::redirect::Policy;
use sonet_async::serde_json::{Value, json};
use sonet_async::{Client, Config, Executed, NoRetry, Raw};
use support::{Answer, Server, http, ok};

fn write() -> Raw {
    Raw::new("test.write", json!({ "NAME": "Rust" }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_one_post_with_its_parameters() {
    let server = Server::start(|_, _| Answer::Keep(ok("true")));
    let client = Client::webhook(&server.webhook()).unwrap();
    assert_eq!(client.call(&write()).await.unwrap(), Value::Bool(true));
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    let head = seen[0].head.to_lowercase();
    let path = format!(
        "post /rest/1/{}/test.write.json http/1.1\r\n",
        support::SECRET
    );
    assert!(head.starts_with(&path), "{head}");
    assert!(head.contains("\r\ncontent-length: 15\r\n"), "{head}");
    assert!(!head.contains("transfer-encoding"), "{head}");
    assert!(head.contains("\r\naccept-encoding: gzip\r\n"), "{head}");
    assert!(head.contains("\r\nuser-agent: sonet/"), "{head}");
    assert_eq!(seen[0].body, r#"{"NAME":"Rust"}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_connection_has_sent_nothing() {
    let client = Client::webhook(&support::refusing_webhook()).unwrap();
    let error = client.call(&write()).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_was_read_and_not_answered_is_sent_once() {
    let server = Server::start(|_, _| Answer::Close(Vec::new()));
    let client = Client::webhook(&server.webhook()).unwrap();
    let error = client.call(&write()).await.unwrap_err();
    assert!(!error.is_connect(), "{error:?}");
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(server.seen().len(), 1);
    assert_eq!(server.connections(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn so_is_one_on_a_connection_that_was_used_before() {
    let server = Server::start(|_, seen| match seen.earlier {
        0 => Answer::Keep(ok("1")),
        _ => Answer::Close(Vec::new()),
    });
    let client = Client::webhook(&server.webhook()).unwrap();
    // A connection may be back in the pool a moment too late, so the first calls may each have their own.
    for number in 1..100 {
        let outcome = client.call(&write()).await;
        let seen = server.seen();
        assert_eq!(seen.len(), number, "each call is sent once");
        if let Err(error) = outcome {
            assert_eq!(error.executed(), Executed::Unknown);
            assert_eq!(seen[number - 1].earlier, 1);
            return;
        }
    }
    panic!("no connection is used again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_closes_between_calls_repeats_nothing() {
    // The server does not say that it closes, so the client may learn of it before, while or after it sends.
    let server = Server::start(|_, _| Answer::Close(ok("1")));
    let client = Client::webhook(&server.webhook()).unwrap();
    for number in 0..50 {
        let before = server.seen().len();
        let outcome = client
            .call(&Raw::new("test.write", json!({ "number": number })))
            .await;
        let sent = server.seen().len() - before;
        match outcome {
            Ok(_) => assert_eq!(sent, 1),
            Err(error) if error.executed() == Executed::No => assert_eq!(sent, 0, "{error:?}"),
            Err(error) => assert!(sent <= 1, "{error:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_an_answer() {
    let other = Server::start(|_, _| Answer::Keep(ok("1")));
    let location = format!("Location: {}\r\n", other.webhook());
    for status in [
        "301 Moved",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let redirect = http(status, &location, b"");
        let server = Server::start(move |_, _| Answer::Keep(redirect.clone()));
        let config = Config::webhook(&server.webhook()).unwrap();
        for client in [
            Client::new(config.clone()).unwrap(),
            Client::with_http(config, |http| http).unwrap(),
        ] {
            let error = client.call(&write()).await.unwrap_err();
            assert_eq!(
                error.status().map(|status| status.as_u16()),
                status[..3].parse().ok()
            );
            assert_eq!(error.executed(), Executed::No);
        }
        assert_eq!(server.seen().len(), 2);
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_arrives_where_a_redirect_leads_whatever_the_settings() {
    let other = Server::start(|_, _| Answer::Keep(ok("1")));
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = format!("Location: http://{}/landing\r\n", other.address());
        let redirect = http(status, &location, b"");
        let server = Server::start(move |_, _| Answer::Keep(redirect.clone()));
        for call in [write(), write().read_only()] {
            let config = Config::webhook(&server.webhook()).unwrap().retry(NoRetry);
            let client = Client::with_http(config, |http| {
                http.redirect(Policy::limited(5)).referer(true)
            });
            let error = client.unwrap().call(&call).await.unwrap_err();
            assert!(error.status().is_some(), "{status}: {error:?}");
        }
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_on_the_same_host_is_not_followed_either() {
    let server = Server::start(|before, _| match before {
        0 => Answer::Keep(http("302 Found", "Location: /landing\r\n", b"")),
        _ => Answer::Keep(ok("1")),
    });
    let config = Config::webhook(&server.webhook()).unwrap().retry(NoRetry);
    let client = Client::with_http(config, |http| {
        http.http1_title_case_headers().redirect(Policy::default())
    });
    client.unwrap().call(&write()).await.unwrap_err();
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    assert!(
        seen[0].head.contains("\r\nContent-Length: "),
        "{}",
        seen[0].head
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_status_is_an_answer_too() {
    let body = br#"{"error":"","error_description":"Wrong group ID"}"#;
    let server = Server::start(|_, _| Answer::Keep(http("400 Bad Request", "", body)));
    let config = Config::webhook(&server.webhook()).unwrap();
    for client in [
        Client::new(config.clone()).unwrap(),
        Client::with_http(config, |http| http).unwrap(),
    ] {
        let error = client.call(&write()).await.unwrap_err();
        assert_eq!(error.api().unwrap().description(), "Wrong group ID");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_http_client_of_ones_own_does_not_repeat_either() {
    let server = Server::start(|_, _| Answer::Close(Vec::new()));
    let config = Config::webhook(&server.webhook()).unwrap();
    let client = Client::with_http(config, |http| http).unwrap();
    assert_eq!(
        client.call(&write()).await.unwrap_err().executed(),
        Executed::Unknown
    );
    assert_eq!(server.seen().len(), 1);

    let config = Config::webhook(&support::refusing_webhook()).unwrap();
    let client = Client::with_http(config, |http| http).unwrap();
    assert_eq!(
        client.call(&write()).await.unwrap_err().executed(),
        Executed::No
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_does_one_that_retries() {
    let server = Server::start(|_, _| Answer::Close(http("503 Unavailable", "", b"")));
    let retrying = move |http: reqwest::ClientBuilder| {
        let policy = reqwest::retry::for_host("127.0.0.1").no_budget();
        http.retry(policy.classify_fn(|attempt| {
            if attempt.status().is_some() {
                attempt.retryable()
            } else {
                attempt.success()
            }
        }))
    };
    let config = Config::webhook(&server.webhook()).unwrap();
    let client = Client::with_http(config, retrying).unwrap();
    assert!(client.call(&write()).await.unwrap_err().status().is_some());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_server_is_given_up() {
    let server = Server::start(|_, _| Answer::Hang);
    let config = Config::webhook(&server.webhook()).unwrap();
    let client = Client::new(config.response_timeout(Duration::from_millis(300))).unwrap();
    let error = client.call(&write()).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_drips_is_given_up() {
    let head = "HTTP/1.1 200 OK\r\n";
    for start in [
        format!("{head}X: "),
        format!("{head}Content-Length: 1000000\r\n\r\n"),
        format!("{head}Transfer-Encoding: chunked\r\n\r\nfffff\r\n"),
        format!("{head}\r\n"),
    ] {
        let server = Server::start(move |_, _| Answer::Drip(start.clone().into_bytes()));
        let config = Config::webhook(&server.webhook()).unwrap();
        let client = Client::new(config.response_timeout(Duration::from_millis(300))).unwrap();
        let error = client.call(&write()).await.unwrap_err();
        assert_eq!(error.executed(), Executed::Unknown);
        assert_eq!(server.seen().len(), 1);
        assert!(error.is_timeout(), "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bounds_beyond_all_clocks_are_bounds() {
    let server = Server::start(|_, _| Answer::Keep(ok("1")));
    let config = Config::webhook(&server.webhook()).unwrap();
    let config = config
        .response_timeout(Duration::MAX)
        .connect_timeout(Duration::MAX);
    for client in [
        Client::new(config.clone()).unwrap(),
        Client::with_http(config, |http| http).unwrap(),
    ] {
        client.call(&write()).await.unwrap();
        client
            .with_timeout(Duration::MAX)
            .call(&write())
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_time_at_all_is_told_as_a_timeout() {
    let server = Server::start(|_, _| Answer::Hang);
    for none in [Duration::ZERO, Duration::from_nanos(1)] {
        let config = Config::webhook(&server.webhook()).unwrap().retry(NoRetry);
        let client = Client::new(config.response_timeout(none)).unwrap();
        let error = client.call(&write()).await.unwrap_err();
        assert!(error.is_timeout() && !error.is_deadline(), "{error:?}");
    }
    let before = server.connections();
    let client = Client::webhook(&server.webhook()).unwrap();
    let error = client.with_timeout(Duration::ZERO).call(&write()).await;
    let error = error.unwrap_err();
    assert!(error.is_deadline(), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(server.connections(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_has_its_methods_where_it_is_set_up_to() {
    let server = Server::start(|_, _| Answer::Keep(ok("1")));
    let origin = format!("http://{}", server.address());
    let webhook = format!("{origin}/b24/deep/rest/1/{}/", support::SECRET);
    let client = Client::webhook(&webhook).unwrap();
    client.call(&write()).await.unwrap();
    let portal = format!("{origin}/b24/rest/");
    let client = Client::token(&portal, support::SECRET).unwrap();
    client.call(&write()).await.unwrap();
    let paths: Vec<String> = (server.seen().iter())
        .map(|seen| seen.head.split(' ').nth(1).unwrap().to_owned())
        .collect();
    let webhook = format!("/b24/deep/rest/1/{}/test.write.json", support::SECRET);
    assert_eq!(paths, [webhook.as_str(), "/b24/rest/test.write.json"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_is_reached_over_http_where_that_is_allowed_and_nowhere_else() {
    let server = Server::start(|before, _| {
        if before == 0 {
            return Answer::Keep(ok("1"));
        }
        // To another host of the same network.
        let location = "Location: http://other.example.com/rest/1/x/test.write.json\r\n";
        Answer::Keep(http("302 Found", location, b""))
    });
    let here = server.address();
    let webhook = format!(
        "http://portal.example.com:{}/rest/1/{}/",
        here.port(),
        support::SECRET
    );
    let config = Config::webhook(&webhook).unwrap().retry(NoRetry);
    let error = Client::new(config.clone()).unwrap_err();
    assert!(error.is_config(), "{error:?}");
    let text = support::shown(&error);
    assert!(
        text.contains("allow_http(\"portal.example.com\")"),
        "{text}"
    );
    assert!(!text.contains(support::SECRET), "{text}");

    let config = config.allow_http("portal.example.com").unwrap();
    let config = config.allow_redirect_to("other.example.com").unwrap();
    let client = Client::with_http(config, move |http| {
        http.resolve("portal.example.com", here)
            .resolve("other.example.com", here)
    });
    let client = client.unwrap();
    client.call(&write()).await.unwrap();
    let error = client.call(&write()).await.unwrap_err();
    assert_eq!(error.moved_to(), Some("other.example.com"));
    assert_eq!(server.seen().len(), 2, "http is not allowed there");
}
