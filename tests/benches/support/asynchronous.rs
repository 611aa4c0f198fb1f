//! Calls through `sonet-async`, and through bare reqwest, each on a runtime of one thread.

use std::hint::black_box;

use sonet_async::Client;
use sonet_core::Method;

use crate::bare::{http, runtime};

use super::raw::{Answer, HEADERS, request};
use super::{Case, Side, configs, create, get};

pub(crate) fn cases(webhook: &str) -> [Case; 2] {
    [
        Case {
            name: "async-create",
            sides: sides(webhook, create),
        },
        Case {
            name: "async-get",
            sides: sides(webhook, get),
        },
    ]
}

fn sides<M: Method + 'static>(webhook: &str, method: fn() -> M) -> [Side; 3] {
    let [client, limits] = configs(webhook).map(|config| through(config, method()));
    [bare(webhook.to_owned(), method()), client, limits]
}

fn through<M: Method + 'static>(config: sonet_core::Config, method: M) -> Side {
    let (runtime, client) = (runtime(), Client::new(config).unwrap());
    Box::new(move |calls| {
        runtime.block_on(async {
            for _ in 0..calls {
                black_box(client.reply(&method).await.unwrap());
            }
        });
    })
}

fn bare<M: Method + 'static>(webhook: String, method: M) -> Side {
    let (runtime, http) = (runtime(), http());
    Box::new(move |calls| {
        runtime.block_on(async {
            for _ in 0..calls {
                black_box(call(&http, &webhook, &method).await);
            }
        });
    })
}

async fn call<M: Method>(http: &reqwest::Client, webhook: &str, method: &M) -> Answer<M> {
    let (address, body) = request(webhook, method);
    let mut request = http.post(address).body(body);
    for (name, value) in HEADERS {
        request = request.header(name, value);
    }
    let response = request.send().await.unwrap();
    assert!(response.status().is_success());
    // `text` would copy the bytes once more: the client is measured against the leaner way.
    let bytes = response.bytes().await.unwrap();
    let text = std::str::from_utf8(&bytes).unwrap();
    serde_json::from_str(text).unwrap()
}
