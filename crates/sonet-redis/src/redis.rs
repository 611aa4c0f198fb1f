//! Connections to a server.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use redis::{Client, Connection, FromRedisValue, Script, ToRedisArgs};
use sonet_core::StoreError;

/// Redis or Valkey: connections that [clones](Clone) share.
#[derive(Clone)]
pub struct Redis(Arc<Shared>);

struct Shared {
    client: Client,
    idle: Mutex<Vec<Connection>>,
}

/// How long connecting may take, and each command.
const TIMEOUT: Duration = Duration::from_secs(1);

impl Redis {
    /// A server by its address, as in `redis://:password@localhost:6379/0`.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let client = Client::open(url)?;
        let idle = Mutex::default();
        Ok(Self(Arc::new(Shared { client, idle })))
    }

    /// Runs a script, on the connection that is free or on a new one. A server that does not know it gets it.
    pub(crate) fn run<T: FromRedisValue>(
        &self,
        script: &Script,
        keys: &[&str],
        arguments: &[&dyn Argument],
    ) -> Result<T, StoreError> {
        let mut connection = match self.idle().pop() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let mut call = script.prepare_invoke();
        for key in keys {
            call.key(*key);
        }
        for argument in arguments {
            call.arg(argument.bytes());
        }
        let answer = call.invoke(&mut connection)?;
        self.idle().push(connection);
        Ok(answer)
    }

    fn connect(&self) -> Result<Connection, StoreError> {
        let connection = self.0.client.get_connection_with_timeout(TIMEOUT)?;
        connection.set_read_timeout(Some(TIMEOUT))?;
        connection.set_write_timeout(Some(TIMEOUT))?;
        Ok(connection)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a script is called with.
pub(crate) trait Argument {
    fn bytes(&self) -> Vec<u8>;
}

impl<T: ToRedisArgs> Argument for T {
    fn bytes(&self) -> Vec<u8> {
        self.to_redis_args().concat()
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address may hold a password.
        f.debug_struct("Redis").finish_non_exhaustive()
    }
}
