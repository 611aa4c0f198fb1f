//! What a server is to be like, beside the portal that it serves.

use crate::server::fault::Rule;
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
