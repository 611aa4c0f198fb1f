//! Where a server is, and how to connect to it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use redis::{
    Client, ConnectionAddr, ConnectionInfo, ConnectionLike, ErrorKind, IntoConnectionInfo,
    RedisError, RedisResult,
};
use sonet_core::StoreError;

/// A connection of any kind.
pub(super) type Connection = Box<dyn ConnectionLike + Send>;

/// Where a server is.
#[derive(Clone)]
pub(super) enum Server {
    Single(ConnectionInfo),
    /// The sentinels, and the master with its name in the host's place.
    Sentinel(Arc<[ConnectionInfo]>, ConnectionInfo),
    #[cfg(feature = "cluster")]
    Cluster(Arc<[ConnectionInfo]>),
}

impl Server {
    pub(super) fn single(url: &str) -> Result<Self, StoreError> {
        Ok(Self::Single(parse(url)?))
    }

    pub(super) fn sentinel<U: AsRef<str>>(
        urls: impl IntoIterator<Item = U>,
        master: &str,
    ) -> Result<Self, StoreError> {
        let master = if master.contains("://") {
            parse(master)?
        } else {
            parse("redis://host")?.set_addr(ConnectionAddr::Tcp(master.to_owned(), 0))
        };
        if name(&master).is_empty() {
            return Err(
                "`Redis::sentinel`: the master has no name; give it as in \"mymaster\"".into(),
            );
        }
        Ok(Self::Sentinel(several(urls)?, master))
    }

    #[cfg(feature = "cluster")]
    pub(super) fn cluster<U: AsRef<str>>(
        urls: impl IntoIterator<Item = U>,
    ) -> Result<Self, StoreError> {
        Ok(Self::Cluster(several(urls)?))
    }

    /// Connects within this time.
    pub(super) fn connect(&self, timeout: Duration) -> RedisResult<Connection> {
        match self {
            Self::Single(server) => Ok(Box::new(single(server.clone(), timeout, timeout)?)),
            Self::Sentinel(sentinels, master) => {
                let began = Instant::now();
                let left = || timeout.saturating_sub(began.elapsed());
                let server = find_master(sentinels, master, &left)?;
                Ok(Box::new(single(server, left().max(SHORTEST), timeout)?))
            }
            #[cfg(feature = "cluster")]
            Self::Cluster(nodes) => {
                // Nothing is sent again here, and after a timeout least of all: whoever uses the connection knows what may be.
                let client = redis::cluster::ClusterClient::builder(nodes.iter().cloned())
                    .retries(0)
                    .connection_timeout(timeout)
                    .response_timeout(timeout)
                    .build()?;
                Ok(Box::new(client.get_connection()?))
            }
        }
    }
}

/// A timeout of nothing would be none at all.
const SHORTEST: Duration = Duration::from_millis(1);

/// Connects to one server.
fn single(
    server: ConnectionInfo,
    connecting: Duration,
    timeout: Duration,
) -> RedisResult<redis::Connection> {
    let connection = Client::open(server)?.get_connection_with_timeout(connecting)?;
    connection.set_read_timeout(Some(timeout))?;
    connection.set_write_timeout(Some(timeout))?;
    Ok(connection)
}

/// Asks the sentinels in turn where the master is. Each has a share of the time, so that one that hangs does not take it all.
/// (The client of the `redis` crate for sentinels has no bound on its time.)
fn find_master(
    sentinels: &[ConnectionInfo],
    master: &ConnectionInfo,
    left: &dyn Fn() -> Duration,
) -> RedisResult<ConnectionInfo> {
    let mut problem = None;
    for (index, sentinel) in sentinels.iter().enumerate() {
        // One share for each that is left, and one for the master.
        let shares = u32::try_from(sentinels.len() - index + 1).unwrap_or(u32::MAX);
        let share = (left() / shares).max(SHORTEST);
        match ask(sentinel, name(master), share) {
            Ok(Some((host, port))) => return Ok(at(master, host, port)),
            // It may be new, and not have heard of it.
            Ok(None) => {}
            Err(error) => problem = Some(error),
        }
    }
    Err(problem.unwrap_or_else(|| {
        RedisError::from((
            ErrorKind::MasterNameNotFoundBySentinel,
            "no sentinel knows this master",
        ))
    }))
}

fn ask(
    sentinel: &ConnectionInfo,
    master: &str,
    timeout: Duration,
) -> RedisResult<Option<(String, u16)>> {
    let mut sentinel = single(sentinel.clone(), timeout, timeout)?;
    let mut question = redis::cmd("SENTINEL");
    question.arg("GET-MASTER-ADDR-BY-NAME").arg(master);
    question.query(&mut sentinel)
}

/// The master's name.
fn name(master: &ConnectionInfo) -> &str {
    match master.addr() {
        ConnectionAddr::Tcp(name, _) | ConnectionAddr::TcpTls { host: name, .. } => name,
        _ => "",
    }
}

/// The master at its address.
fn at(master: &ConnectionInfo, host: String, port: u16) -> ConnectionInfo {
    let address = match master.addr() {
        ConnectionAddr::TcpTls {
            insecure,
            tls_params,
            ..
        } => ConnectionAddr::TcpTls {
            host,
            port,
            insecure: *insecure,
            tls_params: tls_params.clone(),
        },
        _ => ConnectionAddr::Tcp(host, port),
    };
    master.clone().set_addr(address)
}

fn several<U: AsRef<str>>(
    urls: impl IntoIterator<Item = U>,
) -> Result<Arc<[ConnectionInfo]>, StoreError> {
    let servers: Vec<ConnectionInfo> = urls
        .into_iter()
        .map(|url| parse(url.as_ref()))
        .collect::<Result<_, _>>()?;
    if servers.is_empty() {
        return Err(
            "Redis: no address is given; give one at least, as in redis://host:6379".into(),
        );
    }
    Ok(servers.into())
}

fn parse(url: &str) -> Result<ConnectionInfo, StoreError> {
    // What can't be read is not quoted, since it may hold a password.
    let server = url.into_connection_info().map_err(|_| {
        "Redis: the address can't be read; write it as in redis://host:6379, rediss://user:password@host:6379/0 or \
         unix:///run/redis.sock"
    })?;
    if let ConnectionAddr::TcpTls { .. } = server.addr() {
        #[cfg(not(feature = "tls"))]
        return Err(
            "Redis: the address is one with TLS; switch on the feature `tls` of sonet-redis".into(),
        );
        #[cfg(feature = "tls")]
        choose_ring();
    }
    Ok(server)
}

/// Lets TLS be done by ring, unless the program has chosen for itself: where it has two to choose from, rustls would panic.
#[cfg(feature = "tls")]
fn choose_ring() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

/// Shows addresses, and no password.
impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |servers: &[ConnectionInfo]| {
            let servers: Vec<String> = servers
                .iter()
                .map(|server| server.addr().to_string())
                .collect();
            servers.join(", ")
        };
        match self {
            Self::Single(server) => server.addr().fmt(f),
            Self::Sentinel(sentinels, master) => {
                write!(f, "{}, by sentinels at {}", name(master), list(sentinels))
            }
            #[cfg(feature = "cluster")]
            Self::Cluster(nodes) => write!(f, "the cluster of {}", list(nodes)),
        }
    }
}
