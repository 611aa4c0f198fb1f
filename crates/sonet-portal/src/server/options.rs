//! What a server is to be like, beside the portal that it serves.

use crate::portal::builder::Builder;
use crate::server::fault::{Rule, SpecError};
#[cfg(feature = "sqlite")]
use std::path::PathBuf;
use std::time::Duration;

/// Settings of a server.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// How long each call waits before the portal gets it.
    pub(crate) latency: Duration,
    pub(crate) faults: Vec<Rule>,
    /// Whether events go to other machines, too.
    pub(crate) events_anywhere: bool,
    /// Whether complaints are written to standard error, too.
    pub(crate) complains: bool,
    /// Under which names pages are shown, beside the address that is listened on.
    pub(crate) hosts: Vec<String>,
    /// What random faults are drawn from.
    pub(crate) seed: u64,
    /// The names that the certificate is for; without any list the server speaks plain http.
    #[cfg(feature = "tls")]
    pub(crate) tls: Option<Vec<String>>,
    /// Where the data is kept.
    #[cfg(feature = "sqlite")]
    pub(crate) state_file: Option<PathBuf>,
}

impl Options {
    /// All names that somebody has given to the server.
    pub(super) fn names(&self, listen: &str) -> Vec<String> {
        let mut names = self.hosts.clone();
        names.push(listen.to_owned());
        #[cfg(feature = "tls")]
        names.extend(self.tls.iter().flatten().cloned());
        names
    }
}

impl Builder {
    /// Lets each call wait so long before the portal gets it. Calls wait side by side.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.server.latency = latency;
        self
    }

    /// Lets events go to handlers on other machines, too.
    #[must_use]
    pub fn events_anywhere(mut self, anywhere: bool) -> Self {
        self.server.events_anywhere = anywhere;
        self
    }

    /// Writes to standard error, too, what the portal reports under
    /// [`Strict::Report`](crate::Strict::Report): a line for each complaint, beginning with `strict:`.
    #[must_use]
    pub fn complain(mut self, complain: bool) -> Self {
        self.server.complains = complain;
        self
    }

    /// Shows pages under this name, too, such as `portal.test`; a port in it does not matter.
    ///
    /// Calls are answered under any name, as they need a secret. What can be read without one, as the
    /// page at `/` and the one at `/oauth/authorize/`, is shown only under the address that is listened
    /// on, under `localhost` where that is this machine's, under the names of [`Self::tls`], and under
    /// those of this function. Otherwise any web page could let its own name stand for 127.0.0.1
    /// and read along.
    #[must_use]
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.server.hosts.push(name.into());
        self
    }

    /// Lets something go wrong from the start; the words are those of [`crate::Faults::add`].
    pub fn fault(mut self, spec: &str) -> Result<Self, SpecError> {
        self.server.faults.push(spec.parse()?);
        Ok(self)
    }

    /// Lets the server speak https, with a certificate for these names, `localhost`, `127.0.0.1` and
    /// `::1`. Clients have to trust [`crate::Server::ca_pem`], which is another one each time.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.server.tls = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Keeps users, groups and members in an `SQLite` file: what it holds counts, while the numbers
    /// of groups and users and the seed make the data of a new file only. Changes are written once a
    /// second and when the server stops. Webhooks, tokens, applications and handlers are kept, too;
    /// limits and the log are not. Nobody but its owner can read the file.
    #[cfg(feature = "sqlite")]
    #[must_use]
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.server.state_file = Some(path.into());
        self
    }
}
