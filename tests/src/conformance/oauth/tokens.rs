//! Calls with the tokens of an application, and with new ones once they expire.

use sonet_core::{Callback, Config, Executed};
use sonet_types::UserId;
use sonet_types::sonet_group::{Create, Get};

use crate::conformance::application::Application;
use crate::conformance::caller::Caller;
use crate::conformance::world::World;

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
    let _ = client.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
    let new = store.tokens().unwrap();
    assert_ne!(new.access_token, old.access_token);
    assert_ne!(new.refresh_token, old.refresh_token);
    assert_eq!(new.user_id.map(UserId::from), Some(world.admin()));
    // The stored pair is worth something to the next start of the program.
    application.expire(&new);
    let next = C::new(application.config(new)).unwrap();
    let _ = next.call(&Get::new()).unwrap();
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
    let _ = client.call(&Get::new()).unwrap();
    assert_eq!(application.refreshes(), (1, 0));
}

fn a_code_is_good_for_one_client<C: Caller>(world: &World) {
    let application = Application::of(world);
    let callback = application.let_in(world.admin(), "s");
    let callback = Callback::parse(&callback, "s").unwrap();
    let client = || C::new(Config::authorized(application.app(), callback.clone())).unwrap();
    let _ = client().call(&Get::new()).unwrap();
    let late = client();
    for _ in 0..2 {
        let error = late.call(&Create::new("Mine")).unwrap_err();
        assert!(error.needs_authorization() && error.is_auth(), "{error}");
        assert_eq!((error.executed(), error.attempts()), (Executed::No, 0));
    }
    assert_eq!(world.executed("sonet_group.create"), 0);
}

on_both_clients_and_over_transports! {
    an_application_calls_as_the_user_of_its_tokens,
    an_expired_token_is_refreshed_and_the_call_repeated,
    a_user_lets_an_application_in,
    a_code_is_good_for_one_client,
}
