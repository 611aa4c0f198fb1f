//! A write runs once at most, and an error never says the wrong thing about whether it ran.

use std::io;
use std::task::Waker;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use proptest::prelude::*;
use sonet_core::{
    Attempt, Cause, Config, Effect, Exchange, Executed, Failure, Limits, Machine, Method, NoRetry,
    Rate, RetryPolicy, Session, Step, Verdict,
};

use super::call::{Read, Repeatable, Write};
use super::cases;

/// What becomes of a request.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// It is refused: the server does not run it, and says so.
    Refused(Refusal),
    /// It is run, or not, and the answer does not tell.
    Doubtful(Doubt, bool),
    /// It is run.
    Ran(Answer),
}

#[derive(Debug, Clone, Copy)]
enum Refusal {
    NotSent,
    Moved,
    Json(u16, &'static str),
    Page(u16),
}

#[derive(Debug, Clone, Copy)]
enum Doubt {
    Timeout,
    Reset,
    TooLarge,
    Json(u16, &'static str),
    Page(u16),
    Text(&'static str),
    BrokenGzip,
    /// The driver polls without a word of the request.
    Unreported,
}

#[derive(Debug, Clone, Copy)]
enum Answer {
    Well,
    OtherForm,
    BesideAnError,
}

fn fates() -> impl Strategy<Value = Fate> {
    use Refusal::{Json, Moved, NotSent};
    let refusals = [
        NotSent,
        Moved,
        Json(503, "QUERY_LIMIT_EXCEEDED"),
        Json(429, "OPERATION_TIME_LIMIT"),
        Json(503, "OVERLOAD_LIMIT"),
        Json(400, ""),
        Json(401, "expired_token"),
        Json(403, "insufficient_scope"),
        Json(404, "ERROR_METHOD_NOT_FOUND"),
        Refusal::Page(404),
        Refusal::Page(413),
        Refusal::Page(429),
    ];
    let doubts = [
        Doubt::Timeout,
        Doubt::Reset,
        Doubt::TooLarge,
        Doubt::Json(500, "INTERNAL_SERVER_ERROR"),
        Doubt::Json(400, "INTERNAL_SERVER_ERROR"),
        Doubt::Json(200, "ERROR_UNEXPECTED_ANSWER"),
        Doubt::Json(500, ""),
        Doubt::Json(502, "SOMETHING_NEW"),
        Doubt::Page(408),
        Doubt::Page(500),
        Doubt::Page(502),
        Doubt::Page(504),
        Doubt::Page(200),
        Doubt::Text(""),
        Doubt::Text("{\"result\":1"),
        Doubt::Text("{}"),
        Doubt::Text("{\"time\":{}}"),
        Doubt::Text("[]"),
        Doubt::BrokenGzip,
        Doubt::Unreported,
    ];
    let answers = [Answer::Well, Answer::OtherForm, Answer::BesideAnError];
    prop_oneof![
        4 => prop::sample::select(refusals.to_vec()).prop_map(Fate::Refused),
        4 => (prop::sample::select(doubts.to_vec()), any::<bool>())
            .prop_map(|(doubt, ran)| Fate::Doubtful(doubt, ran)),
        1 => prop::sample::select(answers.to_vec()).prop_map(Fate::Ran),
    ]
}

fn json(status: u16, code: &str) -> Response<Bytes> {
    let body = format!(r#"{{"error":"{code}","error_description":"Something"}}"#);
    respond(status, &body)
}

fn respond(status: u16, body: &str) -> Response<Bytes> {
    let response = Response::builder().status(status);
    response
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap()
}

impl Fate {
    /// Whether the server runs the method.
    fn runs(self) -> bool {
        match self {
            Self::Refused(_) => false,
            Self::Doubtful(_, ran) => ran,
            Self::Ran(_) => true,
        }
    }

    /// What the driver reports; nothing if it forgets to.
    fn report(self) -> Option<Result<Response<Bytes>, Failure>> {
        let cause = |text: &str| Cause::other(&io::Error::other(text.to_owned()));
        let page = |status| respond(status, "<html>Something</html>");
        Some(Ok(match self {
            Self::Refused(Refusal::NotSent) => {
                return Some(Err(Failure::NotSent(cause("refused"))));
            }
            Self::Refused(Refusal::Moved) => {
                let mut response = respond(302, "");
                let location = "https://new.bitrix24.com/rest/".parse().unwrap();
                response.headers_mut().insert("location", location);
                response
            }
            Self::Refused(Refusal::Json(status, code))
            | Self::Doubtful(Doubt::Json(status, code), _) => json(status, code),
            Self::Refused(Refusal::Page(status)) | Self::Doubtful(Doubt::Page(status), _) => {
                page(status)
            }
            Self::Doubtful(Doubt::Timeout, _) => {
                let late = Cause::timeout(&io::Error::other("no answer in time"));
                return Some(Err(Failure::MaybeSent(late)));
            }
            Self::Doubtful(Doubt::Reset, _) => {
                return Some(Err(Failure::MaybeSent(cause("reset"))));
            }
            Self::Doubtful(Doubt::TooLarge, _) => {
                return Some(Err(Failure::MaybeSent(Cause::body_limit(9))));
            }
            Self::Doubtful(Doubt::Text(text), _) => respond(200, text),
            Self::Doubtful(Doubt::BrokenGzip, _) => {
                let mut response = respond(200, r#"{"result":1}"#);
                let gzip = "gzip".parse().unwrap();
                response.headers_mut().insert("content-encoding", gzip);
                response
            }
            Self::Doubtful(Doubt::Unreported, _) => return None,
            Self::Ran(Answer::Well) => respond(200, r#"{"result":1}"#),
            Self::Ran(Answer::OtherForm) => respond(200, r#"{"result":{"ID":[]}}"#),
            Self::Ran(Answer::BesideAnError) => {
                respond(200, r#"{"result":1,"error":"QUERY_LIMIT_EXCEEDED"}"#)
            }
        }))
    }
}

/// Repeats whatever it is asked about, at once and almost without end.
#[derive(Debug)]
struct Reckless;

impl RetryPolicy for Reckless {
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
        match attempt.times {
            0..1_000 => Verdict::RetryWithin(Duration::from_millis(50)),
            _ => Verdict::GiveUp,
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Policy {
    Default,
    Reckless,
    Never,
}

/// What came of a call, and how often the server ran it.
struct Outcome {
    executed: u32,
    result: Option<Result<u64, sonet_core::Error>>,
}

/// Drives a call to its end. Requests that are one too many are answered well.
fn drive<M: Method<Output = u64>>(
    session: &Session,
    method: &M,
    fates: &[Fate],
    start: Instant,
    steps: usize,
) -> Outcome {
    let mut exchange = Exchange::new(session, method);
    let (mut now, mut executed) = (start, 0);
    let mut fates = fates.iter().copied();
    for _ in 0..steps {
        match exchange.poll(now, Waker::noop()) {
            Step::Send(_) => {
                let fate = fates.next().unwrap_or(Fate::Ran(Answer::Well));
                executed += u32::from(fate.runs());
                now += Duration::from_millis(300);
                match fate.report() {
                    Some(Ok(response)) => exchange.on_response(now, response),
                    Some(Err(failure)) => exchange.on_failure(now, failure),
                    None => {}
                }
            }
            Step::Wait(until) => now = now.max(until),
            Step::Done(outcome) => {
                let result = Some(outcome.map(|reply| reply.result));
                return Outcome { executed, result };
            }
            Step::Store(_) | Step::Refresh(_) => panic!("a webhook has neither"),
        }
    }
    // It is dropped on its way.
    Outcome {
        executed,
        result: None,
    }
}

fn check(outcome: &Outcome, effect: Effect) -> Result<(), TestCaseError> {
    let executed = outcome.executed;
    if effect == Effect::Write {
        prop_assert!(executed <= 1, "the write ran {executed} times");
    }
    match &outcome.result {
        Some(Ok(_)) => prop_assert!(executed >= 1, "it succeeded without running"),
        Some(Err(error)) => match error.executed() {
            Executed::No => prop_assert_eq!(executed, 0, "{} says that it did not run", error),
            Executed::Yes => prop_assert!(executed >= 1, "{error} says that it ran"),
            Executed::Unknown => {}
        },
        None => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn no_write_runs_twice_and_no_error_lies(
        fates in prop::collection::vec(fates(), 0..12),
        policy in prop::sample::select(vec![Policy::Default, Policy::Reckless, Policy::Never]),
        timeout in prop::option::of(1_u64..20_000),
        dropped in prop_oneof![3 => Just(10_000_usize), 1 => 1_usize..20],
        seed in any::<u64>(),
    ) {
        let start = Instant::now();
        let mut config = Config::webhook("https://example.bitrix24.com/rest/1/secret/")
            .unwrap()
            .limits(Limits::new(Rate::STANDARD))
            .seed(seed);
        if let Some(timeout) = timeout {
            config = config.call_timeout(Duration::from_millis(timeout));
        }
        let config = match policy {
            Policy::Default => config,
            Policy::Reckless => config.retry(Reckless),
            Policy::Never => config.retry(NoRetry),
        };
        let session = Session::new(&config, start).unwrap();
        check(&drive(&session, &Write {}, &fates, start, dropped), Effect::Write)?;
        check(&drive(&session, &Repeatable {}, &fates, start, dropped), Effect::Repeatable)?;
        check(&drive(&session, &Read {}, &fates, start, dropped), Effect::Read)?;
    }
}
