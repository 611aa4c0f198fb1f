//! What a person reads of a request that brought no answer: one sentence, the same with both clients.

use std::error::Error as _;
use std::io;
use std::io::{ErrorKind as Io, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use sonet_core::{Cause, Config, Error, NoRetry};
use sonet_types::sonet_group::Delete;

use super::caller::Caller;
use super::canned::read_request;
use super::world::World;

const BOUND: Duration = Duration::from_millis(400);

/// What a server does with a connection on which a request has come.
type Treatment = fn(&mut TcpStream);

/// A server that treats one connection: the address of a webhook there.
fn server(treatment: Treatment) -> String {
    let listener = listener();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        if read_request(&mut stream).is_some() {
            treatment(&mut stream);
        }
    });
    webhook(address)
}

fn listener() -> TcpListener {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap()
}

fn webhook(address: SocketAddr) -> String {
    format!("http://{address}/rest/1/secret/")
}

fn fail<C: Caller>(address: &str) -> Error {
    let config = Config::webhook(address).unwrap().retry(NoRetry);
    let config = config.response_timeout(BOUND).connect_timeout(BOUND);
    C::new(config).unwrap().call(&Delete::new(7)).unwrap_err()
}

/// The cause, which is the source, and what the system said, which is the cause's own.
fn sources(error: &Error) -> (&Cause, Option<Io>) {
    let cause: &Cause = error.source().unwrap().downcast_ref().unwrap();
    let io = cause.source().and_then(|source| source.downcast_ref());
    (cause, io.map(io::Error::kind))
}

fn a_refused_connection<C: Caller>(_: &World) {
    let closed = listener().local_addr().unwrap();
    let error = fail::<C>(&webhook(closed));
    let (cause, io) = sources(&error);
    assert_eq!(cause.host(), Some("127.0.0.1"));
    assert_eq!(io, Some(Io::ConnectionRefused));
    let text = error.to_string();
    let (text, system) = text.rsplit_once(": ").unwrap();
    assert_eq!(
        text,
        "sonet_group.delete: not sent: the connection to 127.0.0.1 failed"
    );
    assert!(
        system.to_lowercase().contains("refused"),
        "the words are the system's: {system}"
    );
}

fn a_host_that_does_not_exist<C: Caller>(_: &World) {
    let text = fail::<C>("https://nobody.invalid/rest/1/secret/").to_string();
    // A machine that reaches no name server is told to try again.
    let expected = [
        "sonet_group.delete: not sent: there is no host named nobody.invalid (failed to lookup address information: ",
        "sonet_group.delete: not sent: the connection to nobody.invalid failed: failed to lookup address information: ",
    ];
    assert!(
        expected.iter().any(|expected| text.starts_with(expected)),
        "{text}"
    );
}

fn a_connection_that_is_closed_too_early<C: Caller>(_: &World) {
    let treatments: [Treatment; 3] = [
        |_| {},
        |stream| drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Le")),
        |stream| drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}")),
    ];
    for treatment in treatments {
        let error = fail::<C>(&server(treatment));
        assert_eq!(
            error.to_string(),
            "sonet_group.delete: sent, but no answer came: the connection to 127.0.0.1 was closed too early"
        );
        assert_eq!(sources(&error).1, Some(Io::UnexpectedEof));
    }
}

fn a_server_that_takes_too_long<C: Caller>(_: &World) {
    let treatments: [Treatment; 2] = [
        |_| thread::sleep(3 * BOUND),
        |stream| {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}"));
            thread::sleep(3 * BOUND);
        },
    ];
    for treatment in treatments {
        let error = fail::<C>(&server(treatment));
        assert!(error.is_timeout());
        assert_eq!(
            error.to_string(),
            "sonet_group.delete: sent, but no answer came: 127.0.0.1 took too long"
        );
    }
}

fn a_server_that_does_not_speak_http<C: Caller>(_: &World) {
    let error = fail::<C>(&server(|stream| {
        drop(stream.write_all(b"SSH-2.0-OpenSSH_9\r\n\r\n"));
    }));
    let text = error.to_string();
    let begin =
        "sonet_group.delete: sent, but no answer came: the connection to 127.0.0.1 failed: ";
    let why = text.strip_prefix(begin).unwrap_or_else(|| panic!("{text}"));
    // The words are the HTTP client's.
    assert!(why.contains("invalid HTTP version"), "{why}");
    assert!(!why.contains("client error"), "{why}");
}

on_both_clients! {
    a_refused_connection,
    a_host_that_does_not_exist,
    a_connection_that_is_closed_too_early,
    a_server_that_takes_too_long,
    a_server_that_does_not_speak_http,
}
