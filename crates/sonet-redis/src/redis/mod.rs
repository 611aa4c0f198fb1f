//! Connections to a server.

mod problem;
mod server;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use redis::{FromRedisValue, RedisError, Script, ScriptInvocation};
use sonet_core::StoreError;

use problem::Verdict;
use server::{Connection, Server};

/// How long each step of a use may take, unless [`Redis::timeout`] says otherwise.
const TIMEOUT: Duration = Duration::from_secs(1);

/// What keys begin with, unless [`Redis::prefix`] says otherwise.
const PREFIX: &str = "sonet";

/// How many connections are kept while nobody uses them.
const IDLE: usize = 8;

/// How long to wait before a server is asked again that could not answer yet.
const PAUSE: Duration = Duration::from_millis(50);

/// Redis (from 6.2 on) or Valkey: connections that [clones](Clone) share.
///
/// Nothing is sent before the first use, so a server need not be there yet. The connections are blocking ones: stores are
/// called on threads that may block, so neither client needs a second runtime for them.
///
/// A connection that breaks is replaced. What was sent over one that had been kept idle is sent once more then, since servers
/// and firewalls drop idle connections; this is safe because each script of this crate may run twice: the second time it finds
/// what the first has done, or counts the same requests once more, so that calls wait somewhat longer than they have to. A command that got no answer in time is not sent again.
#[derive(Clone)]
pub struct Redis {
    pool: Arc<Pool>,
    prefix: Arc<str>,
}

struct Pool {
    server: Server,
    timeout: Duration,
    idle: Mutex<Vec<Connection>>,
}

