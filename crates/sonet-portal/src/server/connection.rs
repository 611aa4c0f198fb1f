//! One connection: requests come in, one after another, and answers go out.

use super::body;
use super::connections::Phase;
use super::encoding;
use super::head;
use super::head::{Framing, Head};
use super::hosts;
use super::input::{Input, ReadError};
use super::reply::{self, ReplyOptions};
use super::shared::Shared;
use super::stream::Stream;
use crate::rest::http::{Request, Response};
use crate::rest::parsed::ParsedRequest;
use crate::server::fault::{Fault, Plan};
use crate::server::log::{self, LogEntry};
use crate::server::page;
use std::io::Write;
use std::net::Shutdown;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How long an answer may take to go out.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);

/// Serves a connection until either side has enough.
pub(super) fn run(stream: Stream, number: u64, shared: &Shared) {
    let _ = stream.set_write_timeout(Some(WRITE_TIMEOUT));
    let mut input = Input::new(stream);
    while !shared.stopping.load(Ordering::SeqCst) {
        match serve_one(&mut input, number, shared) {
            Ok(true) => {}
            Ok(false) => break,
            Err(ReadError::Gone) => return,
            Err(ReadError::Status(status)) => {
                let options = ReplyOptions {
                    keep_alive: false,
                    with_body: true,
                };
                let page = Response::page(status);
                if reply::send_whole(&mut input.stream, &page, options).is_ok() {
                    reply::linger(&mut input.stream);
                }
                return;
            }
        }
    }
    input.stream.shutdown(Shutdown::Both);
}

/// Answers one request; whether there may be another.
fn serve_one(input: &mut Input, number: u64, shared: &Shared) -> Result<bool, ReadError> {
    let enter = |phase| shared.open.enter(number, phase);
    if !enter(Phase::Waiting) || !head::begins(input, &shared.limits) || !enter(Phase::Arriving) {
        return Ok(false);
    }
    let Head {
        request,
        framing,
        keep_alive,
        expects_continue,
    } = head::read(input, &shared.limits)?;
    if expects_continue && framing != Framing::Length(0) && input.bytes().is_empty() {
        input
            .stream
            .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")
            .and_then(|()| input.stream.flush())
            .map_err(|_| ReadError::Gone)?;
    }
    let mut request = request.with_body(body::read(input, &framing, &shared.limits)?);
    if input.stream.is_encrypted() {
        request = request.over_tls();
    }
    if let Some(peer) = input.stream.peer() {
        request = request.with_source(peer);
    }
    // Whoever had to make room for others until now may send the request again.
    if !enter(Phase::Answering) {
        return Ok(false);
    }
    let local = input.stream.local();
    let (mut response, fault) = if !hosts::needs_secret(&request) && !shared.knows(&request, local)
    {
        (page::foreign(), None)
    } else if page::is_wanted(&request) {
        (show(&request, shared), None)
    } else {
        match answer(&request, shared) {
            Some(answer) => answer,
            None => return Ok(false),
        }
    };
    if fault == Some(Fault::NotGzip) {
        response.push_header("Content-Encoding", "gzip");
    } else {
        encoding::compress(&request, &mut response);
    }
    let options = ReplyOptions {
        keep_alive,
        with_body: request.method() != "HEAD",
    };
    reply::send(input, &response, options, fault.as_ref(), shared)
}

/// Shows the page for people. It is no call: it is neither logged nor delayed.
fn show(request: &Request, shared: &Shared) -> Response {
    let view = page::View::of(&mut shared.portal(), request);
    let calls = shared.log.newest(page::CALLS);
    page::print(
        &view,
        &calls,
        &shared.dispatcher.sent(),
        shared.faults.happened(),
    )
}

/// Lets the portal answer, and whatever else is to happen to the call. A server that stops answers no
/// more: nobody would get it, and its last save would wait for all calls that are in line.
fn answer(request: &Request, shared: &Shared) -> Option<(Response, Option<Fault>)> {
    thread::sleep(shared.latency);
    // Neither reading the parameters nor dropping them may hold up the others, so both happen
    // while the portal is not locked.
    let mut parsed = ParsedRequest::read(request);
    let mut entry = LogEntry::of(&parsed);
    let Plan {
        before,
        after,
        hooks,
    } = {
        let plan = shared.faults.plan(&log::name(request));
        entry.fault = plan.words();
        plan
    };
    let began = Instant::now();
    let (response, fault) = if let Some(fault) = before {
        let response = fault.apply_to(None);
        entry.answered(response.status(), response.body());
        (response, Some(fault))
    } else {
        let mut portal = shared.portal();
        if shared.stopping.load(Ordering::SeqCst) {
            return None;
        }
        let executed = |portal: &crate::Portal| portal.executed().values().sum::<u64>();
        let before = executed(&portal);
        let response = portal.answer(&mut parsed, SystemTime::now());
        entry.executed = executed(&portal) - before;
        for hook in hooks {
            hook(&mut portal);
        }
        let deliveries = portal.take_deliveries();
        drop(portal);
        shared.dispatcher.take(deliveries);
        entry.answered(response.status(), response.body());
        match after {
            Some(fault) => (fault.apply_to(Some(response)), Some(fault)),
            None => (response, None),
        }
    };
    entry.user = parsed.caller;
    entry.complaints = std::mem::take(&mut parsed.complaints);
    if shared.complains {
        for complaint in &entry.complaints {
            eprintln!("strict: {complaint}");
        }
    }
    entry.at = SystemTime::now();
    entry.took = began.elapsed();
    // Whoever has the answer finds the call in the log.
    shared.log.push(entry);
    Some((response, fault))
}
