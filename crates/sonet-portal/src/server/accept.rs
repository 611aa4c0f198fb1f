//! Taking connections, each into a thread of its own.

use super::connection;
use super::shared::Shared;
use std::io;
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

/// A connection's thread needs little, except for reading deeply nested JSON.
const STACK_BYTES: usize = 1024 * 1024;

/// Like [`TcpListener::bind`], with more room for connections that come at once: what doesn't fit is
/// tried again by the client's system a second later.
pub(super) fn listen(address: &str) -> io::Result<TcpListener> {
    const WAITING: i32 = 1_024;
    let mut failed = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in address.to_socket_addrs()? {
        let domain = socket2::Domain::for_address(address);
        let bound = socket2::Socket::new(domain, socket2::Type::STREAM, None).and_then(|socket| {
            // Elsewhere it would let two servers have the same port.
            #[cfg(unix)]
            socket.set_reuse_address(true)?;
            socket.bind(&address.into())?;
            socket.listen(WAITING)?;
            Ok(socket.into())
        });
        match bound {
            Ok(listener) => return Ok(listener),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

/// Takes connections, each into its own thread, until the server stops.
pub(super) fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for number in 0.. {
        let accepted = listener.accept();
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        match accepted {
            Ok((stream, _)) => serve(stream, number, shared),
            // The client has given up already.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            // Out of file descriptors, most likely. Whoever waits is let in when there is one.
            Err(_) => {
                shared.open.shrink();
                thread::sleep(Duration::from_millis(10));
            }
        }
    }
}

fn serve(stream: TcpStream, number: u64, shared: &Arc<Shared>) {
    let Ok(stream) = shared.stream(stream) else {
        return;
    };
    if !shared.open.join(number, stream.socket()) {
        return;
    }
    let own = Arc::clone(shared);
    let spawned = thread::Builder::new()
        .name("portal-connection".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            connection::run(stream, number, &own);
            own.open.leave(number);
        });
    if spawned.is_err() {
        shared.open.leave(number);
        // Out of threads or memory.
        shared.open.shrink();
    }
}
