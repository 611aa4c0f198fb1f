//! An application on axum: installed, authorized by a user, started again, and uninstalled.
//!
//! ```text
//! cargo run -p sonet-async --features axum --example oauth_axum
//! ```
//!
//! A simulated portal inside this program plays the vendor's part, and another file the user's browser. It ends by itself. What an application copies is everything above `main`.

#[path = "support/browser.rs"]
mod browser;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, RawQuery, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use sonet_async::axum::{ApplicationTokens, Unverified, Verified};
use sonet_async::events::Event;
use sonet_async::serde_json::{Value, json};
use sonet_async::sonet_group::Create;
use sonet_async::{App, Callback, Client, Config, FileStore, Installation, MemoryStore, Raw};
use sonet_async::{StoreError, TokenStore as _};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// What the handlers need.
#[derive(Clone)]
struct Application {
    app: App,
    url: String,
    portal: String,
    /// Where tokens are kept: one file per portal, which a database replaces by a `TokenStore` of its own.
    folder: PathBuf,
    queue: mpsc::Sender<Event>,
}

impl Application {
    fn store(&self, member_id: &str) -> Result<FileStore, Refused> {
        Ok(FileStore::of_portal(&self.folder, member_id)?)
    }

    /// A client of a portal, from what is stored alone.
    fn client(&self, member_id: &str) -> Result<Client, Refused> {
        let store = self.store(member_id)?;
        let tokens = store.load()?.ok_or("the portal has no tokens")?;
        let config = Config::app(self.app.clone(), tokens)?.token_store(store);
        Ok(Client::new(config)?)
    }
}

/// Where `Verified` finds the application token of a portal.
impl FromRef<Application> for ApplicationTokens {
    fn from_ref(application: &Application) -> Self {
        let application = application.clone();
        Self::by_portal(move |member_id| {
            // Whoever makes up an identifier is not known.
            let store = application.store(&member_id).ok();
            async move {
                let tokens = store.map(|store| store.load()).transpose()?.flatten();
                Ok(tokens.and_then(|tokens| tokens.application_token))
            }
        })
    }
}

/// Takes the event of an installation, which anybody can send: it brings the token that events are verified by.
async fn install(State(own): State<Application>, event: Unverified) -> Result<(), Refused> {
    let installation = Installation::parse(&event.0)?;
    let member_id = installation.member_id().to_owned();
    let proven = Arc::new(MemoryStore::new());
    let config = Config::installed(own.app.clone(), installation)?;
    let client = Client::new(config.token_store(proven.clone()))?;
    // The first call asks the token server, and fails if the event is forged.
    if who(&client).await?["ADMIN"] != true {
        return Err("an ordinary user has tokens to send this event with, too".into());
    }
    let tokens = proven.tokens().ok_or("the call has got them")?;
    own.store(&member_id)?.save(&tokens)?;
    let handler = format!("{}/events", own.url);
    for name in ["onSonetGroupAdd", "onAppUninstall"] {
        let bind = json!({ "event": name, "handler": handler });
        client.call(&Raw::new("event.bind", bind)).await?;
    }
    let application_token = tokens.application_token.ok_or("the event has brought it")?;
    Ok(own.queue.send(event.0.verify(&application_token)?).await?)
}

/// Sends a user's browser to the portal. What the cookie holds comes back with it: nobody can slip a code in.
async fn login(State(own): State<Application>) -> Result<Response, Refused> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| error.to_string())?;
    let state = format!("{:032x}", u128::from_ne_bytes(random));
    let page = own.app.authorization_address(&own.portal, &state)?;
    // With `Secure` as well, where the application is reached over https.
    let cookie = format!("state={state}; HttpOnly; SameSite=Lax; Path=/back; Max-Age=600");
    Ok(([(SET_COOKIE, cookie)], Redirect::to(&page)).into_response())
}

