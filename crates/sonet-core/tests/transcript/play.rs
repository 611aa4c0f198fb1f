//! Plays a call in virtual time.

use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};
use std::task::Waker;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use serde::Serialize;
use serde_json::{Value, json};
use sonet_core::{
    BatchRequest, BatchRun, BatchStep, BesideResult, Cause, Config, Documented, Effect, Exchange,
    Failure, Handle, Invalid, Limits, Machine, Method, Outgoing, Page, Paged, Pager, PagerStep,
    Paging, ProgressEvent, Rate, Refresh, Session, Step, wire,
};

/// What the server does with a request.
pub(super) enum Answer {
    Json(u16, Value),
    Text(u16, &'static str),
    /// Of 200, and too long to be written down.
    Body(String),
    Moved(&'static str),
    Lost(Failure),
}

impl Answer {
    pub(super) fn ok() -> Self {
        Self::Json(200, json!({ "result": true }))
    }

    pub(super) fn error(status: u16, code: &str, text: &str) -> Self {
        Self::Json(status, json!({ "error": code, "error_description": text }))
    }

    pub(super) fn rate() -> Self {
        Self::error(503, "QUERY_LIMIT_EXCEEDED", "Too many requests")
    }

    pub(super) fn not_sent() -> Self {
        Self::Lost(Failure::NotSent(Cause::other(&io("connection refused"))))
    }

    pub(super) fn reset() -> Self {
        Self::Lost(Failure::MaybeSent(Cause::other(&io("connection reset"))))
    }

    pub(super) fn timeout() -> Self {
        Self::Lost(Failure::MaybeSent(Cause::timeout(&io("no answer in time"))))
    }
}

pub(super) fn io(text: &str) -> std::io::Error {
    std::io::Error::other(text.to_owned())
}

/// A transcript that is being written.
#[derive(Debug, Clone, Default)]
pub(super) struct Log(Arc<Mutex<String>>);

impl Log {
    /// Writes a line without a time: what happens beside the calls.
    pub(super) fn aside(&self, line: impl fmt::Display) {
        self.line(format_args!("        {line}"));
    }

    /// The lines so far, without what is around them.
    pub(super) fn notes(&self) -> Vec<String> {
        let log = self.0.lock().unwrap();
        log.lines().map(|line| line.trim().to_owned()).collect()
    }

    fn line(&self, line: impl fmt::Display) {
        writeln!(self.0.lock().unwrap(), "{line}").unwrap();
    }
}

/// A stage for calls: its clock, its server, and the transcript.
pub(super) struct Stage {
    start: Instant,
    pub(super) now: Instant,
    pub(super) session: Session,
    answers: VecDeque<(f64, Answer)>,
    log: Log,
}

impl Stage {
    /// Answers come in this order, each after so many seconds.
    pub(super) fn new(config: Config, answers: Vec<(f64, Answer)>) -> Self {
        Self::with_log(Log::default(), config, answers)
    }

    /// The same, with a transcript that a store writes to as well.
    pub(super) fn with_log(log: Log, config: Config, answers: Vec<(f64, Answer)>) -> Self {
        let start = Instant::now();
        let told = log.clone();
        // What the transcript does not show otherwise.
        let config = config.on_progress(move |progress| match progress.event {
            ProgressEvent::Waiting(reason, time) => {
                let time = time.as_secs_f64();
                told.aside(format_args!("~ waits for {reason}, {time:.2}s"));
            }
            ProgressEvent::Moved(to) => told.aside(format_args!("~ moves to {to}")),
            ProgressEvent::Refreshed => told.aside("~ has new tokens"),
            _ => {}
        });
        let session = Session::new(&config, start).unwrap();
        Self {
            start,
            now: start,
            session,
            answers: answers.into(),
            log,
        }
    }

    /// Lets the server answer more.
    pub(super) fn then(&mut self, answers: Vec<(f64, Answer)>) {
        self.answers.extend(answers);
    }

    pub(super) fn write(&self, line: impl fmt::Display) {
        let at = (self.now - self.start).as_secs_f64();
        self.log.line(format_args!("{at:6.2}s {line}"));
    }

    /// Plays one call to its end.
    pub(super) fn call<M: Method>(&mut self, method: &M)
    where
        M::Output: fmt::Debug,
    {
        let exchange = Exchange::new(&self.session, method);
        self.run(exchange);
    }

    pub(super) fn run<M: Method>(&mut self, exchange: Exchange<M>)
    where
        M::Output: fmt::Debug,
    {
        match self.drive(exchange) {
            Ok(reply) => self.write(format_args!("= {:?}", reply.result)),
            Err(error) => self.write(format_args!("! {error} [executed: {:?}]", error.executed())),
        }
    }

    /// Plays a walk to its end, and writes down how many rows each request brings.
    pub(super) fn walk<M: Paged>(&mut self, mut pager: Pager<M>) {
        loop {
            let rows = std::iter::from_fn(|| pager.next_item()).count();
            if rows > 0 {
                self.write(format_args!("= {rows} rows, {}", pager.cursor()));
            }
            match pager.next_step(self.now) {
                PagerStep::Request(mut request) => {
                    let answer = self.drive(&mut request);
                    pager.on_answer(self.now, request, answer);
                }
                PagerStep::Wait => panic!("nothing is out"),
                PagerStep::Failed(error) => {
                    self.write(format_args!(
                        "! {error} [incomplete: {}]",
                        error.is_incomplete()
                    ));
                }
                PagerStep::End => return self.write("end"),
            }
        }
    }

    /// Plays a batch until it is finished, or a request fails.
    pub(super) fn batch(&mut self, run: &mut BatchRun) {
        run.begin(self.now);
        loop {
            match run.next_step(&self.session, self.now) {
                BatchStep::Request(mut request) => {
                    let reply = self.drive(&mut request);
                    run.on_reply(self.now, request, reply);
                }
                BatchStep::Wait => panic!("nothing is out"),
                BatchStep::Failed(error) => {
                    let executed = error.executed();
                    return self.write(format_args!("! {error} [executed: {executed:?}]"));
                }
                BatchStep::End => return,
            }
        }
    }

    /// The next request of a batch that is run again.
    pub(super) fn next_request(&self, run: &mut BatchRun) -> Option<BatchRequest> {
        run.begin(self.now);
        match run.next_step(&self.session, self.now) {
            BatchStep::Request(request) => Some(request),
            _ => None,
        }
    }

    /// Writes down what came of a command.
    pub(super) fn outcome<T: fmt::Debug>(&self, run: &BatchRun, handle: Handle<T>) {
        match run.outcome(handle) {
            Ok(result) => self.write(format_args!("= {handle:?}: {result:?}")),
            Err(error) => self.write(format_args!(
                "! {handle:?}: {error} [executed: {:?}]",
                error.executed()
            )),
        }
    }

    pub(super) fn drive<X: Machine>(&mut self, mut machine: X) -> X::Output {
        loop {
            match machine.poll(self.now, Waker::noop()) {
                Step::Send(outgoing) => self.answer(&mut machine, &outgoing),
                Step::Wait(until) => self.now = self.now.max(until),
                Step::Store(call) => {
                    let stored = call.run();
                    machine.on_stored(self.now, stored);
                }
                Step::Refresh(refresh) => self.refresh(refresh),
                Step::Done(outcome) => return outcome,
            }
        }
    }

    fn refresh(&mut self, refresh: Refresh) {
        self.drive(refresh);
    }

    pub(super) fn answer(&mut self, machine: &mut impl Machine, outgoing: &Outgoing) {
        let request = &outgoing.request;
        let uri = request.uri();
        let path = match uri.host() {
            Some("example.bitrix24.com") | None => uri.path().to_owned(),
            Some(host) => format!("{host}{}", uri.path()),
        };
        let body = String::from_utf8_lossy(request.body());
        let body = shortened(&body);
        self.write(format_args!("> {} {path} {body}", request.method()));
        let (delay, answer) = self
            .answers
            .pop_front()
            .expect("the engine sent more than expected");
        let delay = Duration::from_secs_f64(delay);
        if delay > outgoing.response_timeout {
            self.now += outgoing.response_timeout;
            self.write("x the answer takes too long");
            let failure = Failure::MaybeSent(Cause::timeout(&io("no answer in time")));
            return machine.on_failure(self.now, failure);
        }
        self.now += delay;
        let response = |status| Response::builder().status(status);
        let response = match answer {
            Answer::Json(status, body) => {
                let body = body.to_string();
                self.write(format_args!("< {status} {}", shortened(&body)));
                response(status).body(Bytes::from(body))
            }
            Answer::Text(status, body) => {
                self.write(format_args!("< {status} {body}"));
                response(status).body(body.into())
            }
            Answer::Body(body) => {
                self.write(format_args!("< 200 {} bytes", body.len()));
                response(200).body(body.into())
            }
            Answer::Moved(location) => {
                self.write(format_args!("< 302 {location}"));
                response(302)
                    .header("location", location)
                    .body(Bytes::new())
            }
            Answer::Lost(failure) => {
                self.write(format_args!("x {failure:?}"));
                return machine.on_failure(self.now, failure);
            }
        };
        machine.on_response(self.now, response.unwrap());
    }

    /// The transcript. Every answer must have been asked for.
    pub(super) fn end(self) -> String {
        assert!(
            self.answers.is_empty(),
            "the engine sent less than expected"
        );
        std::mem::take(&mut *self.log.0.lock().unwrap())
    }
}

/// The next request of whatever sends some, or what came of it.
pub(super) fn sent<X: Machine>(now: &mut Instant, machine: &mut X) -> Result<Outgoing, X::Output> {
    loop {
        match machine.poll(*now, Waker::noop()) {
            Step::Send(outgoing) => return Ok(outgoing),
            Step::Wait(until) => *now = until.max(*now),
            Step::Done(outcome) => return Err(outcome),
            _ => panic!("nothing to store, and no tokens"),
        }
    }
}

/// A body, or its beginning and its end.
fn shortened(body: &str) -> String {
    match body.len() {
        0..=600 => body.to_owned(),
        length => format!("{} … {}", &body[..300], &body[length - 100..]),
    }
}

/// Plays one call against the answers, and writes down what happens.
pub(super) fn play<M: Method>(config: Config, method: &M, answers: Vec<(f64, Answer)>) -> String
where
    M::Output: fmt::Debug,
{
    let mut stage = Stage::new(config, answers);
    stage.call(method);
    stage.end()
}

/// Limits of its own, since transcripts run side by side, and jitter that repeats.
pub(super) fn alone(config: Config) -> Config {
    config.limits(Limits::new(Rate::STANDARD)).seed(1)
}

pub(super) fn webhook() -> Config {
    alone(Config::webhook("https://example.bitrix24.com/rest/1/s3cr3t/").unwrap())
}

/// A write.
#[derive(Serialize)]
pub(super) struct Delete {
    #[serde(rename = "GROUP_ID")]
    pub(super) group_id: i64,
}

impl Method for Delete {
    const NAME: &'static str = "sonet_group.delete";
    const EFFECT: Effect = Effect::Write;
    type Output = bool;
    const ERRORS: &'static [Documented] = &[Documented::new(
        "GroupNotFound",
        "",
        "Socialnetwork group not found",
    )];

