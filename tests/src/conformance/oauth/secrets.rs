//! What must not be shown of an application.

use sonet_core::{Callback, Config, Rate, Tokens};
use sonet_portal::Fault;
use sonet_types::sonet_group::Get;

use crate::conformance::application::Application;
use crate::conformance::caller::Caller;
use crate::conformance::canned::Canned;
use crate::conformance::log_capture;
use crate::conformance::secrets::{parrot, parrot_in_an_error, told};
use crate::conformance::world::World;

/// All that a pair of tokens must not show.
fn secrets(tokens: &Tokens) -> [String; 2] {
    [&tokens.access_token, &tokens.refresh_token].map(|secret| secret.expose().to_owned())
}

fn nothing_shows_a_secret_of_an_application<C: Caller>(world: &World) {
    log_capture::start();
    let application = Application::of(world);
    let admin = world.admin();
    let back = application.let_in(admin, "s");
    let code = back
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let callback = Callback::parse(&back, "s").unwrap();
    let tokens = application.expired();
    let (config, store) = application.stored(tokens.clone());
    let app = application.app();
    let mut shown = vec![format!(
        "{app:?}\n{callback:?}\n{tokens:?}\n{config:#?}\n{store:?}"
    )];
    shown.push(told(&Callback::parse(&back, "other").unwrap_err()));
    let client = C::new(config).unwrap();
    let _ = client.call(&Get::new()).unwrap();
    let mut secrets: Vec<_> = secrets(&tokens).into();
    secrets.extend(self::secrets(&store.tokens().unwrap()));
    secrets.extend([code.to_owned(), application.client_secret().to_owned()]);
    shown.push(format!("{client:?}\n{client:#?}\n{store:#?}"));
    for fault in [Fault::Reset, Fault::Garbage, Fault::Page(502)] {
        let faults = world.server().faults();
        faults.clear();
        faults.on("oauth/token").after(fault);
        let tokens = application.expired();
        secrets.extend(self::secrets(&tokens));
        let clients = [
            application.config(tokens),
            Config::authorized(app.clone(), callback.clone()),
        ];
        for config in clients {
            let client = C::new(config).unwrap();
            shown.push(told(&client.call(&Get::new()).unwrap_err()));
        }
    }
    // A token server that repeats what it was asked.
    for (status, script) in [
        (400, parrot_in_an_error as fn(&str) -> String),
        (502, parrot),
    ] {
        let server = Canned::answering(status, script);
        let app = application.app().token_server(&server.url()).unwrap();
        let tokens = application.expired();
        secrets.extend(self::secrets(&tokens));
        for config in [
            Config::app(app.clone(), tokens).unwrap(),
            Config::authorized(app, callback.clone()),
        ] {
            let client = C::new(config.rate(Rate::UNLIMITED)).unwrap();
            shown.push(told(&client.call(&Get::new()).unwrap_err()));
        }
    }
    shown.push(log_capture::finish());
    let shown = shown.join("\n");
    for secret in secrets {
        assert!(secret.len() > 10, "this is no secret");
        assert!(!shown.contains(&secret), "a secret got out");
    }
}

on_both_clients! {
    nothing_shows_a_secret_of_an_application,
}
