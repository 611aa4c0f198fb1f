//! A transport of a user's own.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use sonet_core::{Failure, Outgoing, TransportError};

/// What sends requests in place of the HTTP client: see [`Client::with_transport`](crate::Client::with_transport).
///
/// A closure is one: `|request: http::Request<Bytes>| …`, with any error.
///
/// ```
/// use sonet_blocking::bytes::Bytes;
/// use sonet_blocking::http::{Request, Response};
/// use sonet_blocking::{Transport, TransportError};
///
/// /// Prints what is called, and never the address, which is a password.
/// struct Printer<T>(T);
///
/// impl<T: Transport> Transport for Printer<T> {
///     fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
///         let info = request.extensions().get::<sonet_blocking::RequestInfo>();
///         println!("{}", info.and_then(|info| info.method()).unwrap_or("tokens"));
///         self.0.send(request)
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
/// - **The transport bounds the time.** It returns within
///   [`RequestInfo::response_timeout`](crate::RequestInfo::response_timeout), with an [`io::Error`](std::io::Error) of the
///   kind `TimedOut` if there is no answer by then. **Nobody else can**: a thread that blocks can't be given up, so a
///   transport that does not return holds up its call, beyond `Config::call_timeout` and `Client::with_timeout`. The answer
///   of one that returns late counts.
///
/// Calls of several threads are sent at the same time. A panic ends the call that it happens in, and leaves the client
/// usable.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request, and gives its answer, whatever the status.
    ///
    /// # Errors
    ///
    /// There is no answer. See [`TransportError`] and [`NotSent`](crate::NotSent).
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError>;
}

/// A closure sends.
impl<F, E> Transport for F
where
    F: Fn(Request<Bytes>) -> Result<Response<Bytes>, E> + Send + Sync + 'static,
    E: Into<TransportError>,
{
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self(request).map_err(Into::into)
    }
}

/// A transport that a test, say, keeps a hold of.
impl<T: Transport> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request)
    }
}

/// A transport whose type is forgotten, and whose answers are held to the bounds of each request.
pub(crate) struct Custom(Box<dyn Transport>);

impl Custom {
    pub(crate) fn new(transport: impl Transport) -> Self {
        Self(Box::new(transport))
    }

    pub(crate) fn send(&self, outgoing: Outgoing) -> Result<Response<Bytes>, Failure> {
        let (request, info) = outgoing.into_request();
        info.judge(self.0.send(request))
    }
}
