//! What a transport of a user's own is told, and what its answers are held to.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::{Cause, Failure, Outgoing};

/// An error of a transport: any error, or a text.
///
/// It means that the request *may have left*: a write is not sent again, and its [`Error::executed`](crate::Error::executed)
/// is unknown. If the request certainly did not leave, wrap the error in [`NotSent`]. A [`std::io::Error`] of the kind
/// [`TimedOut`](std::io::ErrorKind::TimedOut) among the causes makes it [`Error::is_timeout`](crate::Error::is_timeout).
///
/// Errors show its text, with its causes. The webhook's secret and tokens are masked there, so that an HTTP client's error
/// may quote the address.
pub type TransportError = Box<dyn StdError + Send + Sync>;

/// An error of a transport after which the request certainly did not leave: the name was not found, the connection was
/// refused, there was no room for it in a queue.
///
/// A call that failed so is made again, whatever it does, and its [`Error::executed`](crate::Error::executed) is
/// `No`. So a transport says this only if the server can't have run the request, and never will: a part of the
/// request may have left, but not the whole. It is found among the causes of an error, too: layers between the transport and
/// the client may wrap it.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::{NotSent, TransportError};
///
/// fn connect() -> Result<std::net::TcpStream, TransportError> {
///     Ok(std::net::TcpStream::connect("127.0.0.1:1").map_err(NotSent::new)?)
/// }
/// # assert!(connect().unwrap_err().is::<NotSent>());
/// ```
#[derive(Debug)]
pub struct NotSent(TransportError);

