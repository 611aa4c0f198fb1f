//! What a client makes of an answer.

// An exchange is told the time, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]
// Each test has a copy of this, and uses what it needs.
#![allow(dead_code)]

use std::fmt::Debug;
use std::task::Waker;
use std::time::Instant;

use serde::Serialize;
use serde_json::{Value, json};
use sonet_core::{
    BatchRun, BatchStep, Config, Error, Exchange, Limits, Machine, Method, Rate, Reply, Session,
    Step,
};

/// Decodes a `result` the way that a client does. What is written of it has to be read back equal.
pub(crate) fn result<M>(method: &M, result: &Value) -> Result<M::Output, Error>
where
    M: Method<Output: Serialize + PartialEq + Debug>,
{
    let reply = reply(method, 200, &json!({ "result": result }));
    reply
        .map(|reply| reply.result)
        .inspect(read_back_equal::<M>)
}

/// Writes an answer, and reads what was written.
pub(crate) fn read_back_equal<M>(output: &M::Output)
where
    M: Method<Output: Serialize + PartialEq + Debug>,
{
    let written = serde_json::to_string(output).unwrap();
    let read = M::decode(&mut serde_json::Deserializer::from_str(&written));
    if read.is_ok_and(|read| read == *output) {
        return;
    }
    // A page is written without the key that its rows stood in, and so is what stood within one.
    let read = serde_json::from_str::<M::Output>(&written);
    let read = read.unwrap_or_else(|error| panic!("{}: {error} in {written}", M::NAME));
    assert_eq!(read, *output, "{}: {written}", M::NAME);
}

/// Decodes a whole answer.
pub(crate) fn reply<M: Method>(
    method: &M,
    status: u16,
    body: &Value,
) -> Result<Reply<M::Output>, Error> {
    call(&client(), method, status, &body.to_string())
}

/// What a client's calls share.
pub(crate) fn client() -> Session {
    let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/").unwrap();
    let config = config.limits(Limits::new(Rate::UNLIMITED));
    Session::new(&config, Instant::now()).unwrap()
}

/// What comes of the next request of a batch with this answer to its first command.
pub(crate) fn run_command(session: &Session, run: &mut BatchRun, answer: &Value) {
    let now = Instant::now();
    let BatchStep::Request(mut request) = run.next_step(session, now) else {
        panic!("nothing to send")
    };
    let body = json!({ "result": { "result": { "c0": answer }, "result_error": [] } });
    let reply = drive_machine(&mut request, 200, &body.to_string());
    run.on_reply(now, request, reply);
}

/// What comes of a call with this answer.
pub(crate) fn call<M: Method>(
    session: &Session,
    method: &M,
    status: u16,
    body: &str,
) -> Result<Reply<M::Output>, Error> {
    drive(&mut Exchange::new(session, method), status, body)
}

/// What comes of an exchange with this answer.
pub(crate) fn drive<M: Method>(
    exchange: &mut Exchange<M>,
    status: u16,
    body: &str,
) -> Result<Reply<M::Output>, Error> {
    drive_machine(exchange, status, body)
}

/// What comes of whatever sends one request, with this answer to it.
pub(crate) fn drive_machine<M: Machine>(machine: &mut M, status: u16, body: &str) -> M::Output {
    let now = Instant::now();
    let Step::Send(_) = machine.poll(now, Waker::noop()) else {
        panic!("nothing to send")
    };
    let mut response = http::Response::new(body.to_owned().into());
    *response.status_mut() = status.try_into().unwrap();
    machine.on_response(now, response);
    match machine.poll(now, Waker::noop()) {
        Step::Done(outcome) => outcome,
        _ => panic!("there is nothing more to do"),
    }
}
