//! The event of an installation, from the first word of it to a client, and what somebody else makes of it.

use std::sync::Arc;

use serde_json::json;
use sonet_core::{App, Config, Delivery, Installation, MemoryStore, Rate, Raw, Tokens};
use sonet_types::events::Event;
use sonet_types::sonet_group::{Create, Get};

use crate::conformance::application::Application;
use crate::conformance::caller::Caller;
use crate::conformance::world::World;

/// The body of the event, as the portal sends it to the application's handler.
fn installed(world: &World, application: &Application<'_>) -> String {
    application.change(|app| {
        app.install_handler = Some("http://127.0.0.1:1/".to_owned());
        app.installation = sonet_portal::Installation::Missing;
    });
    let (client_id, url) = (
        application.app().client_id().to_owned(),
        world.server().url(),
    );
    world.server().with(|portal| {
        let now = std::time::SystemTime::now();
        assert!(portal.install_app(&client_id, 1, &url, now));
        portal.take_deliveries().remove(0).body
    })
}

fn claim(body: &str) -> Installation {
    Installation::parse(&Delivery::parse(body).unwrap()).unwrap()
}

/// A client of an installation, and the store that it saves into.
fn client<C: Caller>(app: App, body: &str) -> (C, Arc<MemoryStore>) {
    let store = Arc::new(MemoryStore::new());
    let config = Config::installed(app, claim(body)).unwrap();
    let config = config.rate(Rate::UNLIMITED).token_store(Arc::clone(&store));
    (C::new(config).unwrap(), store)
}

fn application_token(world: &World, application: &Application<'_>) -> String {
    let client_id = application.app().client_id().to_owned();
    world.server().with(|portal| {
        portal
            .app_mut(&client_id)
            .unwrap()
            .application_token
            .clone()
    })
}

fn kept_token(tokens: &Tokens) -> &str {
    tokens.application_token.as_ref().unwrap().expose()
}

fn an_installation_is_confirmed_by_the_token_server_and_its_token_kept<C: Caller>(world: &World) {
    let application = Application::of(world);
    let body = installed(world, &application);
    let (client, store) = client::<C>(application.app(), &body);
    assert_eq!(
        store.tokens(),
        None,
        "nothing is kept that is not confirmed"
    );
    let group = client.call(&Create::new("Mine")).unwrap();
    assert_eq!(world.owner(group), world.admin());
    assert_eq!(application.refreshes(), (1, 0));

    let tokens = store.tokens().unwrap();
    let token = application_token(world, &application);
    assert_eq!(kept_token(&tokens), token);
    let member_id = world.server().with(|portal| portal.member_id().to_owned());
    assert_eq!(tokens.member_id, Some(member_id));

    // It stays with every later pair, and with that of a user who authorizes the application afterwards.
    application.expire(&tokens);
    let _ = client.call(&Get::new()).unwrap();
    let later = store.tokens().unwrap();
    assert_ne!(later.access_token, tokens.access_token);
    assert_eq!(kept_token(&later), token);
    let callback = application.let_in(world.employee(), "s");
    let callback = sonet_core::Callback::parse(&callback, "s").unwrap();
    let config = Config::authorized(application.app(), callback).rate(Rate::UNLIMITED);
    let next = C::new(config.token_store(Arc::clone(&store))).unwrap();
    let _ = next.call(&Get::new()).unwrap();
    let theirs = store.tokens().unwrap();
    assert_ne!(theirs.access_token, later.access_token);
    assert_eq!(kept_token(&theirs), token);
}