impl NotSent {
    /// Says of an error, or of a text, that nothing was sent.
    pub fn new(error: impl Into<TransportError>) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for NotSent {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

/// What a request is about, and within which bounds its answer has to come. A transport of one's own finds it among the
/// request's extensions.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::RequestInfo;
///
/// fn name(request: &http::Request<bytes::Bytes>) -> &str {
///     let info = request.extensions().get::<RequestInfo>();
///     info.and_then(RequestInfo::method).unwrap_or("the token server")
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestInfo {
    method: Option<Box<str>>,
    response_timeout: Duration,
    body_limit: u64,
}

impl RequestInfo {
    /// The method that the request calls, such as `sonet_group.get`, or `batch`. `None` if it goes to the token server. It
    /// is no secret, while the request's address is one.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.method.as_deref()
    }

    /// How long the answer may take, from now to its last byte: [`Config::response_timeout`](crate::Config::response_timeout),
    /// or what is left of the whole call's time.
    #[must_use]
    pub fn response_timeout(&self) -> Duration {
        self.response_timeout
    }

    /// How many bytes the answer may have, as it comes over the wire: [`Config::body_limit`](crate::Config::body_limit). A
    /// transport that reads an answer reads no more; the client refuses a longer one.
    #[must_use]
    pub fn body_limit(&self) -> u64 {
        self.body_limit
    }

    /// For drivers: what came of the request.
    #[doc(hidden)]
    pub fn judge(
        &self,
        outcome: Result<Response<Bytes>, TransportError>,
    ) -> Result<Response<Bytes>, Failure> {
        let mut response = outcome.map_err(|error| failure(&*error))?;
        if response.body().len() as u64 > self.body_limit {
            return Err(Failure::MaybeSent(Cause::body_limit(self.body_limit)));
        }
        // An HTTP client may have left the address in here, and the secret in it.
        response.extensions_mut().clear();
        Ok(response)
    }
}

impl Outgoing {
    /// For drivers: the request as a transport of a user's own gets it.
    #[doc(hidden)]
    #[must_use]
    pub fn into_request(self) -> (Request<Bytes>, RequestInfo) {
        let mut request = self.request;
        let name = request.uri().path().rsplit('/').next().unwrap_or_default();
        let info = RequestInfo {
            // The token server's address ends otherwise.
            method: name.strip_suffix(".json").map(Into::into),
            response_timeout: self.response_timeout,
            body_limit: self.body_limit,
        };
        request.extensions_mut().insert(info.clone());
        (request, info)
    }
}

/// What a transport's error is to a call.
fn failure(error: &(dyn StdError + 'static)) -> Failure {
    let cause = Cause::of(error);
    if Cause::chain(error).any(<dyn StdError>::is::<NotSent>) {
        Failure::NotSent(cause)
    } else {
        Failure::MaybeSent(cause)
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    fn outgoing(address: &str) -> Outgoing {
        let mut request = Request::new(Bytes::from_static(b"{}"));
        *request.uri_mut() = address.parse().unwrap();
        Outgoing {
            request,
            response_timeout: Duration::from_secs(75),
            body_limit: 3,
        }
    }

    /// An error of a layer around a transport.
    #[derive(Debug)]
    struct Layer(TransportError);

    impl fmt::Display for Layer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the layer failed")
        }
    }

    impl StdError for Layer {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&*self.0)
        }
    }

    fn judged(error: impl Into<TransportError>) -> (bool, String) {
        let (_, info) = outgoing("https://p.example.com/rest/1/s3cr3t/profile.json").into_request();
        match info.judge(Err(error.into())).unwrap_err() {
            Failure::NotSent(cause) => (false, format!("{cause:?}")),
            Failure::MaybeSent(cause) => (true, format!("{cause:?}")),
        }
    }

    #[test]
    fn a_plain_error_may_have_left() {
        assert!(judged("broken").0);
        assert!(judged(io::Error::from(io::ErrorKind::ConnectionRefused)).0);
        assert!(judged(Layer("broken".into())).0);
    }

    #[test]
    fn what_certainly_did_not_leave_is_found_under_layers() {
        assert!(!judged(NotSent::new("no route")).0);
        assert!(!judged(io::Error::other(NotSent::new("no route"))).0);
        let (sent, text) = judged(Layer(Box::new(Layer(NotSent::new("no route").into()))));
        assert!(
            !sent && text.contains("the layer failed: no route\""),
            "{text}"
        );
    }

    #[test]
    fn time_that_ran_out_is_recognized() {
        let error = || io::Error::from(std::io::ErrorKind::TimedOut);
        for (error, expected) in [
            (Layer(error().into()), true),
            (Layer(NotSent::new(error()).into()), true),
            (Layer("slow".into()), false),
        ] {
            let (_, text) = judged(error);
            assert_eq!(text.contains("kind: Timeout"), expected, "{text}");
        }
    }

    #[test]
    fn an_answer_is_held_to_the_limit_and_loses_its_extensions() {
        let (_, info) = outgoing("https://p.example.com/rest/1/s3cr3t/profile.json").into_request();
        let answer = |text: &'static str| {
            let mut response = Response::new(Bytes::from_static(text.as_bytes()));
            response
                .extensions_mut()
                .insert("https://p.example.com/rest/1/s3cr3t/");
            info.judge(Ok(response))
        };
        assert!(answer("{ }").unwrap().extensions().is_empty());
        assert!(matches!(answer("{  }"), Err(Failure::MaybeSent(_))));
    }

    #[test]
    fn a_request_tells_what_it_is_about() {
        let method = |address: &str| {
            let (request, info) = outgoing(address).into_request();
            assert_eq!(request.extensions().get::<RequestInfo>(), Some(&info));
            assert!(!format!("{info:?}").contains("s3cr3t"));
            info.method().map(str::to_owned)
        };
        let webhook = method("https://p.example.com/b24/rest/1/s3cr3t/sonet_group.get.json");
        assert_eq!(webhook.as_deref(), Some("sonet_group.get"));
        let token = method("https://p.example.com/rest/batch.json");
        assert_eq!(token.as_deref(), Some("batch"));
        assert_eq!(method("https://oauth.bitrix.info/oauth/token/"), None);
    }
}
