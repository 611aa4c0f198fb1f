//! How ureq comes by a connection. A call over a kept one gets here not at all.
//!
//! ureq resolves the host of every call, before it looks for a kept connection, and where there is any timeout it starts a
//! thread for that. So the resolver that it is given knows nothing ([`Later`]), and what makes a connection looks up the
//! name first ([`Opener`]).

use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::Duration as Bound;
use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, DefaultConnector, Either, NextTimeout,
    TcpConnector,
};
use ureq::{Error, Timeout};

use crate::names::{Names, Problem};
use crate::parts::left;
use crate::steady::SteadyConnector;
use crate::tls::Tls;

/// What ureq asks before each call. It leaves the look-up to [`Opener`].
#[derive(Debug)]
pub(crate) struct Later;

impl Resolver for Later {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        Ok(self.empty())
    }
}

/// Opens connections, as ureq's own connector does, with look-ups and TLS that all clients share.
pub(crate) fn opener(tls: Tls) -> impl Connector {
    with_names(tls, Names::of_the_process())
}

fn with_names(tls: Tls, names: Arc<Names>) -> impl Connector {
    let own = ();
    #[cfg(feature = "socks")]
    let own = own.chain(ureq::unversioned::transport::SocksConnector::default());
    let own = own
        .chain(ConnectProxyConnector::default())
        .chain(TcpConnector::default())
        .chain(SteadyConnector)
        .chain(tls.clone());
    Opener {
        own,
        tls,
        of_the_user: DefaultConnector::new(),
        names: LookUps(names),
    }
}

#[derive(Debug)]
struct Opener<Own> {
    own: Own,
    tls: Tls,
    /// For TLS of the user's own, which may be of a kind that only ureq's features know.
    of_the_user: DefaultConnector,
    names: LookUps,
}

impl<Own: Connector> Connector for Opener<Own> {
    type Out = Either<Own::Out, <DefaultConnector as Connector>::Out>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Self::Out>, Error> {
        if !details.addrs.is_empty() || !needs_addresses(details) {
            // On the way to a proxy, whose addresses are known, or which looks up the name itself.
            let outcome = self.open(details, details.addrs.clone());
            if outcome.is_err() {
                self.names.forget(details.uri);
                if let Some(proxy) = details.config.proxy() {
                    self.names.forget(proxy.uri());
                }
            }
            return outcome;
        }
        let found = self
            .names
            .find(details.uri, details.config, left(details))?;
        let outcome = self.open(details, found.addresses.clone());
        if outcome.is_ok() {
            return outcome;
        }
        self.names.forget(details.uri);
        if !found.was_kept {
            return outcome;
        }
        // The host may have moved since, and nothing has been sent to where it was.
        match self.names.find(details.uri, details.config, left(details)) {
            Ok(anew) if anew.addresses != found.addresses => self.open(details, anew.addresses),
            _ => outcome,
        }
    }
}

impl<Own: Connector> Opener<Own> {
    /// Opens a connection to one of the addresses, in what is left of the time.
    fn open(
        &self,
        details: &ConnectionDetails<'_>,
        addrs: ResolvedSocketAddrs,
    ) -> Result<Option<<Self as Connector>::Out>, Error> {
        let timeout = left(details);
        if timeout.after.is_zero() {
            return Err(Error::Timeout(timeout.reason));
        }
        let details = ConnectionDetails {
            uri: details.uri,
            addrs,
            config: details.config,
            // No request has settings of TLS. Where it says so, ureq makes them once, and not for each connection.
            request_level: false,
            resolver: &self.names,
            now: (details.current_time)(),
            timeout,
            current_time: Arc::clone(&details.current_time),
            run_connector: Arc::clone(&details.run_connector),
            register_shutdown: Arc::clone(&details.register_shutdown),
        };
        if details.needs_tls() && !self.tls.is_in(details.config) {
            let made = self.of_the_user.connect(&details, None)?;
            return Ok(made.map(Either::B));
        }
        if !cfg!(feature = "socks") && is_through_socks(&details) {
            return Err(Error::Other(NO_SOCKS.into()));
        }
        Ok(self.own.connect(&details, None)?.map(Either::A))
    }
}

const NO_SOCKS: &str = "a SOCKS proxy needs the feature `socks` of sonet-blocking";

/// Whether the host's addresses are needed here, as ureq has it: most proxies look up the name themselves.
fn needs_addresses(details: &ConnectionDetails<'_>) -> bool {
    let proxy = details.config.proxy();
    proxy.is_none_or(|proxy| proxy.resolve_target() || proxy.is_no_proxy(details.uri))
}

