//! One call as a state machine.

use std::fmt;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Request, Response};

use crate::address::is_method_byte;
use crate::envelope::{self, Head, Quote};
use crate::error::Kind;
use crate::inflate::{Inflate, inflate};
use crate::redact::redact;
use crate::{Cause, Credential, Error, Failure, Invalid, Method, Reply, Session};

/// What a driver does next.
#[must_use]
#[derive(Debug)]
pub enum Step<T> {
    /// Sends the request, then calls [`Exchange::on_response`] or [`Exchange::on_failure`].
    Send(Outgoing),
    /// The call is over.
    Done(Result<Reply<T>, Error>),
}

/// A request to send. Redirects are not followed: the answer to one is an answer.
pub struct Outgoing {
    /// The request. Its address may hold a secret and must not be shown.
    pub request: Request<Bytes>,
    /// How long the answer may take, from now to its last byte.
    pub answer_timeout: Duration,
    /// How many bytes of the body to read at most; a longer one is [`Cause::body_limit`].
    pub body_limit: u64,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("host", &self.request.uri().host())
            .field("bytes", &self.request.body().len())
            .field("answer_timeout", &self.answer_timeout)
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}

/// One call, from the method to its answer.
///
/// The contract: [`Exchange::poll`] says what to do. After [`Step::Send`], exactly one of [`Exchange::on_response`] and
/// [`Exchange::on_failure`] is called before the next poll. After [`Step::Done`] there is nothing more to do. An
/// exchange may be dropped at any time.
///
/// It is generic for the sake of decoding alone: whether an answer can be read decides what happens next, so decoding
/// belongs here.
pub struct Exchange<M: Method> {
    call: Call,
    state: State<M::Output>,
}

/// The method, encoded.
struct Call {
    method: String,
    params: String,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.method, self.params.len())
    }
}

enum State<T> {
    Ready,
    Waiting,
    Done(Result<Reply<T>, Error>),
    Ended,
}

impl<M: Method> fmt::Debug for Exchange<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Ready => "ready",
            State::Waiting => "waiting",
            State::Done(_) => "done",
            State::Ended => "ended",
        };
        write!(f, "Exchange({:?}, {state})", self.call)
    }
}

impl<M: Method> Exchange<M> {
    /// Checks and encodes a method. What is wrong with it comes out of the first poll.
    pub fn new(method: &M) -> Self {
        let call = Call {
            method: method.name().to_owned(),
            params: String::new(),
        };
        match encode(method) {
            Ok(params) => Self {
                call: Call { params, ..call },
                state: State::Ready,
            },
            Err(kind) => {
                let error = Error::new(&call.method, kind);
                Self {
                    call,
                    state: State::Done(Err(error)),
                }
            }
        }
    }

    /// Says what to do next.
    pub fn poll(&mut self, session: &mut Session, _now: Instant) -> Step<M::Output> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Ready => match self.call.request(session) {
                Ok(request) => {
                    self.state = State::Waiting;
                    Step::Send(Outgoing {
                        request,
                        answer_timeout: session.answer_timeout,
                        body_limit: session.body_limit,
                    })
                }
                Err(error) => Step::Done(Err(error)),
            },
            State::Done(outcome) => Step::Done(outcome),
            // Sending again would be the one mistake that the engine exists to prevent.
            State::Waiting => Step::Done(Err(Error::new(&self.call.method, Kind::Unreported))),
            State::Ended => Step::Done(Err(Error::new(&self.call.method, Kind::Ended))),
        }
    }

    /// Takes the response, its body whole and as it came: the core decompresses.
    pub fn on_response(&mut self, session: &mut Session, now: Instant, response: Response<Bytes>) {
        let head = Head::of(&response);
        let body = match inflate(response, session.body_limit) {
            Ok(body) => body,
            Err(Inflate::TooLarge) => {
                let cause = Cause::body_limit(session.body_limit);
                return self.on_failure(session, now, Failure::MaybeSent(cause));
            }
            Err(Inflate::Broken(problem)) => {
                let kind = Kind::Unreadable {
                    status: head.status,
                    problem,
                    piece: String::new(),
                };
                self.state = State::Done(Err(Error::new(&self.call.method, kind)));
                return;
            }
        };
        let secrets = [session.credential.secret()];
        let outcome = envelope::decode::<M>(&head, &body, &Quote(&secrets))
            .map_err(|kind| Error::new(&self.call.method, kind));
        self.state = State::Done(outcome);
    }

    /// Takes word that there is no response.
    pub fn on_failure(&mut self, session: &mut Session, _now: Instant, failure: Failure) {
        let hide = |text: &str| redact(text, [session.credential.secret()]);
        self.state = State::Done(Err(Error::failed(&self.call.method, failure, hide)));
    }
}

impl Call {
    fn request(&self, session: &Session) -> Result<Request<Bytes>, Error> {
        let Self { method, params, .. } = self;
        let address = &session.address;
        let (uri, body) = match &session.credential {
            Credential::Webhook { user, secret } => (
                format!("{address}/rest/{user}/{}/{method}.json", secret.expose()),
                params.clone(),
            ),
            Credential::Token(token) => (
                format!("{address}/rest/{method}.json"),
                with_auth(params, token.expose()),
            ),
        };
        Request::post(uri)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(ACCEPT_ENCODING, HeaderValue::from_static("gzip"))
            .header(USER_AGENT, session.user_agent.as_str())
            .body(Bytes::from(body))
            .map_err(|error| Error::new(method, Kind::Encode(error.to_string())))
    }
}

/// The parameters as a JSON object, checked.
fn encode<M: Method>(method: &M) -> Result<String, Kind> {
    let name = method.name();
    if name.is_empty() || !name.bytes().all(is_method_byte) {
        let problem = "a method's name has letters, digits, dots and underscores only";
        return Err(Kind::Invalid(Invalid::new("method", problem)));
    }
    method.check().map_err(Kind::Invalid)?;
    let params = serde_json::to_string(method).map_err(|error| Kind::Encode(error.to_string()))?;
    if params.starts_with('{') {
        Ok(params)
    } else {
        Err(Kind::Encode(
            "the parameters did not serialize to an object".to_owned(),
        ))
    }
}

/// The object of parameters with the token in it, first: the protocol takes it there, and an address stays clean.
fn with_auth(params: &str, token: &str) -> String {
    let token = serde_json::Value::from(token);
    let rest = &params[1..];
    let comma = if rest == "}" { "" } else { "," };
    format!("{{\"auth\":{token}{comma}{rest}")
}
