//! `/oauth/token/`: codes and refresh tokens become pairs of tokens.

use super::refusal::Denial;
use crate::domain::app::{App, Installation};
use crate::domain::credential::ACCESS_SECONDS;
use crate::rest::address::Addresses;
use crate::rest::http::Response;
use crate::rest::interface::{Environment, Rest};
use crate::rest::parsed::ParsedRequest;
use crate::wire::output::{Json, Object};

/// The `grant_type` of a refresh.
const REFRESH: &str = "refresh_token";

pub(super) fn answer(
    rest: &mut Rest,
    environment: &Environment<'_>,
    parsed: &ParsedRequest<'_>,
    now: i64,
) -> Response {
    let outcome = exchange(rest, environment, parsed, now);
    let params = parsed.params.as_ref().ok();
    if params
        .and_then(|params| params.text("grant_type"))
        .as_deref()
        == Some(REFRESH)
    {
        match outcome {
            Ok(_) => rest.refreshes.granted += 1,
            Err(_) => rest.refreshes.refused += 1,
        }
    }
    match outcome {
        Ok(body) => Response::json(200, Json::from(body).to_string()),
        Err(denial) => denial.response(environment.rules.oauth_error_status),
    }
}

/// What the application presents to get tokens.
enum Proof {
    Code(String),
    Refresh(String),
}

fn exchange(
    rest: &mut Rest,
    environment: &Environment<'_>,
    parsed: &ParsedRequest<'_>,
    now: i64,
) -> Result<Object, Denial> {
    let params = parsed.params.as_ref();
    let params = params.map_err(|_| Denial::InvalidRequest)?;
    let required = |name: &str| {
        let text = params.text(name).filter(|text| !text.is_empty());
        text.ok_or(Denial::InvalidRequest)
    };
    let proof = match required("grant_type")?.as_str() {
        "authorization_code" => Proof::Code(required("code")?),
        REFRESH => Proof::Refresh(required("refresh_token")?),
        _ => return Err(Denial::InvalidRequest),
    };
    let (client_id, secret) = (required("client_id")?, required("client_secret")?);
    let app = rest.grants.app(&client_id).ok_or(Denial::InvalidClient)?;
    if app.client_secret != secret || app.installation == Installation::Missing {
        return Err(Denial::InvalidClient);
    }
    if !app.paid {
        return Err(Denial::PaymentRequired);
    }
    if !scope_fits(app, &params.text("scope").unwrap_or_default()) {
        return Err(Denial::InvalidScope);
    }
    let app = app.clone();
    let (grant, refreshes) = match &proof {
        Proof::Code(code) => (rest.grants.take_code(code, &client_id, now), false),
        Proof::Refresh(token) => (rest.grants.take_refresh(token, &client_id, now), true),
    };
    let grant = grant
        .filter(|grant| environment.state.active_user(grant.user_id).is_some())
        .ok_or(Denial::InvalidGrant)?;
    let user_id = grant.user_id;
    let tokens = rest
        .grant(&app, user_id, grant.portal.clone(), now)
        .ok_or(Denial::InvalidGrant)?;
    let address = Addresses::of(environment).of_token_server(parsed.request, grant.portal);
    let mut body = Object::new()
        .with("access_token", tokens.access_token)
        .with("client_endpoint", address.client_endpoint())
        // Unlike in events, this is the token server's.
        .with("domain", address.server_domain());
    if refreshes {
        body.set("expires", now + ACCESS_SECONDS);
    }
    body = body
        .with("expires_in", ACCESS_SECONDS)
        .with("member_id", rest.grants.member_id())
        .with("refresh_token", tokens.refresh_token)
        .with("scope", app.scopes.join(","))
        .with("server_endpoint", address.server_endpoint())
        .with("status", app.status.code());
    if refreshes {
        body.set("user_id", Json::number(user_id));
    }
    Ok(body)
}

/// Whether an application has all scopes that it asks for, be they separated by commas or spaces.
fn scope_fits(app: &App, asked: &str) -> bool {
    let mut asked = asked.split([',', ' ']).filter(|scope| !scope.is_empty());
    asked.all(|scope| app.scopes.iter().any(|own| own == scope))
}
