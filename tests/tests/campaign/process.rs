//! What a process does: it calls once, with the tokens of the file, and says what happens.

use std::fmt::{self, Display};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use sonet_core::{App, Config, Error, Lease, Rate, StoreError, TokenStore, Tokens};
use sonet_core::{Progress, ProgressEvent};
use sonet_types::sonet_group::Get;

/// The variable that the orders are in.
pub(crate) const ORDERS: &str = "SONET_CAMPAIGN_ORDERS";

/// What a process is told to do.
pub(crate) struct Settings<'a> {
    pub(crate) is_async: bool,
    pub(crate) file: &'a str,
    pub(crate) portal: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) client_secret: &'a str,
    /// How long the store takes to load, to begin to save, and to come back from saving, in milliseconds.
    pub(crate) slowness: [u64; 3],
}

impl Display for Settings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [load, begin, end] = self.slowness;
        write!(f, "{} {load} {begin} {end} ", u8::from(self.is_async))?;
        write!(f, "{} {} ", self.portal, self.client_id)?;
        write!(f, "{} {}", self.client_secret, self.file)
    }
}

/// What a process says, in a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// It asks the token server.
    Asks,
    /// It has new tokens, and they are saved.
    Refreshed,
    /// Its call has succeeded.
    Done,
    /// A user is to authorize the application again.
    NeedsAuthorization,
    /// Something else went wrong.
    Failed,
}

impl Word {
    const ALL: [Self; 5] = [
        Self::Asks,
        Self::Refreshed,
        Self::Done,
        Self::NeedsAuthorization,
        Self::Failed,
    ];

    fn say(self, more: &dyn Display) {
        println!("\n{self:?}: {more}");
    }

    pub(crate) fn read(line: &str) -> Option<Self> {
        let word = line.split_once(':')?.0;
        Self::ALL
            .into_iter()
            .find(|known| format!("{known:?}") == word)
    }
}

/// A file that takes its time.
#[derive(Debug)]
struct SlowStore {
    file: sonet_blocking::FileStore,
    slowness: [Duration; 3],
}

impl TokenStore for SlowStore {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        thread::sleep(self.slowness[0]);
        self.file.load()
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        thread::sleep(self.slowness[1]);
        self.file.save(tokens)?;
        thread::sleep(self.slowness[2]);
        Ok(())
    }

    fn prepare(&self) -> Result<(), StoreError> {
        self.file.prepare()
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        self.file.lease(time)
    }

    fn release(&self) -> Result<(), StoreError> {
        self.file.release()
    }
}

pub(crate) fn run(orders: &str) {
    let parts: Vec<_> = orders.splitn(8, ' ').collect();
    let [
        kind,
        load,
        begin,
        end,
        portal,
        client_id,
        client_secret,
        file,
    ] = parts[..]
    else {
        panic!("no orders")
    };
    let slowness = [load, begin, end].map(|time| Duration::from_millis(time.parse().unwrap()));
    let store = Arc::new(SlowStore {
        file: sonet_blocking::FileStore::new(file),
        slowness,
    });
    let app = App::new(client_id, client_secret);
    let app = app.token_server(portal).unwrap();
    let Some(tokens) = store.load().unwrap() else {
        return Word::NeedsAuthorization.say(&"no tokens");
    };
    let config = Config::app(app, tokens)
        .unwrap()
        .token_store(store)
        .rate(Rate::UNLIMITED)
        .on_progress(tell);
    for _ in 0..5 {
        match call(kind == "1", &config) {
            Ok(()) => return Word::Done.say(&""),
            Err(error) if error.needs_authorization() => {
                return Word::NeedsAuthorization.say(&error);
            }
            Err(error) => Word::Failed.say(&error),
        }
    }
}

fn call(is_async: bool, config: &Config) -> Result<(), Error> {
    let method = Get::new();
    if !is_async {
        let client = sonet_blocking::Client::new(config.clone())?;
        return client.call(&method).map(drop);
    }
    let client = sonet_async::Client::new(config.clone())?;
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    runtime.block_on(client.call(&method)).map(drop)
}

fn tell(progress: &Progress<'_>) {
    if progress.method != "oauth/token" {
        return;
    }
    match progress.event {
        ProgressEvent::Sending => Word::Asks.say(&progress.attempt),
        ProgressEvent::Refreshed => Word::Refreshed.say(&""),
        _ => {}
    }
}
