//! What a client makes of an answer.

// An exchange is told the time, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]
// Each test has a copy of this, and uses what it needs.
#![allow(dead_code)]

use std::task::Waker;
use std::time::Instant;

use serde_json::{Value, json};
use sonet_core::{
    Config, Error, Exchange, Limits, Machine as _, Method, Rate, Reply, Session, Step,
};

/// Decodes a `result` the way that a client does.
pub(crate) fn result<M: Method>(method: &M, result: &Value) -> Result<M::Output, Error> {
    reply(method, 200, &json!({ "result": result })).map(|reply| reply.result)
}

/// Decodes a whole answer.
pub(crate) fn reply<M: Method>(
    method: &M,
    status: u16,
    body: &Value,
) -> Result<Reply<M::Output>, Error> {
    answered(&client(), method, status, &body.to_string())
}

/// What a client's calls share.
pub(crate) fn client() -> Session {
    let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/").unwrap();
    let config = config.limits(Limits::new(Rate::UNLIMITED));
    Session::new(&config, Instant::now()).unwrap()
}

/// What comes of a call with this answer.
pub(crate) fn answered<M: Method>(
    session: &Session,
    method: &M,
    status: u16,
    body: &str,
) -> Result<Reply<M::Output>, Error> {
    let now = Instant::now();
    let mut exchange = Exchange::new(session, method);
    let Step::Send(_) = exchange.poll(now, Waker::noop()) else {
        panic!("nothing to send")
    };
    let mut response = http::Response::new(body.to_owned().into());
    *response.status_mut() = status.try_into().unwrap();
    exchange.on_response(now, response);
    match exchange.poll(now, Waker::noop()) {
        Step::Done(outcome) => outcome,
        _ => panic!("there is nothing more to do"),
    }
}
