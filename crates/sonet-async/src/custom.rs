//! A transport of a user's own.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use sonet_core::{Cause, Failure, Outgoing, TransportError};
use tokio::time;

/// What sends requests in place of the HTTP client: see [`Client::with_transport`](crate::Client::with_transport).
///
/// A closure is one: `|request: http::Request<Bytes>| async move { … }`, with any error. So is every
/// `tower::Service` that can be cloned: `move |request| service.clone().oneshot(request)`.
///
/// ```
/// use sonet_async::bytes::Bytes;
/// use sonet_async::http::{Request, Response};
/// use sonet_async::{Transport, TransportError};
///
/// /// Prints what is called, and never the address, which is a password.
/// struct Printer<T>(T);
///
/// impl<T: Transport> Transport for Printer<T> {
///     async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
///         let info = request.extensions().get::<sonet_async::RequestInfo>();
///         println!("{}", info.and_then(|info| info.method()).unwrap_or("tokens"));
///         self.0.send(request).await
///     }
/// }
/// ```
///
/// # The request
///
/// **Its address is a password** if the client calls through a webhook, and its body contains tokens otherwise, and the
/// application's secret key on the way to the token server. Neither may be logged, and `Debug` of a request shows the
/// address. What may be shown is in its extensions: [`RequestInfo`](crate::RequestInfo).
///
/// The request is whole, but for `Host` and `Content-Length`, which HTTP clients add. It asks for `gzip`, and the client
/// decompresses the answer. A transport may do so itself, and removes `Content-Encoding` then; it asks for no other coding.
///
/// # What the client relies on
///
/// - **A request is sent once, to its address.** A transport follows no redirect, since a redirect would turn a write into
///   a read, and carry the secret elsewhere; a status of 3xx is an answer, as every status is. It repeats nothing, unless
///   the request certainly did not leave: the client repeats what may be repeated.
/// - **An error means that the request may have left**, so that a write is not sent again. If it certainly did not leave,
///   the error is a [`NotSent`](crate::NotSent), or has one among its causes.
/// - **The body of an answer is whole**, and no larger than [`RequestInfo::body_limit`](crate::RequestInfo::body_limit).
///   The client refuses a larger one, but a transport that has read it has had it in memory.
/// - **Dropping the future gives the request up.** The client does so after
///   [`RequestInfo::response_timeout`](crate::RequestInfo::response_timeout), so no transport holds up a call any longer;
///   a write counts as one that may have run. What waits for something before it sends, such as a place in a queue, waits
///   for less, and fails with a `NotSent`. A transport that blocks its thread blocks the call as well.
///
/// A panic ends the call that it happens in, and leaves the client usable.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request, and gives its answer, whatever the status.
    ///
    /// # Errors
    ///
    /// There is no answer. See [`TransportError`] and [`NotSent`](crate::NotSent).
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send;
}

/// A closure sends.
impl<F, A, E> Transport for F
where
    F: Fn(Request<Bytes>) -> A + Send + Sync + 'static,
    A: Future<Output = Result<Response<Bytes>, E>> + Send,
    E: Into<TransportError>,
{
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self(request).await.map_err(Into::into)
    }
}

/// A transport that a test, say, keeps a hold of.
impl<T: Transport> Transport for Arc<T> {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request).await
    }
}

/// A transport whose type is forgotten, and which is held to the bounds of each request.
pub(crate) struct Custom(Box<dyn Boxed>);

impl Custom {
    pub(crate) fn new(transport: impl Transport) -> Self {
        Self(Box::new(transport))
    }

    pub(crate) async fn send(&self, outgoing: Outgoing) -> Result<Response<Bytes>, Failure> {
        let (request, info) = outgoing.into_request();
        let bound = info.response_timeout();
        match time::timeout(bound, self.0.send(request)).await {
            Ok(outcome) => info.judge(outcome),
            Err(_) => Err(Failure::MaybeSent(Cause::timeout(&NoAnswer(bound)))),
        }
    }
}

/// A [`Transport`] as an object.
trait Boxed: Send + Sync {
    fn send(&self, request: Request<Bytes>) -> Answer<'_>;
}

type Answer<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'a>>;

impl<T: Transport> Boxed for T {
    fn send(&self, request: Request<Bytes>) -> Answer<'_> {
        Box::pin(Transport::send(self, request))
    }
}

/// Why a transport was given up.
#[derive(Debug)]
struct NoAnswer(Duration);

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the transport gave no answer within {:?}", self.0)
    }
}

impl std::error::Error for NoAnswer {}
