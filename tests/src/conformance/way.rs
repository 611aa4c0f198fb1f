//! How the clients under test send: by HTTP clients of their own, or by a transport of a user's.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::io::{ErrorKind, Read as _};
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use sonet_core::{Config, Error, NotSent, RequestInfo, TransportError};

pub(super) trait Way: Debug {
    fn blocking(config: Config) -> Result<sonet_blocking::Client, Error>;

    fn asynchronous(config: Config) -> Result<sonet_async::Client, Error>;
}

/// By HTTP clients of their own.
#[derive(Debug)]
pub(super) struct Own;

impl Way for Own {
    fn blocking(config: Config) -> Result<sonet_blocking::Client, Error> {
        sonet_blocking::Client::new(config)
    }

    fn asynchronous(config: Config) -> Result<sonet_async::Client, Error> {
        sonet_async::Client::new(config)
    }
}

/// By transports as a user writes them, over the same HTTP libraries.
#[derive(Debug)]
pub(super) struct Passed;

impl Way for Passed {
    fn blocking(config: Config) -> Result<sonet_blocking::Client, Error> {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .build();
        let agent = ureq::Agent::from(agent);
        sonet_blocking::Client::with_transport(config, move |request| pass(&agent, request))
    }

    fn asynchronous(config: Config) -> Result<sonet_async::Client, Error> {
        // Nothing here is encrypted, but reqwest wants to be told of a provider.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .build()
            .unwrap();
        sonet_async::Client::with_transport(config, move |request: Request<Bytes>| {
            pass_on(http.clone(), request)
        })
    }
}

fn info(request: &Request<Bytes>) -> RequestInfo {
    request.extensions().get::<RequestInfo>().unwrap().clone()
}

fn pass(agent: &ureq::Agent, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
    let info = info(&request);
    let request = request.map(|body| body.to_vec());
    let request = agent
        .configure_request(request)
        .timeout_per_call(Some(info.response_timeout()))
        .build();
    let response = agent.run(request).map_err(|error| -> TransportError {
        match error {
            ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => NotSent::new(error).into(),
            ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
                NotSent::new(error).into()
            }
            ureq::Error::Timeout(_) => timed_out(error),
            error => error.into(),
        }
    })?;
    let (parts, body) = response.into_parts();
    let mut bytes = Vec::new();
    let mut reader = body.into_reader().take(info.body_limit() + 1);
    reader.read_to_end(&mut bytes)?;
    Ok(Response::from_parts(parts, bytes.into()))
}

async fn pass_on(
    http: reqwest::Client,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, TransportError> {
    let limit = info(&request).body_limit();
    let response = http.execute(request.try_into()?).await;
    let mut response = response.map_err(|error| -> TransportError {
        if error.is_connect() {
            NotSent::new(error).into()
        } else {
            error.into()
        }
    })?;
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() as u64 > limit {
            break;
        }
    }
    let (mut parts, ()) = Response::new(()).into_parts();
    (parts.status, parts.version) = (response.status(), response.version());
    parts.headers = response.headers().clone();
    Ok(Response::from_parts(parts, body.freeze()))
}

fn timed_out(error: impl StdError + Send + Sync + 'static) -> TransportError {
    std::io::Error::new(ErrorKind::TimedOut, error).into()
}
