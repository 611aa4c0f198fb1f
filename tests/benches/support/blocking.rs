//! Calls through `sonet-blocking`, and through bare ureq.

use std::hint::black_box;
use std::time::Duration;

use sonet_blocking::Client;
use sonet_core::Method;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

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
    let client = Client::new(config).unwrap();
    Box::new(move |calls| {
        for _ in 0..calls {
            black_box(client.reply(&method).unwrap());
        }
    })
}

fn bare<M: Method + 'static>(portal: Portal, method: M) -> Side {
    let agent = agent(&portal.authority);
    Box::new(move |calls| {
        for _ in 0..calls {
            black_box(call(&agent, &portal.webhook, &method));
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

/// An agent set up as the client sets up its own, but without timeouts: for each of a call's timeouts, ureq would start a
/// thread or tell the socket, which the client spares.
fn agent(authority: &str) -> Agent {
    let authority = Certificate::from_pem(authority.as_bytes()).unwrap();
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[authority]));
    Agent::config_builder()
        .tls_config(tls.build())
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_age(Duration::from_secs(15))
        .build()
        .into()
}
