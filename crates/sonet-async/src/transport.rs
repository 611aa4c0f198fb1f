//! One request over reqwest. Nothing here knows the protocol.

use std::future::ready;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use reqwest::ClientBuilder;
use reqwest::redirect::Policy;
use sonet_core::{Cause, Config, Error, Failure, Outgoing, ProxySetting};
use tokio::time;

use crate::body::{Body, Handle};
use crate::chunks::Chunks;
use crate::failure::{cause, timed_out};
use crate::origin::Origin;
use sonet_net::proxy::{Kinds, Proxy};

/// How long a connection may be idle and still be used: clearly less than servers wait before they close one, since a
/// request that meets the closing has an unknown outcome.
const IDLE_AGE: Duration = Duration::from_secs(15);

/// What comes of a request.
pub(crate) type Answer = Pin<Box<dyn Future<Output = Result<Response<Bytes>, Failure>> + Send>>;

/// What a user changes of the HTTP client's settings.
type Settings = Arc<dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync>;

/// What sends requests over reqwest.
///
/// A request leaves once, to where it is addressed, whatever a user's settings say: redirects and reqwest's own retries are
/// off. Below it, hyper-util sends a request again on another connection where a pooled one turned out to be
/// closed, but only one that hyper hands back because it had not begun to write it; that can't be switched off here, and
/// needs not.
pub(crate) struct HttpTransport {
    http: reqwest::Client,
    origin: Origin,
    config: Config,
    settings: Option<Settings>,
}

impl HttpTransport {
    /// Makes an HTTP client as the configuration says.
    pub(crate) fn new(config: Config) -> Result<Self, Error> {
        Self::build(config, None)
    }

    /// The same, changed by a user's settings.
    pub(crate) fn with(
        config: Config,
        settings: impl Fn(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        Self::build(config, Some(Arc::new(settings)))
    }

    /// Another of the same settings, with connections of its own: those of a reqwest client end with the runtime that they
    /// were made in.
    pub(crate) fn with_new_connections(&self) -> Result<Self, Error> {
        Self::build(self.config.clone(), self.settings.clone())
    }

    fn build(config: Config, settings: Option<Settings>) -> Result<Self, Error> {
        let builder = reqwest::Client::builder()
            .connect_timeout(config.connect_bound())
            .pool_idle_timeout(IDLE_AGE);
        let builder = secure(builder, &config, settings.is_some())?;
        let builder = match &settings {
            Some(change) => change(proxy_of_the_user(builder, &config)?),
            None => proxy(builder, &config)?,
        };
        let http = enforce(builder).build().map_err(|error| {
            Error::config(format!("HTTP client: it could not be set up: {error}"))
        })?;
        Ok(Self {
            http,
            origin: Origin::default(),
            config,
            settings,
        })
    }

    /// Sends a request and reads its answer to the end.
    pub(crate) fn send(&self, outgoing: Outgoing) -> Answer {
        let (timeout, body_limit) = (outgoing.response_timeout, outgoing.body_limit);
        let (request, handle) = match self.request(outgoing.request, timeout) {
            Ok(request) => request,
            Err(failure) => return Box::pin(ready(Err(failure))),
        };
        // TLS of a user's own may agree on HTTP/2, where the head leaves before the body is asked for.
        let sure = self.settings.is_none();
        // reqwest boxes the request in this future, so it is cheap to move.
        let response = self.http.execute(request);
        Box::pin(async move {
            let answer = async {
                match response.await {
                    Ok(response) => read(response, body_limit).await,
                    Err(error) => {
                        let sure = sure || error.is_connect();
                        Err(failure(sure, &handle, cause(error)))
                    }
                }
            };
            match time::timeout(timeout, answer).await {
                Ok(outcome) => outcome,
                Err(_) => Err(failure(sure, &handle, timed_out())),
            }
        })
    }

    /// The request as reqwest has it.
    fn request(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> Result<(reqwest::Request, Handle), Failure> {
        let (parts, bytes) = request.into_parts();
        let (body, handle) = Body::new(bytes);
        let url = self.origin.url(&parts.uri);
        let url = url.map_err(|error| Failure::NotSent(Cause::other(&error)))?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(reqwest::Body::wrap(body));
        if self.settings.is_some() {
            // In place of one of the user's.
            *request.timeout_mut() = Some(timeout);
        }
        Ok((request, handle))
    }
}

/// What a request that brought no answer was: sure not to have been sent, if it can still be revoked where that says so.
fn failure(sure: bool, handle: &Handle, cause: Cause) -> Failure {
    if sure && handle.revoke() {
        Failure::NotSent(cause)
    } else {
        Failure::MaybeSent(cause)
    }
}

/// Sets what the client relies on, after whatever a user has set: no user's setting and no other crate's features of
/// reqwest may change it.
///
/// A followed redirect would drop a write's parameters, and tell the webhook's address to another host as the `Referer`.
/// Decompression is the core's.
fn enforce(builder: ClientBuilder) -> ClientBuilder {
    builder
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .http1_only()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
}

/// Sets up TLS.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn secure(builder: ClientBuilder, config: &Config, _: bool) -> Result<ClientBuilder, Error> {
    crate::tls::apply(builder, config)
}

/// Without TLS here, a user's settings may still bring some along.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn secure(builder: ClientBuilder, config: &Config, own: bool) -> Result<ClientBuilder, Error> {
    if own || !config.needs_tls() {
        return Ok(builder);
    }
    Err(Error::config(
        "portal address: https needs the feature `rustls` (on by default) or `native-tls` of sonet-async; enable one of them",
    ))
}

