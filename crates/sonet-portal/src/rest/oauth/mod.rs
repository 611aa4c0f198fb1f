//! The token server, and the page on which a user lets an application in.

mod authorize;
mod grants;
mod refusal;
mod token;

pub(crate) use grants::{ACCESS_SECONDS, Grants};

use crate::domain::app::App;
use crate::domain::dates;
use crate::portal::Portal;
use crate::rest::credentials::Credential;
use crate::rest::http::Response;
use crate::rest::parsed::ParsedRequest;
use grants::Grant;
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

/// How often a refresh token was shown to the token server.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Refreshes {
    granted: u64,
    refused: u64,
}

impl Portal {
    /// Answers what isn't the REST interface but belongs to signing in.
    pub(crate) fn oauth(
        &mut self,
        prepared: &ParsedRequest<'_>,
        now: SystemTime,
    ) -> Option<Response> {
        let request = prepared.request;
        let path = request.path().trim_end_matches('/');
        if !matches!(path, "/oauth/authorize" | "/oauth/token") {
            return None;
        }
        let now = dates::unix_seconds(now);
        Some(match (path, request.method()) {
            (_, method) if !matches!(method, "GET" | "HEAD" | "POST") => Response::page(405),
            ("/oauth/authorize", _) => {
                authorize::answer(self, prepared, &self.address(request), now)
            }
            _ => token::answer(self, prepared, now),
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

    /// The application behind a credential.
    pub(crate) fn app_of(&self, credential: &Credential) -> Option<&App> {
        self.grants.app(credential.client_id()?)
    }

    /// Returns the application that every portal has. The long-lived tokens are its own.
    #[must_use]
    pub fn app(&self) -> &App {
        self.grants.built_in()
    }

    /// Returns all applications: the one that every portal has, and those that were added.
    pub fn apps(&self) -> impl Iterator<Item = &App> {
        self.grants.apps()
    }

    /// Adds an installed application. Without a redirect URI users are shown their code.
    pub fn add_app(&mut self, redirect_uri: Option<&str>, scopes: &[&str]) -> App {
        self.grants.add_app(redirect_uri, scopes)
    }

    /// Returns an application to change, for example to uninstall.
    pub fn app_mut(&mut self, client_id: &str) -> Option<&mut App> {
        self.grants.app_mut(client_id)
    }

    /// Makes a pair of tokens of an application for a user, as the token server does.
    pub fn issue_tokens(
        &mut self,
        client_id: &str,
        user_id: u64,
        now: SystemTime,
    ) -> Option<Tokens> {
        let app = self.grants.app(client_id)?.clone();
        self.grant(&app, user_id, None, dates::unix_seconds(now + self.skew))
    }

    /// Makes a code of an application for a user, as the page that asks the user does.
    pub fn issue_code(&mut self, client_id: &str, user_id: u64, now: SystemTime) -> Option<String> {
        let client_id = self.grants.app(client_id)?.client_id.clone();
        self.state.users.get(&user_id)?;
        let now = dates::unix_seconds(now + self.skew);
        let grant = Grant {
            client_id,
            user_id,
            portal: None,
        };
        Some(self.grants.add_code(grant, now))
    }

    /// Lets an access token expire at once; `false` if there is no such token.
    pub fn expire_token(&mut self, token: &str) -> bool {
        self.credentials.expire(token)
    }

    /// Returns how many times the token server made a new pair of tokens for a refresh token
    /// (`grant_type=refresh_token`) since the start, be the answer lost or not.
    #[must_use]
    pub fn tokens_refreshed(&self) -> u64 {
        self.refreshes.granted
    }

    /// Returns how many times the token server refused to, for whatever reason.
    #[must_use]
    pub fn refreshes_refused(&self) -> u64 {
        self.refreshes.refused
    }

    /// Returns the portal's identifier, which stays the same under every address.
    #[must_use]
    pub fn member_id(&self) -> &str {
        self.grants.member_id()
    }
}
