//! Who may call.

use serde_json::{Value, json};
use sonet_core::{Config, Error, Executed, Raw};
use sonet_portal::Installation;
use sonet_types::UserId;
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::{Create, Get};

use super::application::Application;
use super::caller::Caller;
use super::recording_proxy::RecordingProxy;
use super::secrets::{assert_shows_nothing, assert_tells_nothing};
use super::world::{World, number};

fn check(error: &Error, code: &str, status: u16) {
    let api = error.api().unwrap();
    assert_eq!(
        (api.code(), api.status().as_u16()),
        (code, status),
        "{error:?}"
    );
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(api.refusal(), None);
}

fn a_webhook_calls_as_its_user<C: Caller>(world: &World) {
    for user in [world.admin(), world.employee()] {
        let group = world.client::<C>(user).call(&Create::new("Mine")).unwrap();
        assert_eq!(world.owner(group), user);
    }
}

fn a_token_calls_as_its_user_and_stays_out_of_the_address<C: Caller>(world: &World) {
    let user = world.employee();
    let token = world.token(user);
    let client = C::token(&world.server().url(), &token).unwrap();
    let group = client.call(&Create::new("Mine")).unwrap();
    assert_eq!(world.owner(group), user);
    assert_shows_nothing(world, &client);
}

fn a_token_is_sent_in_the_body<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let token = world.token(world.admin());
    let client = C::token(&proxy.url(), &token).unwrap();
    let _ = client.call(&Get::new()).unwrap();
    let _ = client.call(&Get::new().is_admin(true)).unwrap();
    for request in proxy.requests() {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(body["auth"], token);
        assert!(
            !request.head.contains(&token),
            "the address is written to logs"
        );
    }
    assert_eq!(proxy.requests().len(), 2);
}

fn a_configured_client_calls_as_well<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let webhook = proxy.address_of(world, world.admin());
    let config = Config::webhook(&webhook)
        .unwrap()
        .user_agent("conformance/1");
    let client = C::new(config).unwrap();
    let _ = client.call(&Get::new()).unwrap();
    let head = &proxy.requests()[0].head;
    assert!(head.contains("user-agent: conformance/1"), "{head}");
    assert!(head.starts_with("post /rest/1/"));
}

fn a_wrong_secret_is_refused<C: Caller>(world: &World) {
    let webhook = format!("{}/rest/1/wrong1secret/", world.server().url());
    let error = C::webhook(&webhook)
        .unwrap()
        .call(&Create::new("Rust"))
        .unwrap_err();
    assert!(error.is_auth());
    check(&error, "INVALID_CREDENTIALS", 401);
    assert!(!format!("{error:?} {error}").contains("wrong1secret"));
    assert_eq!(world.executed_in_all(), 0);
}

fn another_users_secret_is_refused<C: Caller>(world: &World) {
    let webhook = world.webhook(world.admin()).replace("/rest/1/", "/rest/2/");
    let error = C::webhook(&webhook).unwrap().call(&Get::new()).unwrap_err();
    assert!(error.is_auth());
    check(&error, "INVALID_CREDENTIALS", 401);
    assert_tells_nothing(world, &error);
}

fn a_wrong_token_is_refused<C: Caller>(world: &World) {
    let client = C::token(&world.server().url(), "wrong1token").unwrap();
    let error = client.call(&Get::new()).unwrap_err();
    assert!(error.is_auth());
    check(&error, "invalid_token", 401);
    assert!(!format!("{client:?} {error:?} {error}").contains("wrong1token"));
}

fn an_uninstalled_application_is_refused<C: Caller>(world: &World) {
    let application = Application::of(world);
    let client = C::new(application.config(application.tokens(world.admin()))).unwrap();
    application.change(|app| app.installation = Installation::Missing);
    let error = client.call(&Get::new()).unwrap_err();
    assert!(error.is_auth() && !error.needs_authorization());
    check(&error, "ERROR_OAUTH", 401);
    assert_eq!(
        application.refreshes(),
        (0, 0),
        "its tokens are not to blame"
    );
}

