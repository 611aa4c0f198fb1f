//! `/oauth/authorize/`: a user lets an application in.
//!
//! The user is signed in already and agrees at once. Whatever goes wrong is told to the user on a
//! page, never to the application.

use super::grants::Grant;
use crate::domain::app::Installation;
use crate::rest::address::Addresses;
use crate::rest::http::Response;
use crate::rest::interface::{Environment, Rest};
use crate::rest::parsed::ParsedRequest;
use crate::wire::form;

pub(super) fn answer(
    rest: &mut Rest,
    environment: &Environment<'_>,
    parsed: &ParsedRequest<'_>,
    now: i64,
) -> Response {
    let address = Addresses::of(environment).of_request(parsed.request);
    let Ok(params) = &parsed.params else {
        return refused("The request could not be read.");
    };
    let client_id = params.text("client_id").unwrap_or_default();
    let user_id = environment.rules.browser_user;
    let Some(app) = rest.grants.app(&client_id) else {
        return refused("There is no such application. Check client_id.");
    };
    if app.installation == Installation::Missing {
        return refused("The application is not installed.");
    }
    if environment.state.active_user(user_id).is_none() || !app.admits(user_id) {
        return refused("You have no access to the application.");
    }
    let (client_id, redirect_uri) = (app.client_id.clone(), app.redirect_uri.clone());
    let scope = app.scopes.join(",");
    let grant = Grant {
        client_id,
        user_id,
        portal: Some(address.portal().to_owned()),
    };
    let code = rest.grants.add_code(grant, now);
    let Some(redirect_uri) = redirect_uri else {
        return Response::message(
            200,
            "Authorization",
            &format!("<p>Code: <code>{code}</code></p>"),
        );
    };
    let mut query = form::Encoder::default();
    query.add("code", &code);
    if let Some(state) = params.text("state") {
        query.add("state", &state);
    }
    query.add("domain", address.domain());
    query.add("member_id", rest.grants.member_id());
    query.add("scope", &scope);
    query.add("server_domain", address.server_domain());
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    let mut page = Response::page(302);
    page.push_header(
        "Location",
        format!("{redirect_uri}{joint}{}", query.finish()),
    );
    page
}

fn refused(reason: &str) -> Response {
    Response::message(400, "Authorization", &format!("<p>{reason}</p>"))
}
