//! What an application in another language needs to try OAuth.

use serde::Serialize;
use sonet_portal::{App, Portal, Server};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The application that is asked for.
#[derive(Debug, Default)]
pub(crate) struct Application {
    pub(crate) redirect_uri: Option<String>,
    /// Where what it needs is written to; printed otherwise.
    pub(crate) file: Option<PathBuf>,
}

/// What an application needs.
#[derive(Serialize)]
struct Needs {
    client_id: String,
    client_secret: String,
    redirect_uri: Option<String>,
    scope: String,
    /// What comes with events.
    application_token: String,
    member_id: String,
    portal: String,
    authorize_url: String,
    token_url: String,
    /// Whose tokens these are.
    user_id: u64,
    access_token: String,
    refresh_token: String,
    expires_in: u64,
}

impl Application {
    /// Makes the application, or finds the one that an earlier run has made, and writes what it needs to its file. Without
    /// a file, that is the text to print.
    pub(crate) fn make(
        &self,
        server: &Server,
        user_id: u64,
        scopes: &[&str],
    ) -> Result<Option<String>, String> {
        let url = server.url();
        let needs = server.with(|portal| {
            let app = self.find(portal, scopes);
            let app = app.unwrap_or_else(|| portal.add_app(self.redirect_uri.as_deref(), scopes));
            let tokens = portal.issue_tokens(&app.client_id, user_id, SystemTime::now())?;
            Some(Needs {
                scope: app.scopes.join(","),
                client_id: app.client_id,
                client_secret: app.client_secret,
                redirect_uri: app.redirect_uri,
                application_token: app.application_token,
                member_id: portal.member_id().to_owned(),
                authorize_url: format!("{url}/oauth/authorize/"),
                token_url: format!("{url}/oauth/token/"),
                portal: url,
                user_id,
                access_token: tokens.access_token,
                refresh_token: tokens.refresh_token,
                expires_in: 3_600,
            })
        });
        let needs = needs.ok_or_else(|| format!("there is no user {user_id}"))?;
        let Some(path) = &self.file else {
            let text = serde_json::to_string(&needs).map_err(|error| error.to_string())?;
            return Ok(Some(text));
        };
        let text = serde_json::to_string_pretty(&needs).map_err(io::Error::from);
        let written = text.and_then(|text| write(path, &text));
        written.map(|()| None).map_err(|error| {
            let path = path.display();
            format!("can't write {path}: {error}\nGive --app-out another file.")
        })
    }

    fn find(&self, portal: &Portal, scopes: &[&str]) -> Option<App> {
        let mut added = portal.apps().filter(|app| *app != portal.app());
        let fits = |app: &&App| app.redirect_uri == self.redirect_uri && app.scopes == scopes;
        added.find(fits).cloned()
    }
}

/// Writes a file that nobody else can read at any moment: a new one, which takes the place of the old.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if std::fs::symlink_metadata(path).is_ok_and(|old| !old.is_file()) {
        return Err(io::Error::other("it is not a regular file"));
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut new = name.to_owned();
    new.push(format!(".{}.tmp", std::process::id()));
    let new = path.with_file_name(new);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    let written = file
        .write_all(format!("{text}\n").as_bytes())
        .and_then(|()| std::fs::rename(&new, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&new);
    }
    written
}