fn a_dismissed_user_is_refused<C: Caller>(world: &World) {
    let client: C = world.client(world.dismissed_user());
    let error = client.call(&Get::new()).unwrap_err();
    assert!(error.is_auth());
    check(&error, "authorization_error", 401);
}

fn a_missing_scope_is_refused<C: Caller>(world: &World) {
    let (server, admin) = (world.server(), number(world.admin()));
    let webhook = server.webhook_with_scope(admin, &["socialnetwork"]);
    let token = server.token_with_scope(admin, &["socialnetwork"]);
    let clients = [
        C::webhook(&webhook.unwrap()).unwrap(),
        C::token(&server.url(), &token.unwrap()).unwrap(),
    ];
    for client in clients {
        let error = client.call(&Create::new("Rust")).unwrap_err();
        assert!(error.is_auth());
        check(&error, "insufficient_scope", 403);
        let _ = client.call(&workgroup::List::new()).unwrap();
    }
    let webhook = server.webhook_with_scope(admin, &["sonet_group"]);
    let client = C::webhook(&webhook.unwrap()).unwrap();
    let _ = client.call(&Get::new()).unwrap();
    let error = client.call(&workgroup::List::new()).unwrap_err();
    check(&error, "insufficient_scope", 403);
}

fn an_unknown_method_is_refused<C: Caller>(world: &World) {
    let call = Raw::new("sonet_group.teleport", json!({ "GROUP_ID": 1 }));
    let error = world.admin_client::<C>().call(&call).unwrap_err();
    check(&error, "ERROR_METHOD_NOT_FOUND", 404);
    assert!(!error.is_auth() && !error.is_invalid());
    assert_eq!(error.method(), Some("sonet_group.teleport"));
}

fn a_name_that_is_none_is_not_sent<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    for name in ["", "sonet_group/get", "../profile", "get?auth=1"] {
        let error = client.call(&Raw::new(name, json!({}))).unwrap_err();
        assert!(error.is_invalid(), "{name}: {error:?}");
    }
    assert_eq!(proxy.requests().len(), 0);
}

fn a_wrong_address_is_told_before_a_call<C: Caller>(world: &World) {
    let secret_in = world.webhook(world.admin());
    for address in [
        "",
        "http://example.com/rest/1/secret/",
        &secret_in.replace("/rest/", "/crm/"),
        &format!("{secret_in}?x=1"),
    ] {
        let error = C::webhook(address).unwrap_err();
        assert!(error.is_config(), "{error:?}");
        assert_eq!(error.executed(), Executed::No);
        assert_eq!(error.method(), None);
        assert_tells_nothing(world, &error);
    }
    assert!(C::token(&world.server().url(), "").unwrap_err().is_config());
}

fn an_administrator_reads_everything_by_name_as_well<C: Caller>(world: &World) {
    let call = |user: UserId| {
        let call = Raw::new("sonet_group.get", json!({ "IS_ADMIN": "Y" })).read_only();
        world.client::<C>(user).reply(&call).unwrap()
    };
    let all = call(world.admin());
    assert_eq!(all.total, Some(40));
    assert_eq!(all.result.as_array().unwrap().len(), 40);
    assert!(call(world.employee()).total < Some(40));
}

on_both_clients_and_over_transports! {
    a_webhook_calls_as_its_user,
    a_token_calls_as_its_user_and_stays_out_of_the_address,
    a_token_is_sent_in_the_body,
    a_configured_client_calls_as_well,
    a_wrong_secret_is_refused,
    another_users_secret_is_refused,
    a_wrong_token_is_refused,
    an_uninstalled_application_is_refused,
    a_dismissed_user_is_refused,
    a_missing_scope_is_refused,
    an_unknown_method_is_refused,
    a_name_that_is_none_is_not_sent,
    a_wrong_address_is_told_before_a_call,
    an_administrator_reads_everything_by_name_as_well,
}
