//! Ports that nobody has.

use std::net::TcpListener;

/// How far a node's port for the other nodes of a cluster is from the one for clients.
const BUS: u16 = 10_000;

/// A port of 127.0.0.1 that was free just now, and so was the one that a node of a cluster adds to it.
pub(super) fn free() -> u16 {
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let bus = port.checked_add(BUS);
        if bus.is_some_and(|bus| TcpListener::bind(("127.0.0.1", bus)).is_ok()) {
            return port;
        }
    }
}
