//! Calls through `sonet-blocking`, and through bare ureq.

use std::hint::black_box;
use std::time::Duration;

use sonet_blocking::Client;
use sonet_core::Method;
use ureq::Agent;

use super::raw::{Answer, HEADERS, request};
use super::{Case, Side, configs, create, get};

pub(crate) fn cases(webhook: &str) -> [Case; 2] {
    [
        Case {
            name: "blocking-create",
            sides: sides(webhook, create),
        },
        Case {
            name: "blocking-get",
            sides: sides(webhook, get),
        },
    ]
}

fn sides<M: Method + 'static>(webhook: &str, method: fn() -> M) -> [Side; 3] {
    let [client, limits] = configs(webhook).map(|config| through(config, method()));
    [bare(webhook.to_owned(), method()), client, limits]
}

fn through<M: Method + 'static>(config: sonet_core::Config, method: M) -> Side {
    let client = Client::new(config).unwrap();
    Box::new(move |calls| {
        for _ in 0..calls {
            black_box(client.reply(&method).unwrap());
        }
    })
}

fn bare<M: Method + 'static>(webhook: String, method: M) -> Side {
    let agent = agent();
    Box::new(move |calls| {
        for _ in 0..calls {
            black_box(call(&agent, &webhook, &method));
        }
    })
}

fn call<M: Method>(agent: &Agent, webhook: &str, method: &M) -> Answer<M> {
    let (address, body) = request(webhook, method);
    let mut request = agent.post(address);
    for (name, value) in HEADERS {
        request = request.header(name, value);
    }
    let mut response = request.send(body).unwrap();
    assert!(response.status().is_success());
    let text = response.body_mut().read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

/// An agent set up as the client sets up its own.
fn agent() -> Agent {
    Agent::config_builder()
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_resolve(Some(Duration::from_secs(10)))
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_per_call(Some(Duration::from_secs(60)))
        .max_idle_age(Duration::from_secs(15))
        .build()
        .into()
}
