//! What is left without a TLS feature.
#![cfg(not(any(feature = "rustls", feature = "native-tls")))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use sonet_async::serde_json::json;
use sonet_async::{Client, Raw};
use support::{Answer, Server, ok};

#[tokio::test]
async fn only_this_machine_is_reached() {
    let server = Server::start(|_, _| Answer::Keep(ok("1")));
    let client = Client::webhook(&server.webhook()).unwrap();
    client
        .call(&Raw::new("test.read", json!({})))
        .await
        .unwrap();

    let error = Client::webhook("https://localhost/rest/1/secret/").unwrap_err();
    assert!(
        error.is_config() && error.to_string().contains("feature"),
        "{error}"
    );
}
