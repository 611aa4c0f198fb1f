//! A thread that brings events to their handlers.

use crate::rest::events::{Delivery, MAX_DELIVERIES};
use crate::rest::mask;
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc::{self, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a handler may take, from the first byte to the head of its answer.
const HANDLER_TIMEOUT: Duration = Duration::from_secs(5);

/// How many outcomes are kept.
const MAX_SENT: usize = 200;

/// How much of a handler's answer is read.
const MAX_HEAD: u64 = 16 * 1024;

/// An event that was brought to its handler, or was not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentEvent {
    /// The name of the event.
    pub event: String,
    /// The group that it is about; 0 if it is not about a group.
    pub group_id: u64,
    /// The handler's address, with what looks like a secret in it masked.
    pub url: String,
    /// The status that the handler answered with, or why there is none. It is never tried again.
    pub outcome: Result<u16, String>,
}

/// Brings events to their handlers, one after another and off the way of requests: a slow handler
/// makes the others wait, as it does at the vendor's.
pub(super) struct Dispatcher {
    outbox: SyncSender<Delivery>,
    sent: Arc<Mutex<VecDeque<SentEvent>>>,
}

impl Dispatcher {
    /// Begins to bring events, to other machines only if `anywhere`.
    pub(super) fn start(anywhere: bool) -> io::Result<Self> {
        let (outbox, inbox) = mpsc::sync_channel::<Delivery>(MAX_DELIVERIES);
        let sent = Arc::new(Mutex::new(VecDeque::new()));
        let own = Arc::clone(&sent);
        thread::Builder::new()
            .name("portal-events".to_owned())
            .spawn(move || {
                for delivery in inbox {
                    let outcome = bring(&delivery, anywhere);
                    note(&own, delivery, outcome);
                }
            })?;
        Ok(Self { outbox, sent })
    }

    /// Takes events to bring.
    pub(super) fn take(&self, deliveries: Vec<Delivery>) {
        for delivery in deliveries {
            // The thread lives as long as this does, but a slow handler may keep it behind.
            if let Err(TrySendError::Full(lost)) = self.outbox.try_send(delivery) {
                let reason =
                    format!("{MAX_DELIVERIES} events are already waiting; this one is lost");
                note(&self.sent, lost, Err(reason));
            }
        }
    }

    /// What became of the last events, the oldest first.
    pub(super) fn sent(&self) -> Vec<SentEvent> {
        lock(&self.sent).iter().cloned().collect()
    }
}

fn note(sent: &Mutex<VecDeque<SentEvent>>, delivery: Delivery, outcome: Result<u16, String>) {
    let mut sent = lock(sent);
    if sent.len() == MAX_SENT {
        sent.pop_front();
    }
    sent.push_back(SentEvent {
        event: delivery.event,
        group_id: delivery.group_id,
        url: mask::text(&delivery.url),
        outcome,
    });
}

fn lock(sent: &Mutex<VecDeque<SentEvent>>) -> MutexGuard<'_, VecDeque<SentEvent>> {
    sent.lock().unwrap_or_else(PoisonError::into_inner)
}

fn bring(delivery: &Delivery, anywhere: bool) -> Result<u16, String> {
    let place = Place::parse(&delivery.url)?;
    let address = place.address(anywhere)?;
    post(address, &place, &delivery.body).map_err(|error| error.to_string())
}

/// The pieces of a handler's address.
struct Place<'a> {
    authority: &'a str,
    target: &'a str,
}

