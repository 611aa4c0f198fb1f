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
use crate::{Cause, Credential, Error, Failure, Invalid, Method, Reply, Secret, Session};

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
    /// A request is on its way, with what is needed to read its answer.
    Waiting {
        secret: Secret,
        body_limit: u64,
    },
    Done(Result<Reply<T>, Error>),
    Ended,
}

impl<M: Method> fmt::Debug for Exchange<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Ready => "ready",
            State::Waiting { .. } => "waiting",
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
    ///
    /// The session is lent for a moment: nothing in here takes time that grows with an answer.
    pub fn poll(&mut self, session: &mut Session, _now: Instant) -> Step<M::Output> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Ready => match self.call.request(session) {
                Ok(request) => {
                    let body_limit = session.body_limit;
                    let secret = session.credential.secret().clone();
                    self.state = State::Waiting { secret, body_limit };
                    Step::Send(Outgoing {
                        request,
                        answer_timeout: session.answer_timeout,
                        body_limit,
                    })
                }
                Err(error) => Step::Done(Err(error)),
            },
            State::Done(outcome) => Step::Done(outcome),
            // Sending again would be the one mistake that the engine exists to prevent.
            State::Waiting { .. } => {
                Step::Done(Err(Error::new(&self.call.method, Kind::Unreported)))
            }
            State::Ended => Step::Done(Err(Error::new(&self.call.method, Kind::Ended))),
        }
    }

    /// Takes the response, its body whole and as it came: the core decompresses and decodes it here, without the session.
    ///
    /// What it means for other calls is settled by the next poll. Without a request on its way, it does nothing.
    pub fn on_response(&mut self, response: Response<Bytes>) {
        let State::Waiting { secret, body_limit } = &self.state else {
            return;
        };
        let outcome = read::<M>(response, *body_limit, &Quote(&[secret]));
        self.state = State::Done(outcome.map_err(|kind| Error::new(&self.call.method, kind)));
    }

    /// Takes word that there is no response. Without a request on its way, it does nothing.
    pub fn on_failure(&mut self, failure: Failure) {
        let State::Waiting { secret, .. } = &self.state else {
            return;
        };
        let kind = failed(failure, &Quote(&[secret]));
        self.state = State::Done(Err(Error::new(&self.call.method, kind)));
    }
}

/// What a response is: the reply, or what went wrong.
fn read<M: Method>(
    response: Response<Bytes>,
    limit: u64,
    quote: &Quote<'_>,
) -> Result<Reply<M::Output>, Kind> {
    let head = Head::of(&response, quote);
    match inflate(response, limit) {
        Ok(body) => envelope::decode::<M>(&head, &body, quote),
        Err(Inflate::TooLarge) => Err(failed(Failure::MaybeSent(Cause::body_limit(limit)), quote)),
        Err(Inflate::Broken(problem)) => Err(Kind::Unreadable {
            status: head.status,
            problem: quote.piece(&problem),
            piece: String::new(),
        }),
    }
}

fn failed(failure: Failure, quote: &Quote<'_>) -> Kind {
    let (sent, cause) = match failure {
        Failure::NotSent(cause) => (false, cause),
        Failure::MaybeSent(cause) => (true, cause),
    };
    Kind::Failed {
        sent,
        kind: cause.kind,
        text: quote.piece(&cause.text),
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
