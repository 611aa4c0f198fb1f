//! The token server, and the page on which a user lets an application in.

mod authorize;
mod grants;
mod refusal;
mod token;

pub(crate) use grants::{Grant, Grants, Refreshes};

use crate::domain::app::App;
use crate::domain::credential::ACCESS_SECONDS;
use crate::domain::dates;
use crate::rest::http::Response;
use crate::rest::interface::{Environment, Rest};
use crate::rest::parsed::ParsedRequest;
use std::fmt;
use std::time::SystemTime;

/// A pair of tokens.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tokens {
    /// The token that calls are made with, for an hour.
    pub access_token: String,
    /// The token that the next pair is got with, once.
    pub refresh_token: String,
}

impl fmt::Debug for Tokens {
    /// Shows no token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

impl Rest {
    /// Answers what isn't the REST interface but belongs to signing in.
    pub(crate) fn oauth(
        &mut self,
        environment: &Environment<'_>,
        parsed: &ParsedRequest<'_>,
        now: SystemTime,
    ) -> Option<Response> {
        let request = parsed.request;
        let path = request.path().trim_end_matches('/');
        if !matches!(path, "/oauth/authorize" | "/oauth/token") {
            return None;
        }
        let now = dates::unix_seconds(now);
        Some(match (path, request.method()) {
            (_, method) if !matches!(method, "GET" | "HEAD" | "POST") => Response::page(405),
            ("/oauth/authorize", _) => authorize::answer(self, environment, parsed, now),
            _ => token::answer(self, environment, parsed, now),
        })
    }

    /// Gives a user of an application a new pair of tokens. `portal` is the address under which the
    /// user let the application in, as far as it is known.
    pub(crate) fn grant(
        &mut self,
        app: &App,
        user_id: u64,
        portal: Option<String>,
        now: i64,
    ) -> Option<Tokens> {
        let lifetime = (now, now + ACCESS_SECONDS);
        let access_token = self.credentials.add_app_token(user_id, app, lifetime)?;
        let client_id = app.client_id.clone();
        let grant = Grant {
            client_id,
            user_id,
            portal,
        };
        let refresh_token = self.grants.add_refresh(grant, now);
        Some(Tokens {
            access_token,
            refresh_token,
        })
    }
}