impl Redis {
    /// A server by its address: `redis://user:password@localhost:6379/0`, `rediss://` with TLS (feature `tls`), or
    /// `unix:///run/redis.sock`.
    ///
    /// The first address with TLS makes ring the provider of rustls for the whole process, unless the program has chosen one
    /// (`CryptoProvider::install_default`).
    ///
    /// # Errors
    ///
    /// The address can't be read, or needs a feature that is off. It is not quoted, since it may hold a password.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Ok(Self::over(Server::single(url)?))
    }

    /// The master that sentinels agree on, also after a fail-over.
    ///
    /// `urls` are the sentinels' addresses, as in `redis://localhost:26379`. `master` is the master's name, as in `mymaster`;
    /// where the master wants a password, TLS or another database, an address with the name in the host's place:
    /// `rediss://user:password@mymaster/0`. The sentinels are asked in turn until one answers.
    ///
    /// # Errors
    ///
    /// As [`Redis::open`]; or there is no address.
    pub fn sentinel<U: AsRef<str>>(
        urls: impl IntoIterator<Item = U>,
        master: &str,
    ) -> Result<Self, StoreError> {
        Ok(Self::over(Server::sentinel(urls, master)?))
    }

    /// A cluster, by the addresses of some of its nodes. The keys of a portal's limits are on one node of it, and so are those of
    /// an application's tokens; both on the same one where the tokens are named by the portal's host, and it has no port.
    ///
    /// # Errors
    ///
    /// As [`Redis::open`]; or there is no address.
    #[cfg(feature = "cluster")]
    #[cfg_attr(docsrs, doc(cfg(feature = "cluster")))]
    pub fn cluster<U: AsRef<str>>(urls: impl IntoIterator<Item = U>) -> Result<Self, StoreError> {
        Ok(Self::over(Server::cluster(urls)?))
    }

    fn over(server: Server) -> Self {
        Self {
            pool: Arc::new(Pool {
                server,
                timeout: TIMEOUT,
                idle: Mutex::default(),
            }),
            prefix: PREFIX.into(),
        }
    }

    /// How long each step of a use may take: a second by default, at least a millisecond.
    ///
    /// To run a script on a connection that is there is one step. To connect is another, and so is to give the server a script
    /// that it does not know; in a cluster, each node that is asked is one. A use that waits in vain ends with that step. To
    /// look up the name of a host is a step of the system's, and not bounded by this. The copy has connections of its own.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        let pool = Pool {
            server: self.pool.server.clone(),
            timeout: timeout.max(Duration::from_millis(1)),
            idle: Mutex::default(),
        };
        Self {
            pool: Arc::new(pool),
            ..self
        }
    }

    /// What all keys begin with: `sonet` by default. Those who share limits and tokens have the same.
    #[must_use]
    pub fn prefix(self, prefix: &str) -> Self {
        Self {
            prefix: prefix.into(),
            ..self
        }
    }

    /// A key of a portal. Its host is the hash tag, so that a cluster has all keys of it on one node.
    pub(crate) fn key(&self, portal: &str, name: &str) -> String {
        format!("{}:{{{portal}}}:{name}", self.prefix)
    }

    /// Runs a script, on a connection that is free or on a new one. A server that does not know it gets it.
    ///
    /// The script may run twice, its first answer lost, so it is written to bear that. An error says what happened and what
    /// to do, and has no password in it.
    pub(crate) fn run<T: FromRedisValue>(
        &self,
        call: &ScriptInvocation<'_>,
    ) -> Result<T, StoreError> {
        let Pool {
            server, timeout, ..
        } = &*self.pool;
        let began = Instant::now();
        let problem = |error: &RedisError| -> StoreError {
            problem::explain(error, &server.to_string(), *timeout).into()
        };
        let mut resent = false;
        loop {
            let idle = self.idle().pop();
            let was_idle = idle.is_some();
            let mut connection = match idle {
                Some(connection) => connection,
                None => server.connect(*timeout).map_err(|error| problem(&error))?,
            };
            let error = match call.invoke(&mut *connection) {
                Ok(answer) => {
                    self.keep(connection);
                    return Ok(answer);
                }
                Err(error) => error,
            };
            match problem::verdict(&error) {
                Verdict::Answer => {
                    self.keep(connection);
                    return Err(problem(&error));
                }
                // It may be another server's turn: none of the connections is of use then.
                Verdict::NotYet if began.elapsed() + PAUSE < *timeout => {
                    self.idle().clear();
                    thread::sleep(PAUSE);
                }
                Verdict::Broken if was_idle && !resent => {
                    resent = true;
                    self.idle().clear();
                }
                Verdict::NotYet | Verdict::Broken | Verdict::Late => {
                    self.idle().clear();
                    return Err(problem(&error));
                }
            }
        }
    }

    /// A call of a script on these keys.
    pub(crate) fn call<'a>(script: &'a Script, keys: &[&str]) -> ScriptInvocation<'a> {
        let mut call = script.prepare_invoke();
        for key in keys {
            call.key(*key);
        }
        call
    }

    fn keep(&self, connection: Connection) {
        let mut idle = self.idle();
        if idle.len() < IDLE {
            idle.push(connection);
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.pool
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis")
            .field("server", &format_args!("{}", self.pool.server))
            .field("timeout", &self.pool.timeout)
            .field("prefix", &self.prefix)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_has_no_password() {
        let redis = Redis::open("redis://user:canary@localhost:1/2").unwrap();
        assert_eq!(
            format!("{redis:?}"),
            r#"Redis { server: localhost:1, timeout: 1s, prefix: "sonet" }"#
        );
        let script = Script::new("return 1");
        let error = redis.run::<i64>(&Redis::call(&script, &[])).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("localhost:1") && !shown.contains("canary"),
            "{shown}"
        );
        let sentinel = Redis::sentinel(
            ["redis://:canary@a:1", "redis://b:2"],
            "redis://:canary@main/3",
        );
        let shown = format!("{:?}", sentinel.unwrap());
        assert!(shown.contains("main, by sentinels at a:1, b:2"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }

    #[test]
    fn an_address_that_is_none_is_not_quoted() {
        for url in [
            "",
            "canary",
            "http://canary",
            "redis://canary:canary@h:port",
        ] {
            let error = Redis::open(url).unwrap_err().to_string();
            assert!(
                error.contains("redis://host:6379") && !error.contains("canary"),
                "{error}"
            );
        }
        let none: [&str; 0] = [];
        let error = Redis::sentinel(none, "main").unwrap_err().to_string();
        assert!(error.contains("address"), "{error}");
    }

    #[test]
    fn a_portal_is_the_hash_tag() {
        let redis = Redis::open("redis://localhost").unwrap().prefix("crm");
        assert_eq!(redis.key("a.bitrix24.com", "x"), "crm:{a.bitrix24.com}:x");
    }
}