fn is_through_socks(details: &ConnectionDetails<'_>) -> bool {
    use ureq::ProxyProtocol::{Http, Https};
    let proxy = details.config.proxy();
    let proxy = proxy.filter(|proxy| !proxy.is_no_proxy(details.uri));
    proxy.is_some_and(|proxy| !matches!(proxy.protocol(), Http | Https))
}

/// The look-ups of the process, as ureq wants them.
#[derive(Debug)]
struct LookUps(Arc<Names>);

/// The addresses of a host that ureq may try, in their order.
struct Addresses {
    addresses: ResolvedSocketAddrs,
    was_kept: bool,
}

impl LookUps {
    fn find(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<Addresses, Error> {
        let name = name(uri).ok_or(Error::HostNotFound)?;
        let (bound, reason) = bound(config, timeout);
        let found = self.0.find(&name, bound).map_err(|problem| match problem {
            Problem::TimedOut => Error::Timeout(reason),
            Problem::Failed(error) => error.into(),
        })?;
        let mut addresses = self.empty();
        let all = found.addresses.iter().copied();
        for address in config.ip_family().keep_wanted(all) {
            // There is room for more of them than anybody tries.
            if addresses.try_push(address).is_err() {
                break;
            }
        }
        if addresses.is_empty() {
            return Err(Error::HostNotFound);
        }
        let was_kept = found.was_kept;
        Ok(Addresses {
            addresses,
            was_kept,
        })
    }

    fn forget(&self, uri: &Uri) {
        if let Some(name) = name(uri) {
            self.0.forget(&name);
        }
    }
}

/// For the names of proxies, which ureq's connectors look up themselves.
impl Resolver for LookUps {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.find(uri, config, timeout)?;
        Ok(found.addresses)
    }
}

/// A host and its port.
fn name(uri: &Uri) -> Option<String> {
    DefaultResolver::host_and_port(uri.scheme()?, uri.authority()?)
}

/// How long a look-up may take, and which of ureq's timeouts says so.
fn bound(config: &Config, timeout: NextTimeout) -> (Option<Duration>, Timeout) {
    let left = match timeout.after {
        Bound::Exact(after) => Some(after),
        Bound::NotHappening => None,
    };
    match (config.timeouts().resolve, left) {
        (Some(resolve), left) if left.is_none_or(|left| resolve < left) => {
            (Some(resolve), Timeout::Resolve)
        }
        (_, left) => (left, timeout.reason),
    }
}

/// What of ureq's `unversioned` API is relied on. A version that changes it does not compile.
#[cfg(test)]
#[allow(dead_code, reason = "it only has to compile")]
mod unversioned {
    use super::{Config, ConnectionDetails, Connector, Later, NextTimeout, Resolver, Uri};
    use ureq::unversioned::resolver::ResolvedSocketAddrs;
    use ureq::{Agent, Error};

    type Resolve<R> = fn(&R, &Uri, &Config, NextTimeout) -> Result<ResolvedSocketAddrs, Error>;

    const RESOLVE: Resolve<Later> = Later::resolve;

    fn every_part_of_an_agent(config: Config, connector: impl Connector) -> Agent {
        Agent::with_parts(config, connector, Later)
    }

    /// Names every field, so that a new one is noticed.
    fn every_detail(details: &ConnectionDetails<'_>) {
        let ConnectionDetails {
            uri: _,
            addrs: _,
            config: _,
            request_level: _,
            resolver: _,
            now: _,
            timeout: _,
            current_time: _,
            run_connector: _,
            register_shutdown: _,
        } = details;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::{SocketAddr, TcpListener, TcpStream};
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Instant;

    use ureq::Agent;
    use ureq::config::IpFamily;

    use super::*;

    /// A server, which keeps connections, or closes each after an answer.
    fn server(keeps: bool) -> (SocketAddr, Arc<AtomicUsize>) {
        server_of(keeps, usize::MAX)
    }

    /// The same, which is gone after so many connections.
    fn server_of(keeps: bool, most: usize) -> (SocketAddr, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        thread::spawn(move || {
            for stream in listener.incoming().take(most) {
                let stream = stream.unwrap();
                count.fetch_add(1, Ordering::Relaxed);
                thread::spawn(move || {
                    let connection = if keeps { "keep-alive" } else { "close" };
                    let answer = format!(
                        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: {connection}\r\n\r\n"
                    );
                    for line in BufReader::new(&stream).lines().map_while(Result::ok) {
                        if line.is_empty() {
                            (&stream).write_all(answer.as_bytes()).unwrap();
                            if !keeps {
                                return;
                            }
                        }
                    }
                });
            }
        });
        (address, connections)
    }

    /// What the name service says, one answer after the other, the last for ever.
    struct Service {
        answers: Mutex<Vec<Vec<SocketAddr>>>,
        asked: AtomicUsize,
    }

    impl Service {
        fn new(answers: &[&[SocketAddr]]) -> Arc<Self> {
            let answers = answers.iter().rev().map(|answer| answer.to_vec());
            Arc::new(Self {
                answers: Mutex::new(answers.collect()),
                asked: AtomicUsize::new(0),
            })
        }

        fn asked(&self) -> usize {
            self.asked.load(Ordering::Relaxed)
        }

        fn agent(self: &Arc<Self>, config: Config) -> Agent {
            let own = Arc::clone(self);
            let look_up = move |name: &str| {
                assert_eq!(name, "portal.example.com:80");
                own.asked.fetch_add(1, Ordering::Relaxed);
                let mut answers = own.answers.lock().unwrap();
                let answer = match answers.len() {
                    1 => answers.last().cloned(),
                    _ => answers.pop(),
                };
                Ok(answer.unwrap())
            };
            let names = Names::new(Box::new(look_up), Box::new(Instant::now));
            let local = sonet_core::Config::webhook("http://127.0.0.1/rest/1/secret/").unwrap();
            let tls = Tls::new(&local).unwrap();
            Agent::with_parts(config, with_names(tls, Arc::new(names)), Later)
        }
    }

    fn config() -> Config {
        Agent::config_builder()
            .proxy(None)
            .timeout_resolve(Some(Duration::from_secs(20)))
            .timeout_connect(Some(Duration::from_secs(20)))
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
    }

    fn get(agent: &Agent) -> Result<(), Error> {
        agent.get("http://portal.example.com/").call().map(drop)
    }

    /// An address that nothing listens on.
    fn dead() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    }

