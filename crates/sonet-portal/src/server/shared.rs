//! What the server's threads share.

use super::connection_limits::Limits;
use super::connections::Connections;
use super::dispatcher::Dispatcher;
use super::fault::Faults;
use super::hosts::Hosts;
use super::log::Log;
use super::stream::Stream;
#[cfg(feature = "tls")]
use super::tls;
use crate::portal::Portal;
use crate::rest::address;
use crate::rest::http::Request;
use std::io;
use std::net::{IpAddr, TcpStream};
#[cfg(feature = "tls")]
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the server's threads share.
pub(super) struct Shared {
    pub(super) portal: Mutex<Portal>,
    pub(super) limits: Limits,
    pub(super) latency: Duration,
    pub(super) faults: Faults,
    pub(super) log: Log,
    pub(super) dispatcher: Dispatcher,
    /// Whether what a strict portal complains of is written to standard error, too.
    pub(super) complains: bool,
    #[cfg(feature = "tls")]
    pub(super) tls: Option<tls::Tls>,
    pub(super) stopping: AtomicBool,
    pub(super) open: Connections,
    /// Under which names pages are shown.
    pub(super) hosts: Hosts,
}

impl Shared {
    /// The portal. A test that panicked while it held the lock must not take the others down.
    pub(super) fn portal(&self) -> MutexGuard<'_, Portal> {
        self.portal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a request names the server by one of its own names. The rules have some, too.
    pub(super) fn knows(&self, request: &Request, local: Option<IpAddr>) -> bool {
        if self.hosts.admit(request, local) {
            return true;
        }
        let told = address::hosts(self.portal().rules());
        Hosts::new(told.iter().map(String::as_str)).admit(request, None)
    }

    /// A connection, encrypted if the server speaks https.
    #[cfg_attr(
        not(feature = "tls"),
        allow(clippy::unused_self, clippy::unnecessary_wraps)
    )]
    pub(super) fn stream(&self, socket: TcpStream) -> io::Result<Stream> {
        let stream = Stream::new(socket);
        #[cfg(feature = "tls")]
        if let Some(tls) = &self.tls {
            return stream.encrypted(Arc::clone(&tls.config));
        }
        Ok(stream)
    }
}
