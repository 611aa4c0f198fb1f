//! The portal as a program.
#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sonet-portal"));
    command.args(arguments);
    command
}

/// A program that serves, and is ended even if the test fails.
struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// What it printed first.
    line: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut command = program(arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        Self {
            child,
            stdout,
            line,
        }
    }

    /// Ends it; what it printed besides the first line, and what it complained about.
    fn end(mut self) -> (String, String) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let (mut more, mut errors) = (String::new(), String::new());
        self.stdout.read_to_string(&mut more).unwrap();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut errors)
            .unwrap();
        (more, errors)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn finished(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = program(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn it_prints_one_address_and_serves() {
    let running = Running::start(&[
        "--listen",
        "127.0.0.1:0",
        "--groups=7",
        "--users",
        "6",
        "--seed",
        "3",
    ]);
    let webhook = running.line.trim_end();
    let rest = webhook.strip_prefix("http://").unwrap();
    let (address, path) = rest.split_once('/').unwrap();
    assert!(
        path.starts_with("rest/1/") && path.ends_with('/'),
        "{webhook}"
    );
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET /{path}sonet_group.get?IS_ADMIN=Y HTTP/1.0\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains(r#""total":7"#));
    let (more, errors) = running.end();
    assert_eq!(
        (more.as_str(), errors.as_str()),
        ("", ""),
        "exactly one line"
    );
}

#[test]
fn a_public_address_is_served_with_a_warning() {
    let running = Running::start(&["--listen", "0.0.0.0:0"]);
    assert!(
        running.line.starts_with("http://127.0.0.1:"),
        "{}",
        running.line
    );
    let (_, errors) = running.end();
    assert!(
        errors.contains("warning: 0.0.0.0:0") && errors.contains("secrets"),
        "{errors}"
    );
}

#[test]
fn it_explains_itself() {
    let (code, out, _) = finished(&["--help"]);
    assert_eq!(code, Some(0));
    for option in ["--listen", "--groups", "--users", "--seed"] {
        assert!(out.contains(option), "{option}");
    }
    assert_eq!(
        finished(&["-V"]).1,
        concat!("sonet-portal ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn wrong_arguments_end_with_code_2() {
    for (arguments, said) in [
        (
            &["--groups", "many"][..],
            "--groups needs a whole number, not `many`",
        ),
        (&["--users=-1"], "--users needs a whole number"),
        (&["--seed"], "missing argument for option '--seed'"),
        (&["--gruops", "5"], "invalid option '--gruops'"),
        (&["8080"], "`8080` is not an option"),
        (&["--listen", "8080"], "such as 127.0.0.1:8080"),
    ] {
        let (code, out, err) = finished(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}: {err}");
        assert!(
            err.contains(said) && err.contains("--help"),
            "{arguments:?}: {err}"
        );
    }
}

#[test]
fn a_taken_address_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, out, err) = finished(&["--listen", &address]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains(&address), "{err}");
}

/// The program is a process of its own, so that each side needs a thousand descriptors only.
#[cfg(target_os = "linux")]
#[test]
fn a_thousand_idle_connections_do_not_stop_it() {
    let running = Running::start(&["--listen", "127.0.0.1:0"]);
    let webhook = running.line.trim_end();
    let rest = webhook.strip_prefix("http://").unwrap();
    let (address, path) = rest.split_once('/').unwrap();
    // Some say nothing, some stop in the middle of a request.
    let idle: Vec<TcpStream> = (0..1_000)
        .map(|n| {
            let mut stream = TcpStream::connect(address).unwrap();
            if n % 3 == 0 {
                stream.write_all(b"POST / HTTP/1.1\r\nHo").unwrap();
            }
            stream
        })
        .collect();
    for _ in 0..5 {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET /{path}sonet_group.get HTTP/1.0\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    }
    drop(idle);
}