    #[test]
    fn a_kept_connection_asks_for_no_name_and_new_ones_once() {
        for (keeps, connected) in [(true, 1), (false, 200)] {
            let (address, connections) = server(keeps);
            let service = Service::new(&[&[address]]);
            let agent = service.agent(config());
            for _ in 0..200 {
                get(&agent).unwrap();
            }
            assert_eq!(connections.load(Ordering::Relaxed), connected);
            assert_eq!(service.asked(), 1, "keeps: {keeps}");
        }
    }

    #[test]
    fn every_address_is_tried_in_its_order() {
        let ((first, used), (second, spare)) = (server(true), server(true));
        let agent = Service::new(&[&[dead(), first, second]]).agent(config());
        get(&agent).unwrap();
        assert_eq!(used.load(Ordering::Relaxed), 1);
        assert_eq!(spare.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_host_that_has_moved_is_found_again() {
        let ((old, _), (new, reached)) = (server_of(false, 1), server(false));
        let service = Service::new(&[&[old], &[new]]);
        let agent = service.agent(config());
        get(&agent).unwrap();
        while TcpStream::connect(old).is_ok() {
            thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(service.asked(), 1);
        get(&agent).unwrap();
        assert_eq!((service.asked(), reached.load(Ordering::Relaxed)), (2, 1));
    }

    #[test]
    fn a_host_that_is_down_is_not_looked_up_twice_at_once() {
        let service = Service::new(&[&[dead()]]);
        let agent = service.agent(config());
        for times in 1..=3 {
            let error = get(&agent).unwrap_err();
            assert!(matches!(error, Error::Io(_)), "{error:?}");
            assert_eq!(service.asked(), times);
        }
    }

    #[test]
    fn only_the_wanted_kind_of_address_is_tried() {
        let (four, _) = server(true);
        let six = SocketAddr::new([0, 0, 0, 0, 0, 0, 0, 1].into(), four.port());
        let agent = |family, answer: &[SocketAddr]| {
            let config = Agent::config_builder().proxy(None).ip_family(family);
            Service::new(&[answer]).agent(config.build())
        };
        get(&agent(IpFamily::Ipv4Only, &[six, four])).unwrap();
        let error = get(&agent(IpFamily::Ipv6Only, &[four])).unwrap_err();
        assert!(matches!(error, Error::HostNotFound), "{error:?}");
    }

    #[test]
    fn a_look_up_that_hangs_ends_with_its_timeout() {
        let (address, _) = server(true);
        let service = Service::new(&[&[address]]);
        let config = Agent::config_builder()
            .proxy(None)
            .timeout_resolve(Some(Duration::from_millis(50)))
            .timeout_global(Some(Duration::from_secs(60)));
        let agent = service.agent(config.build());
        let hanging = service.answers.lock().unwrap();
        let begun = Instant::now();
        for _ in 0..3 {
            let error = get(&agent).unwrap_err();
            assert!(
                matches!(error, Error::Timeout(Timeout::Resolve)),
                "{error:?}"
            );
        }
        assert!(begun.elapsed() < Duration::from_secs(30));
        assert!(
            service.asked() <= 1,
            "those who come later wait for the same"
        );
        drop(hanging);
        get(&agent).unwrap();
        assert_eq!(service.asked(), 1);
    }
}
