//! What a portal is to be like.

use crate::portal::Portal;
use crate::rules::Rules;
use crate::server::{Options, Server};
use std::io;

/// Settings of a portal and of the server around it.
#[derive(Debug, Clone)]
pub struct Builder {
    groups: u64,
    users: u64,
    /// What the data is drawn from, and the secrets if somebody named it.
    seed: Option<u64>,
    listen: String,
    pub(crate) server: Options,
    rules: Rules,
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
        portal.rules = self.rules;
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
            portal.state = stored.state;
            if let Some(kept) = stored.kept {
                portal.restore(kept);
            }
        }
        let server = Server::start_as(portal, address, options)?;
        server.keep(store, seed, saved)?;
        Ok(server)
    }
}
