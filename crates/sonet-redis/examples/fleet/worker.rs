//! One process of several: what a program of yours would have.

use std::env;
use std::error::Error;
use std::process::Command;
use std::time::{Duration, Instant};

use sonet_async::sonet_group::Get;
use sonet_async::{App, Client, Config, Limits, Rate, TokenStore as _};
use sonet_redis::{Redis, RedisLimits, RedisTokens};

/// How many calls a worker makes, and how many of them at once.
const CALLS: usize = 40;
const AT_ONCE: usize = 4;

/// What a process has to know, and nothing that it would have to share by itself.
pub(crate) struct Settings {
    pub(crate) number: usize,
    pub(crate) redis_url: String,
    pub(crate) portal_url: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

/// A client whose limits and tokens are on Redis.
fn client(settings: &Settings) -> Result<Client, Box<dyn Error + Send + Sync>> {
    let redis = Redis::open(&settings.redis_url)?;

    // The newest pair is the one that is in Redis, whoever got it.
    let store = RedisTokens::new(redis.clone(), &settings.portal_url, &settings.client_id)?;
    let tokens = store
        .load()?
        .ok_or("no user has authorized the application")?;

    // The simulated portal's limit; a portal in the cloud has `Rate::STANDARD`.
    let rate = Rate::STANDARD.every(Duration::from_millis(100));
    let limits = Limits::stored(rate, RedisLimits::new(redis));

    let app = App::new(&settings.client_id, settings.client_secret.as_str())
        .token_server(&settings.portal_url)?;
    let config = Config::app(app, tokens)?.token_store(store).limits(limits);
    Ok(Client::new(config)?)
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run(settings: &Settings) -> Result<(), Box<dyn Error + Send + Sync>> {
    let client = client(settings)?;
    let began = Instant::now();
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                for _ in 0..CALLS / AT_ONCE {
                    let _ = client.call(&Get::new()).await?;
                }
                Ok::<_, sonet_async::Error>(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    let took = began.elapsed();
    println!(
        "worker {} made {CALLS} calls in {took:.1?}",
        settings.number
    );
    Ok(())
}

impl Settings {
    /// What a worker was started with; `None` in the process that starts them.
    pub(crate) fn from_env() -> Option<Self> {
        let number = env::var("FLEET_WORKER").ok()?.parse().ok()?;
        let var = |name: &str| env::var(name).ok();
        Some(Self {
            number,
            redis_url: var("REDIS_URL")?,
            portal_url: var("FLEET_PORTAL")?,
            client_id: var("FLEET_CLIENT_ID")?,
            client_secret: var("FLEET_CLIENT_SECRET")?,
        })
    }

    pub(crate) fn pass_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("FLEET_WORKER", self.number.to_string())
            .env("REDIS_URL", &self.redis_url)
            .env("FLEET_PORTAL", &self.portal_url)
            .env("FLEET_CLIENT_ID", &self.client_id)
            .env("FLEET_CLIENT_SECRET", &self.client_secret)
    }
}
