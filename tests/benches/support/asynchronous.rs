//! Calls through `sonet-async`, and through bare reqwest, each on a runtime of one thread.

use std::hint::black_box;

use sonet_async::Client;
use sonet_core::Method;

use crate::bare::{http, runtime};

use super::raw::{Answer, HEADERS, request};
use super::{Case, Portal, Side, configs, create, get};

pub(crate) fn cases(portal: &Portal, [of_create, of_get]: [&'static str; 2]) -> [Case; 2] {
    [
        Case {
            name: of_create,
            sides: sides(portal, create),
        },
        Case {
            name: of_get,
            sides: sides(portal, get),
        },
    ]
}

fn sides<M: Method + 'static>(portal: &Portal, method: fn() -> M) -> [Side; 3] {
    let [client, limits] = configs(portal).map(|config| through(config, method()));
    [bare(portal.clone(), method()), client, limits]
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

fn bare<M: Method + 'static>(portal: Portal, method: M) -> Side {
    let (runtime, http) = (runtime(), http(Some(&portal.authority)));
    Box::new(move |calls| {
        runtime.block_on(async {
            for _ in 0..calls {
                black_box(call(&http, &portal.webhook, &method).await);
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
