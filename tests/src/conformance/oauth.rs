//! Applications: from tokens, from a code, with tokens that expire and token servers that fail.

use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use sonet_core::{Callback, Config, Executed, MemoryStore, Rate, StoreError, TokenStore, Tokens};
use sonet_portal::{Fault, Installation};
use sonet_types::UserId;
use sonet_types::sonet_group::{Create, Get};

use super::application::Application;
use super::caller::Caller;
use super::canned::Canned;
use super::log_capture;
use super::secrets::{parrot, parrot_in_an_error, told};
use super::world::World;

fn an_application_calls_as_the_user_of_its_tokens<C: Caller>(world: &World) {
    let application = Application::of(world);
    let user = world.employee();
    let client = C::new(application.config(application.tokens(user))).unwrap();
    let group = client.call(&Create::new("Mine")).unwrap();
    assert_eq!(world.owner(group), user);
    assert_eq!(application.refreshes(), (0, 0));
}

fn an_expired_token_is_refreshed_and_the_call_repeated<C: Caller>(world: &World) {
    let application = Application::of(world);
    let old = application.expired();
    let (config, store) = application.stored(old.clone());
    let client = C::new(config).unwrap();
    let group = client.call(&Create::new("Mine")).unwrap();
    assert_eq!(world.owner(group), world.admin());
    assert_eq!(world.executed("sonet_group.create"), 1);
    client.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
    let new = store.tokens().unwrap();
    assert_ne!(new.access_token, old.access_token);
    assert_ne!(new.refresh_token, old.refresh_token);
    assert_eq!(new.user_id.map(UserId::from), Some(world.admin()));
    // The stored pair is worth something to the next start of the program.
    application.expire(&new);
    let next = C::new(application.config(new)).unwrap();
    next.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (2, 0));
}

fn a_user_lets_an_application_in<C: Caller>(world: &World) {
    let application = Application::of(world);
    let user = world.employee();
    let (config, store) = application.authorized(user);
    let client = C::new(config).unwrap();
    let group = client.call(&Create::new("Mine")).unwrap();
    assert_eq!(world.owner(group), user);
    let tokens = store.tokens().unwrap();
    assert_eq!(tokens.portal().unwrap().to_string(), world.server().url());
    // As any other pair.
    application.expire(&tokens);
    client.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
}

fn a_code_is_good_for_one_client<C: Caller>(world: &World) {
    let application = Application::of(world);
    let callback = application.let_in(world.admin(), "s");
    let callback = Callback::parse(&callback, "s").unwrap();
    let client = || C::new(Config::authorized(application.app(), callback.clone())).unwrap();
    client().call(&Get::new()).unwrap();
    let late = client();
    for _ in 0..2 {
        let error = late.call(&Create::new("Mine")).unwrap_err();
        assert!(error.needs_authorization() && error.is_auth(), "{error}");
        assert_eq!((error.executed(), error.attempts()), (Executed::No, 0));
    }
    assert_eq!(world.executed("sonet_group.create"), 0);
}

fn a_refused_refresh_is_told_and_not_asked_for_again<C: Caller>(world: &World) {
    for (spoil, code) in [
        (
            (|app| app.installation = Installation::Missing) as fn(&mut sonet_portal::App),
            "invalid_client",
        ),
        (|app| app.paid = false, "PAYMENT_REQUIRED"),
        (|app| app.client_secret.push('x'), "invalid_client"),
    ] {
        let application = Application::of(world);
        let (_, before) = application.refreshes();
        let client = C::new(application.config(application.expired())).unwrap();
        application.change(spoil);
        for _ in 0..3 {
            let error = client.call(&Create::new("Mine")).unwrap_err();
            assert!(error.needs_authorization() && error.is_auth(), "{error}");
            assert_eq!(error.api().unwrap().code(), code);
            assert_eq!(error.executed(), Executed::No);
        }
        assert_eq!(application.refreshes().1, before + 1);
    }
    let application = Application::of(world);
    let tokens = application.expired();
    C::new(application.config(tokens.clone()))
        .unwrap()
        .call(&Get::new())
        .unwrap();
    let error = C::new(application.config(tokens))
        .unwrap()
        .call(&Get::new())
        .unwrap_err();
    assert!(error.needs_authorization(), "the refresh token was used");
    assert!(
        error
            .to_string()
            .contains("authorize the application again")
    );
}

const FAULTS: [Fault; 8] = [
    Fault::Reset,
    Fault::Truncate,
    Fault::Garbage,
    Fault::NotGzip,
    Fault::Page(502),
    Fault::Internal,
    Fault::QueryLimit,
    Fault::OperationTime,
];

fn a_refresh_that_did_not_happen_is_asked_for_again<C: Caller>(world: &World) {
    let application = Application::of(world);
    for (before, fault) in (0..).zip(FAULTS) {
        let client = C::new(application.config(application.expired())).unwrap();
        let faults = world.server().faults();
        faults.clear();
        faults.on("oauth/token").nth(1).before(fault.clone());
        client.call(&Get::new()).unwrap();
        assert_eq!(application.refreshes(), (before + 1, 0), "{fault}");
    }
}

fn a_lost_pair_is_told<C: Caller>(world: &World) {
    let application = Application::of(world);
    for (before, fault) in (0..).zip(FAULTS) {
        let client = C::new(application.config(application.expired())).unwrap();
        let faults = world.server().faults();
        faults.clear();
        faults.on("oauth/token").nth(1).after(fault.clone());
        let error = client.call(&Create::new("Mine")).unwrap_err();
        assert!(error.needs_authorization(), "{fault}: {error}");
        assert_eq!(error.executed(), Executed::No);
        assert_eq!(application.refreshes(), (before + 1, before + 1));
    }
    assert_eq!(world.executed("sonet_group.create"), 0);
}

