//! Three processes that call one portal as one application, as if each ran on a machine of its own.
//!
//! ```text
//! cargo run -p sonet-redis --example fleet
//! REDIS_URL=redis://localhost/ cargo run -p sonet-redis --example fleet
//! ```
//!
//! They share the count of the portal's limit, so that it refuses none of them, and one pair of tokens, so that only one of
//! them refreshes it. `worker.rs` is what a program of yours would have; the rest is a stage for it: a simulated portal inside
//! this program and, unless `REDIS_URL` names one, a Redis that is started for it.

mod redis_server;
mod worker;

use std::error::Error;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant, SystemTime};
use std::{env, thread};

use sonet_async::{TokenStore as _, Tokens};
use sonet_portal::{Portal, Rate, Rules};
use sonet_redis::{Redis, RedisTokens};

use redis_server::RedisServer;
use worker::Settings;

/// How many processes there are.
const WORKERS: usize = 3;

fn main() -> ExitCode {
    let done = match Settings::from_env() {
        Some(settings) => worker::run(&settings),
        None => lead(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("failed: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Sets the stage, starts the workers, and tells what the portal has seen.
fn lead() -> Result<(), Box<dyn Error + Send + Sync>> {
    let named = env::var("REDIS_URL").ok();
    let server = if named.is_some() {
        None
    } else {
        RedisServer::start()?
    };
    let Some(redis_url) = named.or_else(|| server.as_ref().map(RedisServer::url)) else {
        println!("{}", redis_server::HOW_TO_START);
        return Ok(());
    };

    // The limit of a portal in the cloud, with a clock that is ten times faster: 50 requests at once, then 20 a second.
    let mut rules = Rules::default();
    rules.rate = Some(Rate::STANDARD.every(Duration::from_millis(100)));
    let portal = Portal::builder().groups(50).rules(rules).start()?;

    // A user authorizes the application, which has its tokens saved before anybody calls. They have expired meanwhile.
    let (app, pair) = portal.with(|portal| {
        let app = portal.add_app(None, &["sonet_group", "socialnetwork"]);
        let pair = portal.issue_tokens(&app.client_id, 1, SystemTime::now());
        (app, pair)
    });
    let pair = pair.ok_or("the portal knows the application and the user")?;
    portal.with(|portal| portal.expire_token(&pair.access_token));
    let tokens = Tokens::new(&portal.url(), pair.access_token, pair.refresh_token)?;
    RedisTokens::new(Redis::open(&redis_url)?, &portal.url(), &app.client_id)?.save(&tokens)?;

    let began = Instant::now();
    let start = |number: usize| {
        let settings = Settings {
            number,
            redis_url: redis_url.clone(),
            portal_url: portal.url(),
            client_id: app.client_id.clone(),
            client_secret: app.client_secret.clone(),
        };
        settings
            .pass_to(&mut Command::new(env::current_exe()?))
            .spawn()
    };
    let workers: Vec<_> = (1..=WORKERS).map(start).collect::<Result<_, _>>()?;
    // In the middle of the work, the token expires again.
    thread::sleep(Duration::from_secs(2));
    let newest =
        RedisTokens::new(Redis::open(&redis_url)?, &portal.url(), &app.client_id)?.load()?;
    let newest = newest.ok_or("there are tokens")?;
    portal.with(|portal| portal.expire_token(newest.access_token.expose()));
    let mut failed = 0;
    for mut worker in workers {
        failed += usize::from(!worker.wait()?.success());
    }

    let took = began.elapsed();
    portal.with(|portal| {
        let calls = portal.executed_of("sonet_group.get");
        println!("The portal answered {calls} calls in {took:.1?},");
        println!(
            "    refused {} of them for its limit,",
            portal.refused_for_rate()
        );
        println!(
            "    and gave {} new pairs of tokens.",
            portal.tokens_refreshed()
        );
    });
    match (failed, portal.with(|portal| portal.refused_for_rate())) {
        (0, 0) => Ok(()),
        (0, refused) => Err(format!("the portal refused {refused} calls").into()),
        (failed, _) => Err(format!("{failed} of {WORKERS} workers failed").into()),
    }
}
