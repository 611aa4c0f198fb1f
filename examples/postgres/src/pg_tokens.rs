//! A pair of tokens in a table.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use postgres::{Client, Config, NoTls, Transaction};
use sonet_blocking::{Lease, StoreError, Superseded, TokenStore, Tokens};

/// The table. One row is the pair of one application on one portal.
const TABLE: &str = "
    -- Two that create a table at once would fail, even so.
    SELECT pg_advisory_xact_lock(24);
    CREATE TABLE IF NOT EXISTS bitrix24_tokens (
        name text PRIMARY KEY,
        -- The pair as JSON; there is none yet if somebody leases first.
        pair text,
        -- The number of the last lease.
        lease bigint NOT NULL DEFAULT 0,
        leased_until timestamptz,
        -- Whether the pair may have been shown to the token server, and no new one has been saved.
        in_doubt boolean NOT NULL DEFAULT false
    )";

/// How long connecting may take. Statements have a limit of their own: `statement_timeout`.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a database may be silent that does not even acknowledge what it is sent.
const TCP_TIMEOUT: Duration = Duration::from_secs(5);

/// Keeps a pair of tokens in Postgres, for all processes that call as one application.
///
/// Every decision is made under the lock of the row (`SELECT … FOR UPDATE`) and by the clock of the database, so it does not
/// matter how many machines there are and what their clocks say. A process that sleeps through its lease can't overwrite a
/// newer pair: a refresh replaces the pair that it was got with, and no other.
pub(crate) struct PgTokens {
    config: Config,
    name: String,
    own: Mutex<Own>,
}

#[derive(Default)]
struct Own {
    client: Option<Client>,
    /// The number of the lease that this process has.
    lease: Option<i64>,
}

impl PgTokens {
    /// Connects, and creates the table if there is none. The name is that of the application and the portal.
    ///
    /// It blocks, as all of a store does: within an asynchronous program, call it where blocking is allowed.
    pub(crate) fn connect(mut config: Config, name: &str) -> Result<Self, StoreError> {
        // What DATABASE_URL says itself comes later, and counts.
        let options = config.get_options().unwrap_or_default();
        let options = format!("-c statement_timeout=5s -c lock_timeout=5s {options}");
        config.options(options.trim_end());
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(TCP_TIMEOUT);
        }
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
        let Own { client, lease } = &mut *own;
        let client = match client.take_if(|client| client.is_closed()) {
            None if client.is_some() => client.as_mut(),
            _ => Some(client.insert(self.config.connect(NoTls)?)),
        };
        let Some(client) = client else {
            return Err("there is no connection".into());
        };
        let mut transaction = client.transaction()?;
        let done = work(&mut transaction, lease)?;
        transaction.commit()?;
        Ok(done)
    }

    fn own(&self) -> MutexGuard<'_, Own> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A row, locked until the transaction ends.
struct Row {
    pair: Option<String>,
    lease: i64,
    /// How many seconds the lease lasts, if somebody has it.
    held: Option<f64>,
    in_doubt: bool,
}

impl Row {
    /// Locks the row, which is there afterwards.
    fn lock(transaction: &mut Transaction<'_>, name: &str) -> Result<Self, StoreError> {
        let insert = "INSERT INTO bitrix24_tokens (name) VALUES ($1) ON CONFLICT DO NOTHING";
        transaction.execute(insert, &[&name])?;
        let select = "
            SELECT pair, lease, in_doubt,
                extract(epoch FROM leased_until - clock_timestamp())::float8 AS held
            FROM bitrix24_tokens WHERE name = $1 FOR UPDATE";
        let row = transaction.query_one(select, &[&name])?;
        let held: Option<f64> = row.get("held");
        Ok(Self {
            pair: row.get("pair"),
            lease: row.get("lease"),
            held: held.filter(|held| *held > 0.0),
            in_doubt: row.get("in_doubt"),
        })
    }
}

/// Reads a pair.
fn read(pair: &str) -> Result<Tokens, StoreError> {
    // The text of serde's own error may quote a token.
    serde_json::from_str(pair).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        format!("the pair can't be read, see line {line}, column {column}").into()
    })
}

/// Writes a pair, in which nobody can be in doubt.
fn write(transaction: &mut Transaction<'_>, name: &str, pair: &Tokens) -> Result<(), StoreError> {
    let pair = serde_json::to_string(pair)?;
    let upsert = "
        INSERT INTO bitrix24_tokens (name, pair) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET pair = $2, in_doubt = false";
    transaction.execute(upsert, &[&name, &pair])?;
    Ok(())
}

impl TokenStore for PgTokens {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        self.transaction(|transaction, _| {
            let select = "SELECT pair FROM bitrix24_tokens WHERE name = $1";
            let row = transaction.query_opt(select, &[&self.name])?;
            let pair: Option<String> = row.and_then(|row| row.get(0));
            pair.as_deref().map(read).transpose()
        })
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        self.transaction(|transaction, _| write(transaction, &self.name, tokens))
    }

    fn replace(&self, old: &Tokens, new: &Tokens) -> Result<(), StoreError> {
        self.transaction(|transaction, _| {
            let row = Row::lock(transaction, &self.name)?;
            if let Some(pair) = row.pair.as_deref().map(read).transpose()? {
                let is = |known: &Tokens| pair.refresh_token == known.refresh_token;
                if !is(old) && !is(new) {
                    return Err(Superseded.into());
                }
            }
            write(transaction, &self.name, new)
        })
    }

    fn prepare(&self) -> Result<(), StoreError> {
        // A replica, or a disk that is full, says no to this as well.
        self.transaction(|transaction, own| {
            let row = Row::lock(transaction, &self.name)?;
            if own.is_some_and(|lease| lease != row.lease || row.held.is_none()) {
                *own = None;
                return Err(
                    "the lease is gone: this process was stopped for too long; call again".into(),
                );
            }
            // Without a lease, as for a code that a user has brought, no pair is spent.
            let in_doubt = row.in_doubt || own.is_some();
            let update = "UPDATE bitrix24_tokens SET in_doubt = $2 WHERE name = $1";
            transaction.execute(update, &[&self.name, &in_doubt])?;
            Ok(())
        })
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        let time = time.as_secs_f64();
        self.transaction(|transaction, own| {
            let row = Row::lock(transaction, &self.name)?;
            if let Some(held) = row.held {
                return Ok(Lease::Held(Duration::try_from_secs_f64(held)?));
            }
            let lease = row.lease + 1;
            let update = "
                UPDATE bitrix24_tokens
                SET lease = $2, leased_until = clock_timestamp() + $3 * interval '1 second'
                WHERE name = $1";
            transaction.execute(update, &[&self.name, &lease, &time])?;
            *own = Some(lease);
            Ok(if row.in_doubt {
                Lease::GrantedInDoubt
            } else {
                Lease::Granted
            })
        })
    }

    fn release(&self) -> Result<(), StoreError> {
        let Some(lease) = self.own().lease.take() else {
            return Ok(());
        };
        // Another one may have taken over.
        self.transaction(|transaction, _| {
            let update = "
                UPDATE bitrix24_tokens SET leased_until = NULL
                WHERE name = $1 AND lease = $2";
            transaction.execute(update, &[&self.name, &lease])?;
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
