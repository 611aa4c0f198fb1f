//! One request over ureq. Nothing here knows the protocol.

use std::io::Read as _;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Request, Response, request};
use sonet_core::{Cause, Config, Error, Failure, Outgoing, ProxySetting};
use ureq::{Agent, SendBody};

use crate::body::Body;
use crate::connector;
use crate::failure::cause;
use crate::parts::Settings;
use crate::tls::Tls;
use sonet_net::proxy::{Kinds, Proxy};

/// How many idle connections are kept: as many calls as a portal takes at once.
const IDLE_CONNECTIONS: usize = 50;

/// How long a connection may be idle and still be used: clearly less than servers wait before they close one, since a
/// request that meets the closing has an unknown outcome.
const IDLE_AGE: Duration = Duration::from_secs(15);

/// How much room an answer is given at once: a page of 50 rows has a tenth of it.
const LIKELY: usize = 256 * 1024;

/// What sends requests over ureq.
///
/// A request leaves once, to where it is addressed, whatever a user's settings say: redirects are off, and ureq has no
/// retries. Before it lends a pooled connection it probes whether the server has closed it. Where the closing comes later,
/// the request fails, and what came of it is unknown.
pub(crate) struct HttpTransport {
    agent: Agent,
    /// The agent's own bound on an answer, which most requests have.
    response_timeout: Duration,
    /// What the settings or the environment say; it goes before what the agent has.
    proxy: Option<(Proxy, ureq::Proxy)>,
}

impl HttpTransport {
    /// Makes an agent as the configuration says.
    pub(crate) fn new(config: &Config) -> Result<Self, Error> {
        #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
        if config.needs_tls() {
            return Err(Error::config(
                "portal address: https needs the feature `rustls` (on by default) or `native-tls` of sonet-blocking; enable one of them",
            ));
        }
        let tls = Tls::new(config)?;
        Ok(Self {
            agent: agent(builder(config, &tls).proxy(None), config, tls),
            response_timeout: config.response_bound(),
            proxy: proxy(config)?,
        })
    }

    /// The same, changed by a user's settings.
    pub(crate) fn with(
        config: &Config,
        settings: impl FnOnce(Settings) -> Settings,
    ) -> Result<Self, Error> {
        let tls = Tls::new(config)?;
        let builder = builder(config, &tls);
        let (builder, proxy) = match config.proxy_setting() {
            // What ureq makes of it, unless something is reached without TLS, which no proxy may read.
            ProxySetting::Environment if config.is_tls_only() => (builder, None),
            ProxySetting::Environment => (builder.proxy(None), None),
            _ => (builder.proxy(None), proxy(config)?),
        };
        Ok(Self {
            agent: agent(settings(builder), config, tls),
            response_timeout: config.response_bound(),
            proxy,
        })
    }

    /// Sends a request and reads its answer to the end.
    pub(crate) fn send(&self, outgoing: Outgoing) -> Result<Response<Bytes>, Failure> {
        let (parts, body) = outgoing.request.into_parts();
        let mut body = Body::new(body);
        match self.run(parts, &mut body, outgoing.response_timeout) {
            Ok(response) => read(response, outgoing.body_limit),
            Err(error) if body.was_read() => Err(Failure::MaybeSent(cause(&error))),
            Err(error) => Err(Failure::NotSent(cause(&error))),
        }
    }

    fn run(
        &self,
        mut parts: request::Parts,
        body: &mut Body,
        timeout: Duration,
    ) -> Result<Response<ureq::Body>, ureq::Error> {
        // ureq can't see the length of a reader, and would send it in chunks.
        parts
            .headers
            .insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        let scheme = parts.uri.scheme_str().unwrap_or_default();
        let host = parts.uri.host().unwrap_or_default();
        let proxy = self.proxy.as_ref();
        let proxy = proxy.filter(|(proxy, _)| proxy.covers(scheme, host));
        let request = Request::from_parts(parts, SendBody::from_reader(body));
        if timeout == self.response_timeout && proxy.is_none() {
            return self.agent.run(request);
        }
        // Settings of its own, of which ureq makes a copy.
        let settings = self
            .agent
            .configure_request(request)
            .timeout_per_call(Some(timeout));
        let settings = match proxy {
            Some((_, proxy)) => settings.proxy(Some(proxy.clone())),
            None => settings,
        };
        self.agent.run(settings.build())
    }
}

/// What an agent begins with.
fn builder(config: &Config, tls: &Tls) -> Settings {
    let builder = Agent::config_builder()
        .timeout_resolve(Some(config.connect_bound()))
        .timeout_connect(Some(config.connect_bound()))
        .max_idle_connections(IDLE_CONNECTIONS)
        .max_idle_connections_per_host(IDLE_CONNECTIONS)
        .max_idle_age(IDLE_AGE);
    tls.mark(builder)
}

/// Makes the agent, and sets what the client relies on after whatever a user has set: a followed redirect would drop a
/// write's parameters, and a status is the core's matter.
fn agent(builder: Settings, config: &Config, tls: Tls) -> Agent {
    let settings = builder
        .timeout_per_call(Some(config.response_bound()))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .save_redirect_history(false)
        .build();
    Agent::with_parts(settings, connector::opener(tls), connector::Later)
}

/// The proxy that the settings or the environment name.
fn proxy(config: &Config) -> Result<Option<(Proxy, ureq::Proxy)>, Error> {
    let kinds = Kinds {
        socks: cfg!(feature = "socks"),
    };
    let Some(proxy) = Proxy::of(config, kinds, |name| std::env::var(name).ok())? else {
        return Ok(None);
    };
    let url = ureq::Proxy::new(proxy.url()).map_err(|_| proxy.unusable())?;
    Ok(Some((proxy, url)))
}

/// Reads the body as it comes, and no more of it than allowed.
fn read(response: Response<ureq::Body>, limit: u64) -> Result<Response<Bytes>, Failure> {
    let too_large = || Failure::MaybeSent(Cause::body_limit(limit));
    let (mut parts, body) = response.into_parts();
    // ureq leaves the address in here, which holds the secret.
    parts.extensions.clear();
    let length = body.content_length().unwrap_or_default();
    if length > limit {
        return Err(too_large());
    }
    // What a header claims is not believed beyond what answers have.
    let room = usize::try_from(length).map_or(LIKELY, |length| length.min(LIKELY));
    let mut bytes = Vec::with_capacity(room);
    let mut reader = body.into_reader().take(limit.saturating_add(1));
    match reader.read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limit => Err(too_large()),
        Ok(_) => Ok(Response::from_parts(parts, bytes.into())),
        Err(error) => Err(Failure::MaybeSent(cause(&ureq::Error::from(error)))),
    }
}