/// Takes the browser back, with a code for tokens. An administrator's replace the ones of the installation.
async fn back(
    State(own): State<Application>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<String, Refused> {
    let cookies = headers.get(COOKIE).ok_or("there is no cookie")?.to_str()?;
    let mut cookies = cookies.split("; ");
    let state = cookies.find_map(|cookie| cookie.strip_prefix("state="));
    let callback = Callback::parse(&query.unwrap_or_default(), state.unwrap_or_default())?;
    let store = own.store(callback.member_id.as_deref().unwrap_or_default())?;
    let given = Arc::new(MemoryStore::new());
    let config = Config::authorized(own.app.clone(), callback).token_store(given.clone());
    let profile = who(&Client::new(config)?).await?;
    // Nobody else's tokens may take the place of the ones that the application works with.
    if profile["ADMIN"] == true {
        let mut tokens = given.tokens().ok_or("the call has got them")?;
        // Only an installation brings the token that events are verified by.
        tokens.application_token = store.load()?.and_then(|kept| kept.application_token);
        store.save(&tokens)?;
    }
    Ok(format!("welcome, {}", profile["NAME"]))
}

/// Passes an event on, and is done: the portal sends it once, and asks a slow handler less often.
async fn receive(State(own): State<Application>, Verified(event): Verified) -> StatusCode {
    let queued = own.queue.try_send(event);
    queued.map_or(StatusCode::SERVICE_UNAVAILABLE, |()| StatusCode::OK)
}

async fn who(client: &Client) -> Result<Value, sonet_async::Error> {
    client.call(&Raw::new("profile", json!({}))).await
}

/// Why a request is refused: for the log, and not for whoever has sent it.
#[derive(Debug)]
struct Refused(StoreError);

impl<E: Into<StoreError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        eprintln!("refused     {}", self.0);
        StatusCode::FORBIDDEN.into_response()
    }
}

#[tokio::main]
async fn main() -> Result<(), Refused> {
    let portal = sonet_portal::Portal::builder().start()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    // What the form of an application asks for: where the event of its installation goes, and where users come back to.
    let (install_at, back_at) = (format!("{url}/install"), format!("{url}/back"));
    let scopes = ["sonet_group", "user"];
    let form = portal.with(|portal| portal.register_app(&install_at, Some(&back_at), &scopes));
    let (queue, mut events) = mpsc::channel(100);
    let folder = tempfile::tempdir()?;
    let own = Application {
        app: App::new(&form.client_id, form.client_secret).token_server(&portal.url())?,
        url,
        portal: portal.url(),
        folder: folder.path().to_owned(),
        queue,
    };
    let router = Router::new()
        .route("/install", post(install))
        .route("/login", get(login))
        .route("/back", get(back))
        .route("/events", post(receive))
        .with_state(own.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });

    portal.install_app(&form.client_id, 1);
    let installed = next(&mut events).await?;
    let member_id = installed.auth().member_id.as_deref().unwrap_or_default();
    println!("installed   on portal {member_id}");
    let login = format!("{}/login", own.url);
    let welcome = tokio::task::spawn_blocking(move || browser::open(login)).await??;
    println!("authorized  {welcome}");
    let client = own.client(member_id)?;
    let kept = own.store(member_id)?.load()?.ok_or("they are kept")?;
    portal.with(|portal| portal.expire_token(kept.access_token.expose()));
    let group = client.call(&Create::new("Rust")).await?;
    println!("refreshed   the tokens, and created group {group}");
    println!("told        {:?}", next(&mut events).await?.name());
    client.close().await?;
    // The program ends and starts again: all that is left is what was stored.
    let client = own.client(member_id)?;
    let name = who(&client).await?["NAME"].clone();
    println!("restarted   {name} does not have to authorize it again");
    portal.uninstall_app(&form.client_id, true);
    if let Event::AppUninstalled(_) = next(&mut events).await? {
        own.store(member_id)?.remove()?;
    }
    let gone = own.client(member_id).is_err();
    println!("uninstalled, and no tokens are left: {gone}");
    Ok(())
}

async fn next(events: &mut mpsc::Receiver<Event>) -> Result<Event, Refused> {
    let event = timeout(Duration::from_secs(10), events.recv()).await?;
    Ok(event.ok_or("the server has ended")?)
}
