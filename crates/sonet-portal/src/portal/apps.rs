//! Applications and what they are given: tokens, codes, handlers of events.

use crate::domain::app::{App, Installation};
use crate::domain::dates;
use crate::domain::events::{AppEvent, Binding};
use crate::domain::number::number;
use crate::methods::address::Address;
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

    /// Adds an application that is not installed yet: [`Portal::install_app`] installs it, and tells the handler.
    pub fn register_app(
        &mut self,
        install_handler: &str,
        redirect_uri: Option<&str>,
        scopes: &[&str],
    ) -> App {
        let mut app = self.rest.grants.add_app(redirect_uri, scopes);
        app.install_handler = Some(install_handler.to_owned());
        app.installation = Installation::Missing;
        if let Some(own) = self.rest.grants.app_mut(&app.client_id) {
            own.clone_from(&app);
        }
        app
    }

    /// Returns an application to change, for example to let it be unpaid.
    pub fn app_mut(&mut self, client_id: &str) -> Option<&mut App> {
        self.rest.grants.app_mut(client_id)
    }

    /// Installs an application, as a user does by hand, or finishes its installation, and tells its handlers
    /// (`ONAPPINSTALL`): the one that [`App::install_handler`] names, and those that it has bound. The portal is told by
    /// this address, such as `https://portal.example.com`, unless a rule names another one. An application that was not
    /// installed gets a new application token. `false` if there is no such application or user.
    pub fn install_app(
        &mut self,
        client_id: &str,
        user_id: impl TryInto<u64>,
        address: &str,
        now: SystemTime,
    ) -> bool {
        let user_id = number(user_id);
        if self.state.active_user(user_id).is_none() {
            return false;
        }
        let Some(app) = self.rest.grants.install(client_id) else {
            return false;
        };
        self.tell_app(&app, AppEvent::Installed { user_id }, address, now);
        true
    }

    /// Updates an installed application, as a user does by hand, and tells the handlers that it has bound (`ONAPPUPDATE`). It
    /// gets a new application token each time, which no page promises and a handler has to be ready for. `false` if it is
    /// not installed, or if there is no such user.
    pub fn update_app(
        &mut self,
        client_id: &str,
        user_id: impl TryInto<u64>,
        address: &str,
        now: SystemTime,
    ) -> bool {
        let user_id = number(user_id);
        if self.state.active_user(user_id).is_none() {
            return false;
        }
        let Some(app) = self.rest.grants.update(client_id) else {
            return false;
        };
        self.tell_app(&app, AppEvent::Updated { user_id }, address, now);
        true
    }

    /// Uninstalls an application, as a user does by hand, and tells the handlers that it has bound (`ONAPPUNINSTALL`), which
    /// are gone then. `clean` says that the application's data are to be deleted, too. `false` if it is not installed.
    pub fn uninstall_app(
        &mut self,
        client_id: &str,
        clean: bool,
        address: &str,
        now: SystemTime,
    ) -> bool {
        let Some(app) = self.rest.grants.uninstall(client_id) else {
            return false;
        };
        self.tell_app(&app, AppEvent::Uninstalled { clean }, address, now);
        let handlers = &mut self.rest.handlers;
        handlers.remove(|binding| binding.app.as_deref() == Some(client_id));
        true
    }

    fn tell_app(&mut self, app: &App, event: AppEvent, address: &str, now: SystemTime) {
        let rule = |rule: &Option<String>| {
            rule.as_deref()
                .unwrap_or(address)
                .trim_end_matches('/')
                .to_owned()
        };
        let address = Address::new(rule(&self.rules.address), rule(&self.rules.auth_server));
        let now = dates::unix_seconds(now + self.skew);
        self.rest
            .announce_app(&self.rules, app, event, &address, now);
    }

    /// Makes a pair of tokens of an application for a user, as the token server does.
    pub fn issue_tokens(
        &mut self,
        client_id: &str,
        user_id: impl TryInto<u64>,
        now: SystemTime,
    ) -> Option<Tokens> {
        let user_id = number(user_id);
        let app = self.rest.grants.app(client_id)?.clone();
        self.rest
            .grant(&app, user_id, None, dates::unix_seconds(now + self.skew))
    }

    /// Makes a code of an application for a user, as the page that asks the user does.
    pub fn issue_code(
        &mut self,
        client_id: &str,
        user_id: impl TryInto<u64>,
        now: SystemTime,
    ) -> Option<String> {
        let user_id = number(user_id);
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
