//! Programs that call as one application, with one pair of tokens in Postgres.
//!
//! ```text
//! DATABASE_URL=postgres://postgres:password@localhost/postgres cargo run -p sonet-example-postgres
//! cargo test -p sonet-example-postgres
//! ```
//!
//! A simulated portal inside this program lets the access token expire while three clients call. One of them gets a new pair,
//! and the others find it in the database. The test starts a Postgres of its own, where the machine has one.

mod pg_tokens;

#[cfg(all(test, unix))]
mod tests;

use std::sync::Barrier;
use std::thread;
use std::time::SystemTime;

use postgres::Config as Database;
use sonet_blocking::sonet_group::Get;
use sonet_blocking::{App, Client, Config, StoreError, TokenStore as _, Tokens};
use sonet_portal::{Portal, Server};

use pg_tokens::PgTokens;

/// An application of the simulated portal, and the tokens that a user's authorization gave it.
fn authorize(portal: &Server) -> Result<(App, Tokens), StoreError> {
    let (client_id, secret, pair) = portal.with(|portal| {
        let app = portal.add_app(None, &["sonet_group", "socialnetwork"]);
        let pair = portal.issue_tokens(&app.client_id, 1, SystemTime::now());
        (app.client_id, app.client_secret, pair)
    });
    let pair = pair.ok_or("the portal knows the application and the user")?;
    let app = App::new(client_id, secret).token_server(&portal.url())?;
    let tokens = Tokens::new(&portal.url(), pair.access_token, pair.refresh_token)?;
    Ok((app, tokens))
}

fn main() -> Result<(), StoreError> {
    let Ok(url) = std::env::var("DATABASE_URL") else {
        println!(
            "Set DATABASE_URL to a Postgres, such as one that is started for this and thrown away:"
        );
        println!();
        println!("    docker run --rm -p 5432:5432 -e POSTGRES_PASSWORD=password postgres");
        println!("    DATABASE_URL=postgres://postgres:password@localhost/postgres \\");
        println!("        cargo run -p sonet-example-postgres");
        return Ok(());
    };
    let database: Database = url.parse()?;
    let portal = Portal::builder().start()?;
    let (app, tokens) = authorize(&portal)?;
    // The portal is a new one each time, and so is what the pair is called.
    let name = format!("example on {}", portal.url());
    PgTokens::connect(database.clone(), &name)?.save(&tokens)?;
    portal.with(|portal| portal.expire_token(tokens.access_token.expose()));

    // Each has a store of its own, as if it were a process of its own.
    let barrier = Barrier::new(3);
    thread::scope(|scope| {
        let call = || -> Result<u64, StoreError> {
            let store = PgTokens::connect(database.clone(), &name)?;
            let config = Config::app(app.clone(), tokens.clone())?.token_store(store);
            let client = Client::new(config)?;
            barrier.wait();
            let page = client.call(&Get::new())?;
            Ok(page.total().unwrap_or(0))
        };
        let calls: Vec<_> = (0..3).map(|_| scope.spawn(call)).collect();
        for (number, call) in (1..).zip(calls) {
            match call.join() {
                Ok(Ok(groups)) => println!("client {number} sees {groups} groups"),
                Ok(Err(error)) => println!("client {number}: {error}"),
                Err(_) => println!("client {number} has panicked"),
            }
        }
    });
    let refreshes = portal.with(|portal| portal.tokens_refreshed());
    println!("the token server has given {refreshes} new pair");
    Ok(())
}
