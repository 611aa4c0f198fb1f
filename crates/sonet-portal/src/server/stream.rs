//! A connection's bytes, plain or encrypted.

#[cfg(feature = "tls")]
use rustls::{ServerConfig, ServerConnection};
use std::io::{self, Read, Write};
use std::net::{IpAddr, Shutdown, TcpStream};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// A connection.
///
/// The socket is shared without being duplicated, so that a connection takes one descriptor, and
/// so that the last owner's `drop` really closes it.
pub(super) struct Stream {
    socket: Arc<TcpStream>,
    #[cfg(feature = "tls")]
    tls: Option<Box<ServerConnection>>,
}

impl Stream {
    pub(super) fn new(socket: TcpStream) -> Self {
        // An answer goes out in one piece, so there is nothing to wait for.
        let _ = socket.set_nodelay(true);
        Self {
            socket: Arc::new(socket),
            #[cfg(feature = "tls")]
            tls: None,
        }
    }

    /// Encrypts what goes over the connection from now on.
    #[cfg(feature = "tls")]
    pub(super) fn encrypted(mut self, config: Arc<ServerConfig>) -> io::Result<Self> {
        let connection = ServerConnection::new(config).map_err(io::Error::other)?;
        self.tls = Some(Box::new(connection));
        Ok(self)
    }

    /// Whether the bytes are encrypted.
    #[cfg_attr(
        not(feature = "tls"),
        allow(clippy::unused_self, reason = "with the feature it looks")
    )]
    pub(super) fn is_encrypted(&self) -> bool {
        #[cfg(feature = "tls")]
        return self.tls.is_some();
        #[cfg(not(feature = "tls"))]
        false
    }

    /// The socket, for the one who wants to close it from outside.
    pub(super) fn socket(&self) -> Weak<TcpStream> {
        Arc::downgrade(&self.socket)
    }

    /// The address on the other side.
    pub(super) fn peer(&self) -> Option<IpAddr> {
        self.socket.peer_addr().ok().map(|peer| peer.ip())
    }

    /// The address on this side.
    pub(super) fn local(&self) -> Option<IpAddr> {
        self.socket.local_addr().ok().map(|local| local.ip())
    }

    pub(super) fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
        self.socket.set_read_timeout(timeout)
    }

    pub(super) fn set_write_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
        self.socket.set_write_timeout(timeout)
    }

    /// Ends one direction or both.
    pub(super) fn shutdown(&mut self, how: Shutdown) {
        #[cfg(feature = "tls")]
        if let Some(tls) = &mut self.tls {
            tls.send_close_notify();
            let _ = tls.write_tls(&mut &*self.socket);
        }
        let _ = self.socket.shutdown(how);
    }

    /// Lets the connection end with a reset instead of an orderly end, as soon as it is dropped.
    pub(super) fn reset_on_drop(&self) {
        let _ = socket2::SockRef::from(&*self.socket).set_linger(Some(Duration::ZERO));
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(feature = "tls")]
        if let Some(tls) = &mut self.tls {
            return rustls::Stream::new(&mut **tls, &mut &*self.socket).read(buffer);
        }
        (&*self.socket).read(buffer)
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        #[cfg(feature = "tls")]
        if let Some(tls) = &mut self.tls {
            return rustls::Stream::new(&mut **tls, &mut &*self.socket).write(bytes);
        }
        (&*self.socket).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        #[cfg(feature = "tls")]
        if let Some(tls) = &mut self.tls {
            return rustls::Stream::new(&mut **tls, &mut &*self.socket).flush();
        }
        (&*self.socket).flush()
    }
}