impl<'a> Place<'a> {
    fn parse(url: &'a str) -> Result<Self, String> {
        let Some(rest) = url.strip_prefix("http://") else {
            return Err("only http:// handlers are called; bind an http:// address".to_owned());
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        let target = target.split('#').next().unwrap_or_default();
        // Whatever could end the line early would be a request of its own.
        let odd = |text: &str| text.contains(|c: char| c.is_control() || c == ' ' || !c.is_ascii());
        if authority.is_empty() || authority.contains('@') || odd(authority) || odd(target) {
            return Err(
                "the handler's address is not valid; bind one like http://127.0.0.1:8000/".into(),
            );
        }
        Ok(Self { authority, target })
    }

    /// Where to connect to. Names are looked at by what they stand for.
    fn address(&self, anywhere: bool) -> Result<SocketAddr, String> {
        let has_port = self.authority.rsplit_once(':').is_some_and(|(_, port)| {
            !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
        });
        let full = if has_port {
            self.authority.to_owned()
        } else {
            format!("{}:80", self.authority)
        };
        let found: Vec<SocketAddr> = full
            .to_socket_addrs()
            .map_err(|error| format!("no such host: {error}"))?
            .collect();
        // IPv4 first, as test servers listen on 127.0.0.1.
        let fit = |address: &&SocketAddr| anywhere || address.ip().is_loopback();
        let first = found
            .iter()
            .filter(fit)
            .min_by_key(|address| address.is_ipv6());
        first.copied().ok_or_else(|| {
            "the handler is not on this machine; allow that with --events-anywhere".to_owned()
        })
    }
}

fn post(address: SocketAddr, place: &Place<'_>, body: &str) -> io::Result<u16> {
    let deadline = Instant::now() + HANDLER_TIMEOUT;
    let mut stream = TcpStream::connect_timeout(&address, HANDLER_TIMEOUT)?;
    stream.set_write_timeout(Some(HANDLER_TIMEOUT))?;
    send(&mut stream, place, body)?;
    status(&mut stream, deadline)
}

/// Writes the request in one piece, so that a small handler that reads once has all of it.
fn send(stream: &mut impl Write, place: &Place<'_>, body: &str) -> io::Result<()> {
    let slash = if place.target.starts_with('/') {
        ""
    } else {
        "/"
    };
    let request = format!(
        "POST {slash}{} HTTP/1.1\r\nHost: {}\r\nUser-Agent: Bitrix24 Webhook Engine\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        place.target,
        place.authority,
        body.len()
    );
    stream.write_all(request.as_bytes())
}

/// Reads the status of an answer.
fn status(stream: &mut TcpStream, deadline: Instant) -> io::Result<u16> {
    let mut head = Vec::new();
    let none = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() || head.len() as u64 > MAX_HEAD {
            return Err(none("the handler did not answer in time"));
        }
        stream.set_read_timeout(Some(left))?;
        let mut chunk = [0; 1024];
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Err(none("the handler closed the connection without an answer"));
        }
        head.extend_from_slice(&chunk[..read]);
        let mut headers = [httparse::EMPTY_HEADER; 100];
        let mut response = httparse::Response::new(&mut headers);
        match response.parse(&head) {
            Ok(httparse::Status::Complete(_)) => {
                return response
                    .code
                    .ok_or(none("the handler answered without a status"));
            }
            Ok(httparse::Status::Partial) => {}
            Err(_) => return Err(none("the handler did not answer in HTTP")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts how often it is written to.
    #[derive(Default)]
    struct Counting(Vec<Vec<u8>>);

    impl Write for Counting {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_event_is_written_at_once() {
        let mut written = Counting::default();
        let place = Place::parse("http://127.0.0.1:81?x=1").unwrap();
        send(&mut written, &place, "event=X").unwrap();
        let [request] = &written.0[..] else {
            panic!("{} pieces", written.0.len());
        };
        let request = std::str::from_utf8(request).unwrap();
        assert!(request.starts_with("POST /?x=1 HTTP/1.1\r\nHost: 127.0.0.1:81\r\n"));
        assert!(request.ends_with("\r\nContent-Length: 7\r\nConnection: close\r\n\r\nevent=X"));
    }

    #[test]
    fn only_this_machine_is_called_unless_told_otherwise() {
        let may = |url, anywhere| Place::parse(url).and_then(|place| place.address(anywhere));
        for own in [
            "http://127.0.0.1:81/x",
            "http://127.9.9.9?x",
            "http://[::1]:80",
            "http://127.0.0.1",
        ] {
            assert!(may(own, false).is_ok(), "{own}");
        }
        for other in [
            "http://192.0.2.1/",
            "http://0.0.0.0:80/",
            "http://[2001:db8::1]:80/",
        ] {
            assert!(may(other, false).is_err(), "{other}");
            assert!(may(other, true).is_ok(), "{other}");
        }
        for none in [
            "https://127.0.0.1/",
            "ftp://127.0.0.1/",
            "http://",
            "http://user@127.0.0.1/",
            "http://127.0.0.1/a b",
            "http://127.0.0.1/a\r\nX: y",
        ] {
            assert!(may(none, true).is_err(), "{none}");
        }
    }
}
