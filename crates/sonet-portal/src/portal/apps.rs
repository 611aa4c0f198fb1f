//! Applications and what they are given: tokens, codes, handlers of events.

use crate::domain::app::App;
use crate::domain::dates;
use crate::domain::events::Binding;
use crate::portal::Portal;
use crate::rest::oauth::{Grant, Tokens};
use std::time::SystemTime;

impl Portal {
    /// Returns the application that every portal has. The long-lived tokens are its own.
    #[must_use]
    pub fn app(&self) -> &App {
        self.rest.grants.built_in()
    }

    /// Returns all applications: the one that every portal has, and those that were added.
    pub fn apps(&self) -> impl Iterator<Item = &App> {
        self.rest.grants.apps()
    }

    /// Adds an installed application. Without a redirect URI users are shown their code.
    pub fn add_app(&mut self, redirect_uri: Option<&str>, scopes: &[&str]) -> App {
        self.rest.grants.add_app(redirect_uri, scopes)
    }

    /// Returns an application to change, for example to uninstall.
    pub fn app_mut(&mut self, client_id: &str) -> Option<&mut App> {
        self.rest.grants.app_mut(client_id)
    }

    /// Makes a pair of tokens of an application for a user, as the token server does.
    pub fn issue_tokens(
        &mut self,
        client_id: &str,
        user_id: u64,
        now: SystemTime,
    ) -> Option<Tokens> {
        let app = self.rest.grants.app(client_id)?.clone();
        self.rest
            .grant(&app, user_id, None, dates::unix_seconds(now + self.skew))
    }

    /// Makes a code of an application for a user, as the page that asks the user does.
    pub fn issue_code(&mut self, client_id: &str, user_id: u64, now: SystemTime) -> Option<String> {
        let client_id = self.rest.grants.app(client_id)?.client_id.clone();
        self.state.users.get(&user_id)?;
        let now = dates::unix_seconds(now + self.skew);
        let grant = Grant {
            client_id,
            user_id,
            portal: None,
        };
        Some(self.rest.grants.add_code(grant, now))
    }

    /// Lets an access token expire at once; `false` if there is no such token.
    pub fn expire_token(&mut self, token: &str) -> bool {
        self.rest.credentials.expire(token)
    }

    /// Returns how many times the token server made a new pair of tokens for a refresh token
    /// (`grant_type=refresh_token`) since the start, be the answer lost or not.
    #[must_use]
    pub fn tokens_refreshed(&self) -> u64 {
        self.rest.refreshes.granted
    }

    /// Returns how many times the token server refused to, for whatever reason.
    #[must_use]
    pub fn refreshes_refused(&self) -> u64 {
        self.rest.refreshes.refused
    }

    /// Returns the portal's identifier, which stays the same under every address.
    #[must_use]
    pub fn member_id(&self) -> &str {
        self.rest.grants.member_id()
    }

    /// Adds an outgoing webhook for some events, as an administrator does by hand, and returns its
    /// application token.
    pub fn add_outgoing_webhook(&mut self, url: &str, events: &[&str]) -> String {
        let token = self.rest.grants.draw_token();
        for event in events {
            self.rest.handlers.add(Binding {
                event: event.to_ascii_uppercase(),
                url: url.to_owned(),
                app: None,
                application_token: Some(token.clone()),
                auth_type: 0,
                bound_by: 0,
                offline: false,
            });
        }
        token
    }
}