/// Sets up the proxy that the settings or the environment name.
fn proxy(builder: ClientBuilder, config: &Config) -> Result<ClientBuilder, Error> {
    let builder = builder.no_proxy();
    let kinds = Kinds {
        socks: cfg!(feature = "socks"),
    };
    let Some(proxy) = Proxy::of(config, kinds, |name| std::env::var(name).ok())? else {
        return Ok(builder);
    };
    let url = proxy.url().parse::<reqwest::Url>();
    let url = url.map_err(|_| proxy.unusable())?;
    Ok(builder.proxy(reqwest::Proxy::custom(move |address| {
        proxy
            .covers(address.scheme(), address.host_str().unwrap_or_default())
            .then(|| url.clone())
    })))
}

/// What a user's settings begin with: the proxy of [`Config::proxy`], or what reqwest makes of the environment, unless
/// something is reached without TLS, which no proxy may read.
fn proxy_of_the_user(builder: ClientBuilder, config: &Config) -> Result<ClientBuilder, Error> {
    match config.proxy_setting() {
        ProxySetting::Environment if config.is_tls_only() => Ok(builder),
        ProxySetting::Environment => Ok(builder.no_proxy()),
        _ => proxy(builder, config),
    }
}

/// Reads the body as it comes, and no more of it than allowed.
async fn read(mut response: reqwest::Response, limit: u64) -> Result<Response<Bytes>, Failure> {
    let too_large = || Failure::MaybeSent(Cause::body_limit(limit));
    let length = response.content_length().unwrap_or_default();
    if length > limit {
        return Err(too_large());
    }
    let mut body = Chunks::expecting(length);
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if (body.len() + chunk.len()) as u64 > limit => {
                return Err(too_large());
            }
            Ok(Some(chunk)) => body.push(chunk),
            Ok(None) => break,
            Err(error) => return Err(Failure::MaybeSent(cause(error))),
        }
    }
    // The extensions stay behind: the address is in them, and the secret in it.
    let mut whole = Response::new(body.join());
    *whole.status_mut() = response.status();
    *whole.version_mut() = response.version();
    *whole.headers_mut() = std::mem::take(response.headers_mut());
    Ok(whole)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_users_settings_make_a_second_client_too() {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let config = Config::webhook("http://127.0.0.1:1/rest/1/secret/").unwrap();
        let transport = HttpTransport::with(config, |http| {
            MADE.fetch_add(1, Ordering::Relaxed);
            http
        });
        let again = transport.unwrap().with_new_connections().unwrap();
        drop(again.with_new_connections().unwrap());
        assert_eq!(MADE.load(Ordering::Relaxed), 3);
    }
}
