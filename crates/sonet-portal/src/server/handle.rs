//! A running server.

mod authorizations;

use super::accept::{accept, listen};
#[cfg(feature = "sqlite")]
use super::autosave::Autosave;
use super::connection_limits::Limits;
use super::connections::Connections;
use super::dispatcher::{Dispatcher, SentEvent};
use super::fault::Faults;
use super::guard::PortalGuard;
use super::hosts::Hosts;
use super::log::{Log, LogEntry};
use super::options::Options;
use super::shared::Shared;
#[cfg(feature = "tls")]
use super::tls;
use crate::domain::number::number;
use crate::portal::Portal;
use crate::rest::credentials::Credentials;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

/// A portal that listens on a socket. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    credentials: Credentials,
    shared: Arc<Shared>,
    accepting: Mutex<Option<JoinHandle<()>>>,
    #[cfg(feature = "sqlite")]
    autosave: Mutex<Option<Autosave>>,
}

impl Server {
    /// Serves a portal on an address such as `127.0.0.1:0`.
    pub fn start(portal: Portal, address: &str) -> io::Result<Self> {
        Self::start_with(portal, address, Options::default(), Limits::default())
    }

    /// Serves a portal with more than the defaults.
    pub(crate) fn start_as(portal: Portal, address: &str, options: Options) -> io::Result<Self> {
        Self::start_with(portal, address, options, Limits::default())
    }

    fn start_with(
        portal: Portal,
        address: &str,
        options: Options,
        limits: Limits,
    ) -> io::Result<Self> {
        let names = options.names(address);
        let listener = listen(address)?;
        let address = listener.local_addr()?;
        let credentials = portal.credentials();
        #[cfg(feature = "tls")]
        let portal = {
            let mut portal = portal;
            portal.set_names(options.tls.clone().unwrap_or_default());
            portal
        };
        let shared = Arc::new(Shared {
            portal: Mutex::new(portal),
            limits,
            latency: options.latency,
            faults: Faults::new(options.faults, options.seed),
            log: Log::default(),
            dispatcher: Dispatcher::start(options.events_anywhere)?,
            complains: options.complains,
            #[cfg(feature = "tls")]
            tls: options.tls.as_deref().map(tls::Tls::make).transpose()?,
            stopping: AtomicBool::new(false),
            open: Connections::new(limits.connections),
            hosts: Hosts::new(names.iter().map(String::as_str)),
        });
        let own = Arc::clone(&shared);
        let accepting = thread::Builder::new()
            .name("portal-accept".to_owned())
            .spawn(move || accept(&listener, &own))?;
        Ok(Self {
            address,
            credentials,
            shared,
            accepting: Mutex::new(Some(accepting)),
            #[cfg(feature = "sqlite")]
            autosave: Mutex::new(None),
        })
    }

    /// Begins to keep the data in a file, which holds a part of it already.
    #[cfg(feature = "sqlite")]
    pub(crate) fn keep(
        &self,
        store: crate::server::store::Store,
        seed: u64,
        saved: crate::domain::state::State,
    ) -> io::Result<()> {
        let autosave = Autosave::start(Arc::clone(&self.shared), store, seed, saved)?;
        let mut own = self.autosave.lock().unwrap_or_else(PoisonError::into_inner);
        *own = Some(autosave);
        Ok(())
    }

    /// Returns the address that the server listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the portal's address without a slash at its end: `http://127.0.0.1:PORT`. A server
    /// that listens on all addresses is told by its loopback one.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme(), self.own_address())
    }

    #[cfg(feature = "tls")]
    fn scheme(&self) -> &'static str {
        match self.shared.tls {
            Some(_) => "https",
            None => "http",
        }
    }

    #[cfg(not(feature = "tls"))]
    #[allow(clippy::unused_self, reason = "with the feature it looks")]
    fn scheme(&self) -> &'static str {
        "http"
    }

    /// Returns the certificate that clients have to trust, in PEM, if the server speaks https.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn ca_pem(&self) -> Option<&str> {
        self.shared.tls.as_ref().map(|tls| tls.ca_pem.as_str())
    }

    /// Locks the portal to look at it or change it.
    ///
    /// Until the guard is dropped no request is answered: a test that calls the portal while it
    /// holds the guard waits for itself. [`Self::with`] lets go by itself.
    #[must_use]
    pub fn portal(&self) -> PortalGuard<'_> {
        PortalGuard(self.shared.portal())
    }

    /// Lets a function look at the portal or change it.
    pub fn with<T>(&self, function: impl FnOnce(&mut Portal) -> T) -> T {
        function(&mut self.shared.portal())
    }

    /// Installs an application, and sends `ONAPPINSTALL` to its handlers: see [`Portal::install_app`].
    pub fn install_app(&self, client_id: &str, user_id: impl TryInto<u64>) -> bool {
        let user_id = number(user_id);
        let url = self.url();
        self.tell(|portal| portal.install_app(client_id, user_id, &url, SystemTime::now()))
    }

    /// Updates an application, and sends `ONAPPUPDATE` to its handlers: see [`Portal::update_app`].
    pub fn update_app(&self, client_id: &str, user_id: impl TryInto<u64>) -> bool {
        let user_id = number(user_id);
        let url = self.url();
        self.tell(|portal| portal.update_app(client_id, user_id, &url, SystemTime::now()))
    }

    /// Uninstalls an application, and sends `ONAPPUNINSTALL` to its handlers: see [`Portal::uninstall_app`].
    pub fn uninstall_app(&self, client_id: &str, clean: bool) -> bool {
        let url = self.url();
        self.tell(|portal| portal.uninstall_app(client_id, clean, &url, SystemTime::now()))
    }

    /// Changes the portal, and sends the events that this causes.
    fn tell(&self, change: impl FnOnce(&mut Portal) -> bool) -> bool {
        let mut portal = self.shared.portal();
        let changed = change(&mut portal);
        let deliveries = portal.take_deliveries();
        drop(portal);
        self.shared.dispatcher.take(deliveries);
        changed
    }

    /// Returns what goes wrong on purpose, to add to it.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// Returns the last calls and their answers, the oldest first. It keeps a thousand calls, fewer
    /// if their answers are long.
    #[must_use]
    pub fn log(&self) -> Vec<LogEntry> {
        self.shared.log.entries()
    }

    /// Returns what became of the last events, the oldest first. They are posted to handlers on this
    /// machine, one after another, some time after the call that caused them is answered.
    #[must_use]
    pub fn sent_events(&self) -> Vec<SentEvent> {
        self.shared.dispatcher.sent()
    }

    /// Empties the log.
    pub fn clear_log(&self) {
        self.shared.log.clear();
    }

    /// Stops listening and closes all connections. A second call does nothing.
    pub fn shutdown(&self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        let accepting = self
            .accepting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(accepting) = accepting {
            // Accepting blocks, so a last connection wakes it up. If that fails, the thread is left
            // to itself rather than waited for forever.
            if TcpStream::connect_timeout(&self.own_address(), Duration::from_secs(1)).is_ok() {
                let _ = accepting.join();
            }
        }
        self.shared.open.close_all();
        #[cfg(feature = "sqlite")]
        {
            let mut autosave = self.autosave.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(autosave) = autosave.take() {
                autosave.finish();
            }
        }
    }

    /// Where the server reaches itself, even if it listens on all addresses.
    fn own_address(&self) -> SocketAddr {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address {
                SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown();
    }
}

impl fmt::Debug for Server {
    /// Shows where the server listens, but not the portal's secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
