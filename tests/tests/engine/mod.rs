//! What a client makes of an answer.

// An exchange is told the time, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]

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
    let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/").unwrap();
    let config = config.limits(Limits::new(Rate::UNLIMITED));
    let now = Instant::now();
    let session = Session::new(&config, now).unwrap();
    let mut exchange = Exchange::new(&session, method);
    let Step::Send(_) = exchange.poll(now, Waker::noop()) else {
        panic!("nothing to send")
    };
    let mut response = http::Response::new(body.to_string().into());
    *response.status_mut() = status.try_into().unwrap();
    exchange.on_response(now, response);
    match exchange.poll(now, Waker::noop()) {
        Step::Done(outcome) => outcome,
        _ => panic!("there is nothing more to do"),
    }
}
