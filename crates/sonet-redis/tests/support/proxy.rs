//! A network between a client and a server that does what a test says.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What becomes of what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It arrives.
    Open,
    /// It arrives so much later, in each direction.
    Slow(Duration),
    /// It does not arrive until the way is open again, as behind a switch that has lost its power.
    Blackhole,
    /// What the client sends arrives; what the server answers is lost.
    AnswersLost,
    /// Connections are closed, and so are new ones.
    Closed,
}

/// Listens on a port of its own and passes on to a server what the [`Way`] lets through.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    server: SocketAddr,
    way: Mutex<Way>,
    is_over: AtomicBool,
}

impl Shared {
    fn way(&self) -> Way {
        if self.is_over.load(Ordering::SeqCst) {
            return Way::Closed;
        }
        *self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Proxy {
    /// A network to a port of 127.0.0.1, which is open.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            server: SocketAddr::from(([127, 0, 0, 1], port)),
            way: Mutex::new(Way::Open),
            is_over: AtomicBool::new(false),
        });
        let own = Arc::clone(&shared);
        thread::spawn(move || accept(&listener, &own));
        Self { address, shared }
    }

    /// The port that clients connect to.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address for a client of Redis.
    pub fn url(&self) -> String {
        format!("redis://{}/", self.address)
    }

    /// Changes what becomes of what is sent, for connections that there are and for new ones.
    pub fn set(&self, way: Way) {
        *self
            .shared
            .way
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = way;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        // The last connection wakes up who accepts.
        let _ = TcpStream::connect(self.address);
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for client in listener.incoming().map_while(Result::ok) {
        if shared.is_over.load(Ordering::SeqCst) {
            return;
        }
        if shared.way() == Way::Closed {
            continue;
        }
        let Ok(server) = TcpStream::connect(shared.server) else {
            continue;
        };
        for (from, to, is_answer) in [(&client, &server, false), (&server, &client, true)] {
            let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
            let shared = Arc::clone(shared);
            thread::spawn(move || {
                pass_on(&from, &to, is_answer, &shared);
                let _ = from.shutdown(Shutdown::Both);
                let _ = to.shutdown(Shutdown::Both);
            });
        }
    }
}

/// Passes on in one direction until an end closes, or the way is closed.
fn pass_on(mut from: &TcpStream, mut to: &TcpStream, is_answer: bool, shared: &Shared) {
    let moment = Duration::from_millis(5);
    let _ = from.set_read_timeout(Some(moment));
    let _ = to.set_nodelay(true);
    let mut buffer = [0; 16 * 1024];
    loop {
        match shared.way() {
            Way::Closed => return,
            Way::Blackhole => {
                thread::sleep(moment);
                continue;
            }
            _ => {}
        }
        let read = match from.read(&mut buffer) {
            Ok(0) => return,
            Ok(read) => read,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                continue;
            }
            Err(_) => return,
        };
        // The way may have changed while nothing came.
        loop {
            match shared.way() {
                Way::Closed => return,
                Way::Blackhole => thread::sleep(moment),
                Way::Slow(delay) => break thread::sleep(delay),
                Way::Open | Way::AnswersLost => break,
            }
        }
        let is_lost = is_answer && shared.way() == Way::AnswersLost;
        if !is_lost && to.write_all(&buffer[..read]).is_err() {
            return;
        }
    }
}
