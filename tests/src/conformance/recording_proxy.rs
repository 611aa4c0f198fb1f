//! A wire between a client and the portal that is listened to.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use sonet_types::UserId;

use super::caller::Caller;
use super::world::World;

/// Passes bytes on in both directions, as they come, and keeps them.
pub(super) struct RecordingProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    wires: Mutex<Vec<Wire>>,
    stopping: AtomicBool,
}

/// What went over one connection.
#[derive(Default)]
struct Wire {
    sent: Vec<u8>,
    answered: Vec<u8>,
}

/// A request or an answer: its head in lower case, and its body as it came.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl RecordingProxy {
    /// Stands before a portal.
    pub(super) fn before(world: &World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let portal = world.server().address();
        let own = Arc::clone(&shared);
        thread::spawn(move || accept(&listener, portal, &own));
        Self { address, shared }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The webhook of a user, with the proxy in the portal's place.
    pub(super) fn address_of(&self, world: &World, user: UserId) -> String {
        let webhook = world.webhook(user);
        webhook.replace(&world.server().url(), &self.url())
    }

    /// A client of a user that calls through the proxy.
    pub(super) fn client<C: Caller>(&self, world: &World, user: UserId) -> C {
        C::webhook(&self.address_of(world, user)).unwrap()
    }

    /// The requests that left the client, whole ones only.
    pub(super) fn requests(&self) -> Vec<Message> {
        let wires = self.shared.wires.lock().unwrap();
        wires.iter().flat_map(|wire| messages(&wire.sent)).collect()
    }

    /// The answers that reached the client.
    pub(super) fn answers(&self) -> Vec<Message> {
        let wires = self.shared.wires.lock().unwrap();
        wires
            .iter()
            .flat_map(|wire| messages(&wire.answered))
            .collect()
    }
}

impl Drop for RecordingProxy {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts; the others end with their connections.
        drop(TcpStream::connect(self.address));
    }
}

impl Message {
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

fn accept(listener: &TcpListener, portal: SocketAddr, shared: &Arc<Shared>) {
    for client in listener.incoming().map_while(Result::ok) {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(portal) = TcpStream::connect(portal) else {
            continue;
        };
        let number = {
            let mut wires = shared.wires.lock().unwrap();
            wires.push(Wire::default());
            wires.len() - 1
        };
        let (to_portal, to_client) = (portal.try_clone().unwrap(), client.try_clone().unwrap());
        pass(client, to_portal, shared, number, |wire| &mut wire.sent);
        pass(portal, to_client, shared, number, |wire| &mut wire.answered);
    }
}

/// Passes bytes on until one side ends. They are kept before they are passed on, so that whoever got an answer finds it
/// here.
fn pass(
    mut from: TcpStream,
    mut to: TcpStream,
    shared: &Arc<Shared>,
    number: usize,
    side: fn(&mut Wire) -> &mut Vec<u8>,
) {
    let shared = Arc::clone(shared);
    thread::spawn(move || {
        let mut buffer = [0; 16 * 1024];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            let bytes = &buffer[..length];
            side(&mut shared.wires.lock().unwrap()[number]).extend_from_slice(bytes);
            if to.write_all(bytes).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    });
}

/// Cuts a stream into messages by their `Content-Length`.
fn messages(mut stream: &[u8]) -> Vec<Message> {
    let mut messages = Vec::new();
    while let Some(end) = stream.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&stream[..end]).to_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"))
            .map_or(0, |length| length.trim().parse().unwrap());
        let rest = &stream[end + 4..];
        if rest.len() < length {
            break;
        }
        let (body, following) = rest.split_at(length);
        messages.push(Message {
            head,
            body: body.to_vec(),
        });
        stream = following;
    }
    messages
}
