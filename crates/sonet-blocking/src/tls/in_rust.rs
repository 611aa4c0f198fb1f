//! TLS by rustls.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use ureq::config::Config;
use ureq::tls::TlsProvider;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport,
    TransportAdapter,
};

use super::mark::Mark;
use crate::parts::{Settings, left};

/// What ureq's own connector does, with settings that all clients share: ureq has its own for each agent, and where a
/// request has any settings, such as its timeout, it makes them for each connection.
#[derive(Debug, Clone)]
pub(crate) struct Tls {
    mark: Mark,
    config: Arc<ClientConfig>,
}

impl Tls {
    pub(crate) fn new(config: &sonet_core::Config) -> Result<Self, sonet_core::Error> {
        Ok(Self {
            mark: Mark::default(),
            config: sonet_net::tls::client_config(config)?,
        })
    }

    pub(crate) fn mark(&self, settings: Settings) -> Settings {
        self.mark.set(settings, TlsProvider::Rustls)
    }

    pub(crate) fn is_in(&self, config: &Config) -> bool {
        self.mark.is_in(config)
    }
}

impl<In: Transport> Connector<In> for Tls {
    type Out = Either<In, Encrypted>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let transport = match chained {
            Some(transport) if details.needs_tls() && !transport.is_tls() => transport,
            other => return Ok(other.map(Either::A)),
        };
        let host = details.uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host)
            .map_err(|_| ureq::Error::Tls("the host is neither a DNS name nor an address"))?;
        let mut conn = ClientConnection::new(Arc::clone(&self.config), name.to_owned())?;
        let current_time = Arc::clone(&details.current_time);
        let mut sock = TransportAdapter::new(transport.boxed(), current_time);
        sock.set_timeout(left(details));
        conn.complete_io(&mut sock)?;
        let config = details.config;
        Ok(Some(Either::B(Encrypted {
            buffers: LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size()),
            stream: StreamOwned { conn, sock },
        })))
    }
}

/// An encrypted connection.
pub(crate) struct Encrypted {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl Transport for Encrypted {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        Ok(self.stream.write_all(&self.buffers.output()[..amount])?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for Encrypted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encrypted")
            .field("over", &self.stream.sock.get_ref())
            .finish_non_exhaustive()
    }
}
