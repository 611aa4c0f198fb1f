//! A server of a few lines, which answers as a test says and remembers what it has read.
//!
//! Both clients use it: the folder is a link in `sonet-async`, and `cargo package` puts its files into each package.
#![allow(dead_code, reason = "each test file uses a part")]

pub(crate) mod proxy;
pub(crate) mod tls;

use std::env;
use std::fmt::Write as _;
use std::io::{BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::{ServerConnection, StreamOwned};

/// What must not be shown by anything.
pub(crate) const SECRET: &str = "c4n4ryc4n4ryc4n4ry";

/// A request, as read.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) head: String,
    pub(crate) body: String,
    /// How many requests came on its connection before.
    pub(crate) earlier: usize,
}

/// What the server does after it has read a request.
pub(crate) enum Answer {
    /// Writes these bytes and waits for the next request.
    Keep(Vec<u8>),
    /// Writes these bytes and closes.
    Close(Vec<u8>),
    /// Writes these bytes, then one space after the other, until the client gives up.
    Drip(Vec<u8>),
    /// Says nothing until the client gives up.
    Hang,
}

pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Serves http. The answer may depend on how many requests came before.
    pub(crate) fn start(answer: impl Fn(usize, &Seen) -> Answer + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        Self::listen(move |stream, seen| serve(stream, seen, &*answer))
    }

    /// Serves https.
    pub(crate) fn start_tls(
        identity: &tls::Identity,
        answer: impl Fn(usize, &Seen) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let config = identity.server_config();
        let answer = Arc::new(answer);
        Self::listen(move |stream, seen| {
            let session = ServerConnection::new(Arc::clone(&config)).unwrap();
            serve(StreamOwned::new(session, stream), seen, &*answer);
        })
    }

    /// Does anything with a connection.
    pub(crate) fn raw(handle: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        Self::listen(move |stream, _| handle(stream))
    }

    fn listen(handle: impl Fn(TcpStream, &Mutex<Vec<Seen>>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(AtomicUsize::new(0));
        let server = Self {
            address,
            seen: Arc::clone(&seen),
            connections: Arc::clone(&connections),
        };
        let handle = Arc::new(handle);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (handle, seen) = (Arc::clone(&handle), Arc::clone(&seen));
                connections.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || handle(stream, &seen));
            }
        });
        server
    }

    /// The address of a webhook on this server.
    pub(crate) fn webhook(&self) -> String {
        format!("http://{}/rest/1/{SECRET}/", self.address)
    }

    /// The same with TLS.
    pub(crate) fn webhook_tls(&self) -> String {
        format!("https://localhost:{}/rest/1/{SECRET}/", self.address.port())
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests that were read whole.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Waits until so many requests were read.
    pub(crate) fn wait_for(&self, count: usize) {
        for _ in 0..1000 {
            if self.seen.lock().unwrap().len() >= count {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("{count} requests did not come");
    }
}

/// Runs a test of the same file again with these variables, and no others that name proxies.
pub(crate) fn again(test: &str, vars: &[(&str, &str)]) {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", test, "--include-ignored", "--nocapture"])
        .env("AGAIN", "1");
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let output = command.envs(vars.iter().copied()).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// An address that nothing listens on.
pub(crate) fn refusing_webhook() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}/rest/1/{SECRET}/", listener.local_addr().unwrap())
}

/// Closes with unread bytes of the request, which makes the system reset the connection.
pub(crate) fn reset(mut stream: TcpStream) {
    let _ = stream.read(&mut [0; 16]);
}

fn serve<S: Read + Write>(
    stream: S,
    seen: &Mutex<Vec<Seen>>,
    answer: &dyn Fn(usize, &Seen) -> Answer,
) {
    let mut stream = BufReader::new(stream);
    let mut earlier = 0;
    while let Some((head, body)) = read_request(&mut stream) {
        let request = Seen {
            head,
            body,
            earlier,
        };
        earlier += 1;
        let before = {
            let mut seen = seen.lock().unwrap();
            seen.push(request.clone());
            seen.len() - 1
        };
        let out = stream.get_mut();
        match answer(before, &request) {
            Answer::Keep(bytes) => {
                if out.write_all(&bytes).and_then(|()| out.flush()).is_err() {
                    return;
                }
            }
            Answer::Close(bytes) => {
                let _ = out.write_all(&bytes).and_then(|()| out.flush());
                return;
            }
            Answer::Drip(bytes) => {
                let mut piece = bytes.as_slice();
                while out.write_all(piece).and_then(|()| out.flush()).is_ok() {
                    piece = b" ";
                    thread::sleep(Duration::from_millis(20));
                }
                return;
            }
            Answer::Hang => {
                let _ = stream.read(&mut [0; 1]);
                return;
            }
        }
    }
}

fn read_request(stream: &mut impl std::io::BufRead) -> Option<(String, String)> {
    let mut head = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some((head, String::from_utf8(body).unwrap()))
}

/// An answer with this status and body.
pub(crate) fn http(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// A successful answer with this result, in JSON.
pub(crate) fn ok(result: &str) -> Vec<u8> {
    http("200 OK", "", envelope(result).as_bytes())
}

/// A successful body with this result, in JSON.
pub(crate) fn envelope(result: &str) -> String {
    format!("{{\"result\":{result}}}")
}

/// A successful answer without a length, in chunks of a few bytes.
pub(crate) fn chunked(headers: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{headers}\r\n").into_bytes();
    for chunk in body.chunks(7) {
        bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// Everything that an error shows, in every way of showing it.
pub(crate) fn shown(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(text, "{error} {error:#} {error:?} {error:#?}").unwrap();
        next = error.source();
    }
    text
}
