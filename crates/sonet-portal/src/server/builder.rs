//! What a portal is to be like.

use crate::portal::Portal;
use crate::rules::Rules;
use crate::server::fault::SpecError;
use crate::server::handle::Server;
use crate::server::options::Options;
use std::io;
#[cfg(feature = "sqlite")]
use std::path::PathBuf;
use std::time::Duration;

/// Settings of a portal and of the server around it.
#[derive(Debug, Clone)]
pub struct Builder {
    groups: u64,
    users: u64,
    /// What the data is drawn from, and the secrets if somebody named it.
    seed: Option<u64>,
    listen: String,
    server: Options,
    rules: Rules,
}

impl Portal {
    /// Returns a builder with a small portal's numbers.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            groups: 20,
            users: 12,
            seed: None,
            listen: "127.0.0.1:0".to_owned(),
            server: Options::default(),
            rules: Rules::default(),
        }
    }
}

impl Builder {
    /// Sets how many groups there are.
    #[must_use]
    pub fn groups(mut self, groups: u64) -> Self {
        self.groups = groups;
        self
    }

    /// Sets how many users there are. User 1 administers the portal and is always there; with six
    /// users there is one of each kind.
    #[must_use]
    pub fn users(mut self, users: u64) -> Self {
        self.users = users;
        self
    }

    /// Sets the number that names, dates, memberships, the chances of faults and **secrets** are
    /// drawn from, so that all of it is the same each time.
    ///
    /// Without it the data is that of the number 1, and the secrets are random: whoever knows the
    /// number knows every webhook and token, and so may any web page that is open on this machine.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Sets the address to listen on; by default a free port of `127.0.0.1`.
    #[must_use]
    pub fn listen(mut self, address: impl Into<String>) -> Self {
        self.listen = address.into();
        self
    }

    /// Sets the rules that the portal plays by.
    #[must_use]
    pub fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Makes the portal without a server.
    #[must_use]
    pub fn build(self) -> Portal {
        let (data, secrets) = (self.data_seed(), self.seed);
        let mut portal = Portal::seeded(self.groups, self.users, data, secrets);
        *portal.rules_mut() = self.rules;
        portal
    }

    fn data_seed(&self) -> u64 {
        self.seed.unwrap_or(1)
    }

    /// Makes the portal and serves it. Fails if the address can't be listened on, or if what it is
    /// to keep its data in can't be used.
    pub fn start(self) -> io::Result<Server> {
        let address = self.listen.clone();
        let mut options = self.server.clone();
        options.seed = self.data_seed();
        #[cfg(feature = "sqlite")]
        if let Some(path) = options.state_file.take() {
            return self.start_stored(&address, options, &path);
        }
        Server::start_as(self.build(), &address, options)
    }

    /// Serves what a file holds, or what the file is to hold from now on.
    #[cfg(feature = "sqlite")]
    fn start_stored(
        mut self,
        address: &str,
        options: Options,
        path: &std::path::Path,
    ) -> io::Result<Server> {
        let store = crate::server::store::Store::open(path)?;
        let stored = store.load()?;
        let seed = stored
            .as_ref()
            .map_or(self.data_seed(), |stored| stored.seed);
        if let Some(stored) = &stored {
            self.users = stored.state.users.len() as u64;
            self.groups = 0;
        }
        let mut portal = self.build();
        let mut saved = crate::domain::state::State::default();
        if let Some(stored) = stored {
            saved.clone_from(&stored.state);
            portal.restore(stored.state, stored.access);
        }
        let server = Server::start_as(portal, address, options)?;
        server.keep(store, seed, saved)?;
        Ok(server)
    }
}

/// What the server around the portal is like.
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
