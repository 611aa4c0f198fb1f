//! What applications were given: codes and refresh tokens.

use crate::domain::app::{App, Installation};
use crate::domain::credential::ALL_SCOPES;
use crate::domain::secrets::Secrets;
use crate::rest::expiring::ExpiringSecrets;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long a code lives.
const CODE_SECONDS: i64 = 30;

/// How long a refresh token lives: 180 days.
const REFRESH_SECONDS: i64 = 180 * 24 * 3_600;

/// What a code or a refresh token stands for.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) user_id: u64,
    /// The portal's address under which the user let the application in.
    #[serde(default)]
    pub(crate) portal: Option<String>,
}

/// All applications and what they were given.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Grants {
    #[serde(rename = "random")]
    secrets: Secrets,
    member_id: String,
    built_in: App,
    added: BTreeMap<String, App>,
    codes: ExpiringSecrets<Grant>,
    refresh: ExpiringSecrets<Grant>,
}

impl Grants {
    pub(crate) fn new(seed: Option<u64>) -> Self {
        let mut secrets = Secrets::new(seed, 0x0a17_0000);
        Self {
            member_id: secrets.draw(32),
            built_in: App::draw(&mut secrets, None, &ALL_SCOPES),
            added: BTreeMap::new(),
            codes: ExpiringSecrets::default(),
            refresh: ExpiringSecrets::default(),
            secrets,
        }
    }

    pub(crate) fn member_id(&self) -> &str {
        &self.member_id
    }

    pub(crate) fn built_in(&self) -> &App {
        &self.built_in
    }

    pub(crate) fn apps(&self) -> impl Iterator<Item = &App> {
        std::iter::once(&self.built_in).chain(self.added.values())
    }

    pub(crate) fn app(&self, client_id: &str) -> Option<&App> {
        if self.built_in.client_id == client_id {
            return Some(&self.built_in);
        }
        self.added.get(client_id)
    }

    pub(crate) fn app_mut(&mut self, client_id: &str) -> Option<&mut App> {
        if self.built_in.client_id == client_id {
            return Some(&mut self.built_in);
        }
        self.added.get_mut(client_id)
    }

    pub(crate) fn add_app(&mut self, redirect_uri: Option<&str>, scopes: &[&str]) -> App {
        let app = App::draw(&mut self.secrets, redirect_uri, scopes);
        self.added.insert(app.client_id.clone(), app.clone());
        app
    }

    /// Installs an application under a new application token, or finishes its installation.
    pub(crate) fn install(&mut self, client_id: &str) -> Option<App> {
        let token = self.secrets.draw(32);
        let app = self.app_mut(client_id)?;
        if app.installation == Installation::Missing {
            app.application_token = token;
        }
        app.installation = Installation::Finished;
        Some(app.clone())
    }

    /// Updates an application, which gets a new application token.
    pub(crate) fn update(&mut self, client_id: &str) -> Option<App> {
        let token = self.secrets.draw(32);
        let app = self.app_mut(client_id)?;
        if app.installation == Installation::Missing {
            return None;
        }
        app.application_token = token;
        app.version += 1;
        Some(app.clone())
    }

    /// Uninstalls an application: its codes and refresh tokens are worth nothing any more, whatever is installed later.
    pub(crate) fn uninstall(&mut self, client_id: &str) -> Option<App> {
        let app = self.app_mut(client_id)?;
        if app.installation == Installation::Missing {
            return None;
        }
        app.installation = Installation::Missing;
        let app = app.clone();
        self.codes.retain(|grant| grant.client_id != client_id);
        self.refresh.retain(|grant| grant.client_id != client_id);
        Some(app)
    }

    /// A secret for something else than an application.
    pub(crate) fn draw_token(&mut self) -> String {
        self.secrets.draw(32)
    }

    pub(crate) fn add_code(&mut self, grant: Grant, now: i64) -> String {
        let code = self.secrets.draw(32);
        let expires = now + CODE_SECONDS;
        self.codes.insert(code.clone(), grant, now, expires);
        code
    }

    pub(crate) fn add_refresh(&mut self, grant: Grant, now: i64) -> String {
        let token = self.secrets.draw(32);
        let expires = now + REFRESH_SECONDS;
        self.refresh.insert(token.clone(), grant, now, expires);
        token
    }

    /// Takes a code back; it is worth nothing from then on, whoever presents it.
    pub(crate) fn take_code(&mut self, code: &str, client_id: &str, now: i64) -> Option<Grant> {
        usable(self.codes.take(code, now), client_id)
    }

    /// Takes a refresh token back. One that another application presents stays.
    pub(crate) fn take_refresh(&mut self, token: &str, client_id: &str, now: i64) -> Option<Grant> {
        if self.refresh.get(token)?.client_id != client_id {
            return None;
        }
        usable(self.refresh.take(token, now), client_id)
    }
}

/// The grant, if the application may use it.
fn usable(grant: Option<Grant>, client_id: &str) -> Option<Grant> {
    grant.filter(|grant| grant.client_id == client_id)
}

/// How often a refresh token was presented to the token server.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Refreshes {
    pub(crate) granted: u64,
    pub(crate) refused: u64,
}
