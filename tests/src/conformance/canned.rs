//! A server that answers every request with the same text, for what no portal of today says.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Makes the body of an answer from a request.
type Script = fn(&str) -> String;

pub(super) struct Canned {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
}

impl Canned {
    /// Answers every request with a status and with what `script` makes of the request's text.
    pub(super) fn answering(status: u16, script: Script) -> Self {
        Self::with_headers(status, "", script)
    }

    /// The same, with more headers: each ends with a line break.
    pub(super) fn with_headers(status: u16, headers: &'static str, script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stopping = Arc::new(AtomicBool::new(false));
        let own = Arc::clone(&stopping);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if own.load(Ordering::SeqCst) {
                    return;
                }
                answer(client, status, headers, script);
            }
        });
        Self { address, stopping }
    }

    /// A webhook's address with a secret of one's choice.
    pub(super) fn webhook(&self, secret: &str) -> String {
        format!("http://{}/rest/1/{secret}/", self.address)
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Canned {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
    }
}

fn answer(mut client: TcpStream, status: u16, headers: &str, script: Script) {
    let Some(request) = read_request(&mut client) else {
        return;
    };
    let body = script(&String::from_utf8_lossy(&request));
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Canned\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
    );
    let _ = client.write_all((head + &body).as_bytes());
}

/// Takes a whole request, which may come in pieces: a connection that is closed before all was read is reset.
pub(super) fn read_request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_whole(&request) {
        match client.read(&mut buffer) {
            Ok(length @ 1..) => request.extend_from_slice(&buffer[..length]),
            _ => return None,
        }
    }
    Some(request)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"));
    length.is_none_or(|length| body.len() >= length.trim().parse().unwrap())
}
