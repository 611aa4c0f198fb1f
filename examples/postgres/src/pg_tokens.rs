//! A pair of tokens in a table.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use postgres::{Client, Config, NoTls, Transaction};
use sonet_blocking::{Lease, StoreError, TokenStore, Tokens};

/// The table. One row is the pair of one application on one portal.
const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS bitrix24_tokens (
        name text PRIMARY KEY,
        -- The pair as JSON; there is none yet if somebody leases first.
        pair text,
        -- Rises with every lease: whoever has a lower number has slept through its own.
        fence bigint NOT NULL DEFAULT 0,
        leased_until timestamptz
    )";

/// How long connecting may take. Statements have a limit of their own: `statement_timeout`.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// Keeps a pair of tokens in Postgres, for all processes that call as one application.
///
/// Every decision is made under the lock of the row (`SELECT … FOR UPDATE`) and by the clock of the database, so it does not
/// matter how many machines there are and what their clocks say. A process that sleeps through its lease can't overwrite the
/// pair of the one that took over.
pub(crate) struct PgTokens {
    config: Config,
    name: String,
    own: Mutex<Own>,
}

#[derive(Default)]
struct Own {
    client: Option<Client>,
    /// The number of the lease that this process has.
    fence: Option<i64>,
}

impl PgTokens {
    /// Connects, and creates the table if there is none. The name is that of the application and the portal.
    ///
    /// It blocks, as all of a store does: within an asynchronous program, call it where blocking is allowed.
    pub(crate) fn connect(mut config: Config, name: &str) -> Result<Self, StoreError> {
        config.connect_timeout(CONNECT_TIMEOUT);
        config.options("-c statement_timeout=5s -c lock_timeout=5s");
        let store = Self {
            config,
            name: name.to_owned(),
            own: Mutex::default(),
        };
        store.transaction(|transaction, _| transaction.batch_execute(TABLE).map_err(Into::into))?;
        Ok(store)
    }

    /// Does something in a transaction, on a new connection if the one before has broken.
    fn transaction<T>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>, &mut Option<i64>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut own = self.own();
        let Own { client, fence } = &mut *own;
        let client = match client.take_if(|client| client.is_closed()) {
            None if client.is_some() => client.as_mut(),
            _ => Some(client.insert(self.config.connect(NoTls)?)),
        };
        let Some(client) = client else {
            return Err("there is no connection".into());
        };
        let mut transaction = client.transaction()?;
        let done = work(&mut transaction, fence)?;
        transaction.commit()?;
        Ok(done)
    }

    fn own(&self) -> MutexGuard<'_, Own> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Locks the row, which is there afterwards, and returns the number of the last lease.
fn lock(transaction: &mut Transaction<'_>, name: &str) -> Result<i64, StoreError> {
    let insert = "INSERT INTO bitrix24_tokens (name) VALUES ($1) ON CONFLICT DO NOTHING";
    transaction.execute(insert, &[&name])?;
    let select = "SELECT fence FROM bitrix24_tokens WHERE name = $1 FOR UPDATE";
    Ok(transaction.query_one(select, &[&name])?.get(0))
}

impl TokenStore for PgTokens {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        self.transaction(|transaction, _| {
            let select = "SELECT pair FROM bitrix24_tokens WHERE name = $1";
            let row = transaction.query_opt(select, &[&self.name])?;
            let pair: Option<String> = row.and_then(|row| row.get(0));
            // The text of serde's own error may quote a token.
            let read = |pair: String| {
                serde_json::from_str(&pair).map_err(|error| {
                    let (line, column) = (error.line(), error.column());
                    format!("the pair can't be read, see line {line}, column {column}").into()
                })
            };
            pair.map(read).transpose()
        })
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        let pair = serde_json::to_string(tokens)?;
        self.transaction(|transaction, own| {
            let fence = lock(transaction, &self.name)?;
            if own.is_some_and(|own| own != fence) {
                return Err("another process has taken over the lease".into());
            }
            let update = "UPDATE bitrix24_tokens SET pair = $2 WHERE name = $1";
            transaction.execute(update, &[&self.name, &pair])?;
            Ok(())
        })
    }

    fn prepare(&self) -> Result<(), StoreError> {
        // A replica, or a disk that is full, says no to this as well.
        self.transaction(|transaction, _| lock(transaction, &self.name).map(drop))
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        let time = time.as_secs_f64();
        self.transaction(|transaction, own| {
            let fence = lock(transaction, &self.name)?;
            let select = "SELECT extract(epoch FROM leased_until - clock_timestamp())::float8
                FROM bitrix24_tokens WHERE name = $1";
            let rest: Option<f64> = transaction.query_one(select, &[&self.name])?.get(0);
            if let Some(rest) = rest.filter(|rest| *rest > 0.0) {
                return Ok(Lease::Held(Duration::try_from_secs_f64(rest)?));
            }
            let fence = fence + 1;
            let update = "UPDATE bitrix24_tokens
                SET fence = $2, leased_until = clock_timestamp() + $3 * interval '1 second'
                WHERE name = $1";
            transaction.execute(update, &[&self.name, &fence, &time])?;
            *own = Some(fence);
            Ok(Lease::Granted)
        })
    }

    fn release(&self) -> Result<(), StoreError> {
        let Some(fence) = self.own().fence.take() else {
            return Ok(());
        };
        self.transaction(|transaction, _| {
            let update =
                "UPDATE bitrix24_tokens SET leased_until = NULL WHERE name = $1 AND fence = $2";
            transaction.execute(update, &[&self.name, &fence])?;
            Ok(())
        })
    }
}

impl Drop for PgTokens {
    fn drop(&mut self) {
        // Closing a connection blocks, which panics where an asynchronous client is dropped.
        let client = self.own().client.take();
        thread::spawn(move || drop(client));
    }
}

impl fmt::Debug for PgTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // How it connects may hold a password.
        f.debug_struct("PgTokens")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