fn a_token_server_that_fails_ends_the_call_and_not_the_client<C: Caller>(world: &World) {
    let application = Application::of(world);
    let client = C::new(application.config(application.expired())).unwrap();
    let faults = world.server().faults().on("oauth/token");
    faults.budget(3).before(Fault::Page(503));
    let error = client.call(&Create::new("Mine")).unwrap_err();
    assert!(!error.needs_authorization() && !error.is_auth(), "{error}");
    assert_eq!(error.executed(), Executed::No);
    client.call(&Create::new("Mine")).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
    assert_eq!(world.executed("sonet_group.create"), 1);
}

fn a_token_server_that_is_gone_is_told<C: Caller>(world: &World) {
    let application = Application::of(world);
    let gone = World::new();
    let app = application
        .app()
        .token_server(&gone.server().url())
        .unwrap();
    gone.server().shutdown();
    let config = Config::app(app, application.expired()).unwrap();
    let error = C::new(config).unwrap().call(&Get::new()).unwrap_err();
    assert!(error.is_connect() && !error.is_auth(), "{error}");
    assert!(error.to_string().contains("token server"), "{error}");
}

fn a_call_without_the_time_to_wait_leaves_the_refresh_to_the_others<C: Caller>(world: &World) {
    let application = Application::of(world);
    let config = application.config(application.expired());
    let client = C::new(config.call_timeout(Duration::from_millis(1_500))).unwrap();
    let faults = world.server().faults();
    // Some 400 bytes.
    let slow = Fault::Slow(Duration::from_millis(6));
    faults.on("oauth/token").after(slow);
    let error = client.call(&Create::new("Mine")).unwrap_err();
    assert!(
        error.is_deadline() && !error.needs_authorization(),
        "{error}"
    );
    assert_eq!(error.executed(), Executed::No);
    client.call(&Create::new("Mine")).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
    assert_eq!(world.executed("sonet_group.create"), 1);
}

fn what_another_client_got_is_used<C: Caller>(world: &World) {
    let application = Application::of(world);
    let tokens = application.expired();
    let store = Arc::new(MemoryStore::new());
    let client = || {
        let config = application.config(tokens.clone());
        C::new(config.token_store(Arc::clone(&store))).unwrap()
    };
    let (one, two) = (client(), client());
    one.call(&Get::new()).unwrap();
    two.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
    application.expire(&store.tokens().unwrap());
    two.call(&Get::new()).unwrap();
    one.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (2, 0));
}

/// Lets two clients meet an expired token at the same moment.
fn race<C: Caller>(config: impl Fn() -> Config + Sync) {
    let barrier = Barrier::new(2);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let client = C::new(config()).unwrap();
                barrier.wait();
                client.call(&Get::new()).unwrap();
            });
        }
    });
}

fn clients_that_race_for_one_pair_both_get_it<C: Caller>(world: &World) {
    let application = Application::of(world);
    let (_, store) = application.stored(application.expired());
    let tokens = store.tokens().unwrap();
    race::<C>(|| {
        let config = application.config(tokens.clone());
        config.token_store(Arc::clone(&store))
    });
    assert_eq!(application.refreshes(), (1, 0), "one waits for the other");
}

/// A store that knows no lease, and takes its time to save.
#[derive(Debug, Clone, Default)]
struct Slow(Arc<MemoryStore>);

impl TokenStore for Slow {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        self.0.load()
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        thread::sleep(Duration::from_millis(1_500));
        self.0.save(tokens)
    }
}

fn one_that_was_refused_waits_for_what_another_is_about_to_save<C: Caller>(world: &World) {
    let application = Application::of(world);
    // Some 400 bytes.
    let slow = Fault::Slow(Duration::from_millis(6));
    world.server().faults().on("oauth/token").after(slow);
    let (tokens, store) = (application.expired(), Slow::default());
    race::<C>(|| {
        application
            .config(tokens.clone())
            .token_store(store.clone())
    });
    assert_eq!(application.refreshes().0, 1);
}

fn processes_that_share_a_file_refresh_once<C: Caller>(world: &World) {
    let application = Application::of(world);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tokens.json");
    let tokens = application.expired();
    // A store each, as in processes of their own.
    race::<C>(|| {
        let config = application.config(tokens.clone());
        config.token_store(sonet_blocking::FileStore::new(&path))
    });
    assert_eq!(application.refreshes(), (1, 0));
    let store = sonet_async::FileStore::new(&path);
    let saved = store.load().unwrap().unwrap();
    C::new(application.config(saved))
        .unwrap()
        .call(&Get::new())
        .unwrap();
    assert_eq!(application.refreshes(), (1, 0), "it is the newest");
}

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
    client.call(&Get::new()).unwrap();
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
    an_application_calls_as_the_user_of_its_tokens,
    an_expired_token_is_refreshed_and_the_call_repeated,
    a_user_lets_an_application_in,
    a_code_is_good_for_one_client,
    a_refused_refresh_is_told_and_not_asked_for_again,
    a_refresh_that_did_not_happen_is_asked_for_again,
    a_lost_pair_is_told,
    a_token_server_that_fails_ends_the_call_and_not_the_client,
    a_token_server_that_is_gone_is_told,
    a_call_without_the_time_to_wait_leaves_the_refresh_to_the_others,
    what_another_client_got_is_used,
    clients_that_race_for_one_pair_both_get_it,
    one_that_was_refused_waits_for_what_another_is_about_to_save,
    processes_that_share_a_file_refresh_once,
    nothing_shows_a_secret_of_an_application,
}
