//! Applications, which come to the portal with tokens instead of webhooks.

use crate::domain::secrets::Secrets;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An application that is known to the portal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct App {
    /// The public identifier, such as `local.…`.
    pub client_id: String,
    /// The secret that only the application and the token server know.
    pub client_secret: String,
    /// What events bring along as a proof of where they come from.
    pub application_token: String,
    /// Where users come back to with a code; without it they are shown the code.
    pub redirect_uri: Option<String>,
    /// Where the event of its installation goes, as the form of an application says; without it, nowhere.
    #[serde(default)]
    pub install_handler: Option<String>,
    /// The version, as events name it; 1 at first.
    #[serde(default = "first")]
    pub version: u32,
    /// What the application may do.
    pub scopes: Vec<String>,
    /// The application's status.
    pub status: AppStatus,
    /// How far the application is installed.
    pub installation: Installation,
    /// Whether the application is paid for. Otherwise it gets no more tokens.
    pub paid: bool,
    /// Who may use the application; `None` is everybody.
    pub users: Option<Vec<u64>>,
}

/// The status of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub enum AppStatus {
    /// Made for this portal: `L`.
    #[default]
    Local,
    /// From the market, free: `F`.
    Free,
    /// From the market, a demonstration: `D`.
    Demo,
    /// From the market, on trial: `T`.
    Trial,
    /// From the market, paid: `P`.
    Paid,
}

/// How far an application is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Installation {
    /// Not at all, or not any more: its tokens are worth nothing.
    Missing,
    /// Not finished: calls work, but no events are sent.
    Unfinished,
    /// Finished.
    #[default]
    Finished,
}

/// The version of an application that was never updated.
fn first() -> u32 {
    1
}

impl App {
    /// Draws the identifier and the secrets.
    pub(crate) fn draw(secrets: &mut Secrets, redirect_uri: Option<&str>, scopes: &[&str]) -> Self {
        Self {
            client_id: format!("local.{}.{}", secrets.draw(14), secrets.below(90_000_000)),
            client_secret: secrets.draw(50),
            application_token: secrets.draw(32),
            redirect_uri: redirect_uri.map(str::to_owned),
            install_handler: None,
            version: first(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            status: AppStatus::default(),
            installation: Installation::default(),
            paid: true,
            users: None,
        }
    }

    /// Whether a user may use the application.
    pub(crate) fn admits(&self, user_id: u64) -> bool {
        self.users
            .as_ref()
            .is_none_or(|users| users.contains(&user_id))
    }
}

impl AppStatus {
    /// Returns the letter of the status.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Local => "L",
            Self::Free => "F",
            Self::Demo => "D",
            Self::Trial => "T",
            Self::Paid => "P",
        }
    }
}

impl fmt::Debug for App {
    /// Shows everything but the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &self.redirect_uri)
            .field("install_handler", &self.install_handler)
            .field("version", &self.version)
            .field("scopes", &self.scopes)
            .field("status", &self.status)
            .field("installation", &self.installation)
            .field("paid", &self.paid)
            .field("users", &self.users)
            .finish_non_exhaustive()
    }
}
