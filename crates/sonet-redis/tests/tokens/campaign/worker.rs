//! What a process does: it calls whenever it is told to, with the tokens of the server, and says what happens.

use std::fmt::{self, Display};
use std::io::{self, BufRead as _, Write as _};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use sonet_core::{App, Config, Error, Lease, Rate, StoreError, TokenStore, Tokens};
use sonet_core::{Progress, ProgressEvent};
use sonet_redis::{Redis, RedisTokens};
use sonet_types::sonet_group::Get;

/// The variable that the orders are in.
pub(super) const ORDERS: &str = "SONET_TOKENS_ORDERS";

/// What a process is told to do.
#[derive(Debug, Clone)]
pub(super) struct Orders {
    pub(super) is_async: bool,
    pub(super) redis: String,
    pub(super) portal: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    /// How long the lease lasts at most, in milliseconds.
    pub(super) lease: u64,
    /// How long it takes before the token server is asked, before a pair is saved, and after that, in milliseconds.
    pub(super) slowness: [u64; 3],
}

impl Display for Orders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [ask, save, end] = self.slowness;
        write!(f, "{} {} ", u8::from(self.is_async), self.redis)?;
        write!(f, "{} {} ", self.portal, self.client_id)?;
        write!(
            f,
            "{} {} {ask} {save} {end}",
            self.client_secret, self.lease
        )
    }
}

/// What a process says, in a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    /// It can be told to call.
    Ready,
    /// It asks the token server.
    Asks,
    /// It has a new pair from the token server, and saves it.
    Saves,
    /// Its call has succeeded.
    Done,
    /// A user is to authorize the application again, as a pair is lost.
    Lost,
    /// The same without any word of a lost pair.
    NeedsAuthorization,
    /// Something else went wrong.
    Failed,
}

impl Notice {
    const ALL: [Self; 7] = [
        Self::Ready,
        Self::Asks,
        Self::Saves,
        Self::Done,
        Self::Lost,
        Self::NeedsAuthorization,
        Self::Failed,
    ];

    fn say(self, more: &dyn Display) {
        println!("\n{self:?}: {more}");
        io::stdout().flush().unwrap();
    }

    pub(super) fn read(line: &str) -> Option<Self> {
        let word = line.split_once(':')?.0;
        Self::ALL
            .into_iter()
            .find(|known| format!("{known:?}") == word)
    }
}

/// A store whose leases are shorter than a client wants them, and which takes its time.
#[derive(Debug)]
struct Hurried {
    tokens: RedisTokens,
    lease: Duration,
    slowness: [Duration; 3],
}

impl TokenStore for Hurried {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        self.tokens.load()
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        self.tokens.save(tokens)
    }

    fn replace(&self, old: &Tokens, new: &Tokens) -> Result<(), StoreError> {
        Notice::Saves.say(&"");
        thread::sleep(self.slowness[1]);
        self.tokens.replace(old, new)?;
        thread::sleep(self.slowness[2]);
        Ok(())
    }

    fn prepare(&self) -> Result<(), StoreError> {
        self.tokens.prepare()
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        self.tokens.lease(time.min(self.lease))
    }

    fn release(&self) -> Result<(), StoreError> {
        self.tokens.release()
    }
}

/// A client of either kind.
enum Client {
    Async(sonet_async::Client, tokio::runtime::Runtime),
    Blocking(sonet_blocking::Client),
}

impl Client {
    fn call(&self) -> Result<(), Error> {
        let method = Get::new();
        match self {
            Self::Async(client, runtime) => runtime.block_on(client.call(&method)).map(drop),
            Self::Blocking(client) => client.call(&method).map(drop),
        }
    }
}

pub(super) fn run(orders: &str) {
    let parts: Vec<_> = orders.split(' ').collect();
    let [
        kind,
        redis,
        portal,
        client_id,
        client_secret,
        lease,
        ask,
        save,
        end,
    ] = parts[..]
    else {
        panic!("no orders")
    };
    let time = |text: &str| Duration::from_millis(text.parse().unwrap());
    let tokens = RedisTokens::new(Redis::open(redis).unwrap(), portal, client_id).unwrap();
    let first = tokens.load().unwrap().expect("tokens are there");
    let store = Arc::new(Hurried {
        tokens,
        lease: time(lease),
        slowness: [ask, save, end].map(time),
    });
    let app = App::new(client_id, client_secret);
    let asking = store.slowness[0];
    let config = Config::app(app.token_server(portal).unwrap(), first)
        .unwrap()
        .token_store(store)
        .rate(Rate::UNLIMITED)
        .on_progress(move |progress: &Progress<'_>| {
            let is_refresh = progress.method == "oauth/token";
            if is_refresh && matches!(progress.event, ProgressEvent::Sending) {
                Notice::Asks.say(&progress.attempt);
                thread::sleep(asking);
            }
        });
    let client = if kind == "1" {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        Client::Async(sonet_async::Client::new(config).unwrap(), runtime)
    } else {
        Client::Blocking(sonet_blocking::Client::new(config).unwrap())
    };
    Notice::Ready.say(&"");
    for _ in io::stdin().lock().lines() {
        match client.call() {
            Ok(()) => Notice::Done.say(&""),
            Err(error) if error.to_string().contains("was never saved") => Notice::Lost.say(&error),
            Err(error) if error.needs_authorization() => Notice::NeedsAuthorization.say(&error),
            Err(error) => Notice::Failed.say(&error),
        }
    }
}
