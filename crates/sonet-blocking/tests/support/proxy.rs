//! Proxies that open tunnels, and tell what they were asked for.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A proxy. Its tunnels lead to one server, whatever it is asked for.
pub(crate) struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// An HTTP proxy. What it was asked is the head of each `CONNECT`.
    pub(crate) fn http(target: SocketAddr) -> Self {
        Self::start(target, |stream| {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(byte(stream)?);
            }
            stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
            Ok(String::from_utf8_lossy(&head).to_lowercase())
        })
    }

    /// A SOCKS5 proxy. What it was asked is `user:password host:port`.
    pub(crate) fn socks5(target: SocketAddr) -> Self {
        Self::start(target, |stream| {
            let [_, count] = bytes(stream)?;
            let mut methods = vec![0; count.into()];
            stream.read_exact(&mut methods)?;
            let with_password = methods.contains(&2);
            stream.write_all(&[5, if with_password { 2 } else { 0 }])?;
            let credentials = if with_password {
                byte(stream)?;
                let credentials = format!("{}:{} ", text(stream)?, text(stream)?);
                stream.write_all(&[1, 0])?;
                credentials
            } else {
                String::new()
            };
            let [_, _, _, kind] = bytes(stream)?;
            let host = match kind {
                3 => text(stream)?,
                _ => format!("{:?}", bytes::<4>(stream)?),
            };
            let port = u16::from_be_bytes(bytes(stream)?);
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
            Ok(format!("{credentials}{host}:{port}"))
        })
    }

    fn start(target: SocketAddr, ask: fn(&mut TcpStream) -> io::Result<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let own = Arc::clone(&asked);
        thread::spawn(move || {
            for mut client in listener.incoming().map_while(Result::ok) {
                let own = Arc::clone(&own);
                thread::spawn(move || {
                    if let Ok(asked) = ask(&mut client) {
                        own.lock().unwrap().push(asked);
                        tunnel(&client, &TcpStream::connect(target).unwrap());
                    }
                });
            }
        });
        Self { address, asked }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it was asked for, one text per tunnel.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn bytes<const N: usize>(stream: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).map(|()| bytes)
}

fn byte(stream: &mut TcpStream) -> io::Result<u8> {
    bytes(stream).map(|[byte]| byte)
}

/// A text with its length before it.
fn text(stream: &mut TcpStream) -> io::Result<String> {
    let mut text = vec![0; byte(stream)?.into()];
    stream.read_exact(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Passes bytes on in both directions until one side ends.
fn tunnel(client: &TcpStream, server: &TcpStream) {
    thread::scope(|scope| {
        for (mut from, mut to) in [(client, server), (server, client)] {
            scope.spawn(move || {
                let _ = io::copy(&mut from, &mut to);
                let _ = to.shutdown(Shutdown::Write);
            });
        }
    });
}