    fn check(&self) -> Result<(), Invalid> {
        if self.group_id == 13 {
            return Err(Invalid::new("GROUP_ID", "13 is bad luck"));
        }
        Ok(())
    }
}

/// A read.
#[derive(Serialize)]
pub(super) struct Members {
    #[serde(rename = "ID")]
    pub(super) id: i64,
}

impl Method for Members {
    const NAME: &'static str = "sonet_group.user.get";
    const EFFECT: Effect = Effect::Read;
    type Output = Value;
}

/// A write that may be repeated.
#[derive(Serialize)]
pub(super) struct Rename {
    #[serde(rename = "GROUP_ID")]
    pub(super) group_id: i64,
}

impl Method for Rename {
    const NAME: &'static str = "sonet_group.update";
    const EFFECT: Effect = Effect::Repeatable;
    type Output = Value;
}

/// A list by identifier.
#[derive(Serialize)]
pub(super) struct Groups {
    #[serde(rename = "FILTER", skip_serializing_if = "Value::is_null")]
    pub(super) filter: Value,
    #[serde(rename = "ORDER", skip_serializing_if = "Value::is_null")]
    pub(super) order: Value,
}

#[derive(Debug, serde::Deserialize)]
pub(super) struct Row {
    #[serde(rename = "ID")]
    id: i64,
}

impl Method for Groups {
    const NAME: &'static str = "sonet_group.get";
    const EFFECT: Effect = Effect::Read;
    type Output = Page<Row>;

    fn decode<'de, D: serde::Deserializer<'de>>(result: D) -> Result<Page<Row>, D::Error> {
        Page::decode::<wire::Object, _>(result)
    }

    fn beside_result(page: &mut Self::Output, beside: &BesideResult) {
        page.set_beside_result(beside);
    }
}

impl Paged for Groups {
    type Item = Row;

    fn paging(&self) -> Paging<Row> {
        Paging::new("ID", |row: &Row| row.id)
            .filter("FILTER")
            .order("ORDER")
    }
}