/// Of an update, neither the kept token nor anything else in the event is a proof.
fn an_update_is_confirmed_by_the_token_server_and_its_new_token_kept<C: Caller>(world: &World) {
    let application = Application::of(world);
    let body = installed(world, &application);
    let (client, store) = client::<C>(application.app(), &body);
    let bind = json!({ "event": "onAppUpdate", "handler": "http://127.0.0.1:1/" });
    let _ = client.call(&Raw::new("event.bind", bind)).unwrap();
    let kept = store.tokens().unwrap().application_token.unwrap();

    let (client_id, url) = (
        application.app().client_id().to_owned(),
        world.server().url(),
    );
    let body = world.server().with(|portal| {
        let now = std::time::SystemTime::now();
        assert!(portal.update_app(&client_id, 1, &url, now));
        portal.take_deliveries().remove(0).body
    });
    let delivery = Delivery::parse(&body).unwrap();
    let refused = delivery.verify::<Event>(&kept).unwrap_err();
    assert!(refused.is_unverified());

    let (client, store) = self::client::<C>(application.app(), &body);
    let group = client.call(&Create::new("Mine")).unwrap();
    assert_eq!(world.owner(group), world.admin());
    let tokens = store.tokens().unwrap();
    assert_eq!(kept_token(&tokens), application_token(world, &application));
    assert_ne!(kept_token(&tokens), kept.expose());
    let token = tokens.application_token.unwrap();
    let Event::AppUpdated(updated) = delivery.verify(&token).unwrap() else {
        panic!("{delivery:?} is of an update");
    };
    let data = updated.data.unwrap();
    assert_eq!(data.version.as_deref(), Some("2"));
    assert_eq!(data.previous_version.as_deref(), Some("1"));
}

fn a_forged_installation_keeps_nothing<C: Caller>(world: &World) {
    let application = Application::of(world);
    let body = installed(world, &application);
    let member_id = world.server().with(|portal| portal.member_id().to_owned());
    let refresh_token = claimed(&body, "refresh_token");
    for (forged, expected) in [
        // Tokens that nobody has given out.
        (body.replace(&refresh_token, "forged"), "invalid_grant"),
        // Good tokens of one portal, for another one.
        (body.replace(&member_id, "forged"), "names another portal"),
        // What was good for that is spent.
        (body.clone(), "invalid_grant"),
    ] {
        let (client, store) = client::<C>(application.app(), &forged);
        for _ in 0..2 {
            let error = client.call(&Create::new("Mine")).unwrap_err();
            assert!(error.needs_authorization(), "{error}");
            let shown = format!("{error} {error:?}");
            assert!(shown.contains(expected), "{shown}");
            assert!(!shown.contains(&refresh_token), "{shown}");
        }
        assert_eq!(store.tokens(), None);
    }
    assert_eq!(world.executed("sonet_group.create"), 0);
}

/// A server that the event names is not asked, and gets neither the secret key nor a token.
fn the_servers_in_an_event_are_not_believed<C: Caller>(world: &World) {
    let application = Application::of(world);
    let body = installed(world, &application);
    let (domain, url) = (claimed(&body, "domain"), world.server().url());
    let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let forged = elsewhere.local_addr().unwrap().to_string();
    let encoded = |host: &str| host.replace(':', "%3A");
    let body = body.replace(&encoded(&domain), &encoded(&forged));
    assert!(!body.contains(&encoded(&domain)));
    let (client, store) = client::<C>(application.app(), &body);
    let _ = client.call(&Get::new()).unwrap();
    assert_eq!(store.tokens().unwrap().portal().unwrap().to_string(), url);
    assert!(elsewhere.accept().is_err(), "it was asked");
}

/// A field of `auth`; its texts need no escapes, or keep them.
fn claimed(body: &str, name: &str) -> String {
    let key = format!("auth%5B{name}%5D=");
    let (_, rest) = body.split_once(&key).unwrap();
    let value = rest.split('&').next().unwrap();
    value.replace("%3A", ":")
}

on_both_clients! {
    an_installation_is_confirmed_by_the_token_server_and_its_token_kept,
    an_update_is_confirmed_by_the_token_server_and_its_new_token_kept,
    a_forged_installation_keeps_nothing,
    the_servers_in_an_event_are_not_believed,
}
