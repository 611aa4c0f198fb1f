//! One request over reqwest. Nothing here knows the protocol.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::Response;
use reqwest::redirect::Policy;
use sonet_core::{Cause, Config, Error, Failure, Outgoing};

use crate::body::{Body, Handle};
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use sonet_net::proxy::{EnvProxy, UNUSABLE};

/// How long a connection may be idle and still be used: clearly less than servers wait before they close one, since a
/// request that meets the closing has an unknown outcome.
const IDLE_AGE: Duration = Duration::from_secs(15);

/// What sends requests.
///
/// A request leaves once. reqwest's own retries are off. Below it, hyper-util sends a request again on another connection
/// where a pooled one turned out to be closed, but only one that hyper hands back because it had not begun to write it;
/// that can't be switched off here, and needs not.
pub(crate) struct Transport {
    http: reqwest::Client,
    /// Whether the HTTP client is one of [`Transport::new`], which speaks HTTP/1.1 only.
    own: bool,
}

impl Transport {
    /// Makes an HTTP client as the settings say.
    pub(crate) fn new(config: &Config) -> Result<Self, Error> {
        // Some of these are defaults, until another crate switches a feature of reqwest on.
        let builder = reqwest::Client::builder()
            .http1_only()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .no_proxy()
            .connect_timeout(config.connect_bound())
            .pool_idle_timeout(IDLE_AGE);
        let builder = secure(builder, config)?;
        let http = builder.build().map_err(|error| {
            Error::config(format!("the HTTP client could not be set up: {error}"))
        })?;
        Ok(Self { http, own: true })
    }

    /// Takes the user's HTTP client.
    pub(crate) fn with_client(http: reqwest::Client) -> Self {
        Self { http, own: false }
    }

    /// Sends a request and reads its answer to the end.
    pub(crate) async fn send(&self, outgoing: Outgoing) -> Result<Response<Bytes>, Failure> {
        let (parts, bytes) = outgoing.request.into_parts();
        let (body, handle) = Body::new(bytes);
        let request = http::Request::from_parts(parts, reqwest::Body::wrap(body));
        let mut request =
            reqwest::Request::try_from(request).map_err(|error| Failure::NotSent(cause(error)))?;
        *request.timeout_mut() = Some(outgoing.answer_timeout);
        let address = (!self.own).then(|| request.url().clone());
        let response = self.http.execute(request).await;
        let response = response.map_err(|error| self.failure(error, &handle))?;
        if address.is_some_and(|address| *response.url() != address) {
            return Err(Failure::MaybeSent(Cause::other(&Redirected)));
        }
        read(response, outgoing.body_limit).await
    }

    fn failure(&self, error: reqwest::Error, handle: &Handle) -> Failure {
        // Of HTTP/2, which a user's client may speak, the head leaves before the body is asked for. A failure to connect
        // alone does not tell either: it may be that of a redirect.
        let sure = self.own || error.is_connect();
        if sure && handle.revoke() {
            Failure::NotSent(cause(error))
        } else {
            Failure::MaybeSent(cause(error))
        }
    }
}

/// Sets up TLS and the proxy. Without TLS the portal is on this machine: no certificates, no proxy.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn secure(
    builder: reqwest::ClientBuilder,
    config: &Config,
) -> Result<reqwest::ClientBuilder, Error> {
    let builder = crate::tls::apply(builder, config)?;
    if !config.needs_tls() {
        return Ok(builder);
    }
    let Some(proxy) = EnvProxy::read(|name| std::env::var(name).ok())? else {
        return Ok(builder);
    };
    let url = proxy
        .url()
        .parse::<reqwest::Url>()
        .map_err(|_| Error::config(UNUSABLE))?;
    Ok(builder.proxy(reqwest::Proxy::custom(move |address| {
        proxy
            .covers(address.host_str().unwrap_or_default())
            .then(|| url.clone())
    })))
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn secure(
    builder: reqwest::ClientBuilder,
    config: &Config,
) -> Result<reqwest::ClientBuilder, Error> {
    if !config.needs_tls() {
        return Ok(builder);
    }
    Err(Error::config(
        "https needs the feature `rustls` (on by default) or `native-tls` of sonet-async; enable one of them, or give the \
         client an HTTP client of your own (`with_http`)",
    ))
}

/// Reads the body as it comes, and no more of it than allowed.
async fn read(mut response: reqwest::Response, limit: u64) -> Result<Response<Bytes>, Failure> {
    let too_large = || Failure::MaybeSent(Cause::body_limit(limit));
    if response
        .content_length()
        .is_some_and(|length| length > limit)
    {
        return Err(too_large());
    }
    let mut bytes = Bytes::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if (bytes.len() + chunk.len()) as u64 > limit => {
                return Err(too_large());
            }
            // Mostly the only one, and not copied.
            Ok(Some(chunk)) if bytes.is_empty() => bytes = chunk,
            Ok(Some(chunk)) => bytes = join(bytes, &chunk),
            Ok(None) => break,
            Err(error) => return Err(Failure::MaybeSent(cause(error))),
        }
    }
    // The extensions stay behind: the address is in them, and the secret in it.
    let mut whole = Response::new(bytes);
    *whole.status_mut() = response.status();
    *whole.version_mut() = response.version();
    *whole.headers_mut() = std::mem::take(response.headers_mut());
    Ok(whole)
}

/// Appends a chunk. Only the first chunk is copied for it: what comes of that belongs to nobody else, and grows in place.
fn join(bytes: Bytes, chunk: &[u8]) -> Bytes {
    let mut bytes = BytesMut::from(bytes);
    bytes.extend_from_slice(chunk);
    bytes.freeze()
}

fn cause(error: reqwest::Error) -> Cause {
    let error = error.without_url();
    if error.is_timeout() {
        Cause::timeout(&error)
    } else {
        Cause::other(&error)
    }
}

/// The user's HTTP client followed a redirect.
#[derive(Debug)]
struct Redirected;

impl std::fmt::Display for Redirected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            "the HTTP client followed a redirect and dropped the parameters; build it with `redirect(Policy::none())`",
        )
    }
}

impl std::error::Error for Redirected {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_in_place() {
        let mut bytes = join(Bytes::from_static(b"a"), b"bc");
        assert_eq!(bytes, "abc");
        let mut moves = 0;
        for _ in 0..100_000 {
            let before = bytes.as_ptr();
            bytes = join(bytes, b"0123456789");
            moves += u32::from(bytes.as_ptr() != before);
        }
        assert_eq!(bytes.len(), 1_000_003);
        assert!(moves < 30, "it grows by doubling: {moves}");
    }
}
