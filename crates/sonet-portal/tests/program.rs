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
    for option in [
        "--listen",
        "--groups",
        "--users",
        "--seed",
        "--state",
        "--tls",
        "--ca-out",
        "--latency",
        "--limits",
        "--strict",
        "--events-anywhere",
        "--fault",
    ] {
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
        (&["--limits", "many"], "--limits is on, off or enterprise"),
        (&["--latency", "slow"], "--latency needs a whole number"),
        (&["--fault", "*:after:rest"], "the faults are reset, hang"),
        (&["--ca-out", "ca.pem"], "add --tls"),
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

/// What a running program answers to a method called without parameters.
fn ask(running: &Running, method: &str) -> String {
    let webhook = running.line.trim_end();
    let rest = webhook.strip_prefix("http://").unwrap();
    let (address, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /{path}{method} HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Ends a program as Ctrl-C does; its code.
#[cfg(unix)]
fn interrupt(running: &mut Running) -> Option<i32> {
    let id = running.child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    running.child.wait().unwrap().code()
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_it_cleanly() {
    let mut running = Running::start(&["--listen", "127.0.0.1:0"]);
    // A connection that stays open does not keep it.
    let address = running.line.split('/').nth(2).unwrap();
    let _open = TcpStream::connect(address).unwrap();
    assert_eq!(interrupt(&mut running), Some(0));
}

#[test]
fn faults_and_latency_are_set_from_outside() {
    let running = Running::start(&[
        "--listen=127.0.0.1:0",
        "--latency=100",
        "--fault=sonet_group.get:before:503,nth=1",
        "--fault=sonet_group.get:after:502,nth=2",
    ]);
    let began = std::time::Instant::now();
    assert!(ask(&running, "sonet_group.get").starts_with("HTTP/1.1 503 "));
    assert!(began.elapsed().as_millis() >= 100);
    assert!(ask(&running, "sonet_group.get").starts_with("HTTP/1.1 502 "));
    assert!(ask(&running, "sonet_group.get").starts_with("HTTP/1.1 200 "));
}

#[test]
fn limits_and_strictness_are_set_from_outside() {
    let running = Running::start(&["--listen=127.0.0.1:0", "--limits=on", "--strict"]);
    let wrong = ask(&running, "sonet_group.get?FLITER[ID]=1");
    assert!(
        wrong.starts_with("HTTP/1.1 400 ") && wrong.contains("FLITER"),
        "{wrong}"
    );
    let mut refused = 0;
    for _ in 0..60 {
        let answer = ask(&running, "sonet_group.get");
        refused += u32::from(answer.contains("QUERY_LIMIT_EXCEEDED"));
    }
    assert!(refused > 0);
}

/// A file that is removed even if the test fails.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let name = format!("sonet-portal-program-{}-{name}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    fn option(&self, name: &str) -> String {
        format!("{name}={}", self.0.to_str().unwrap())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[cfg(all(unix, feature = "sqlite"))]
#[test]
fn the_data_outlives_the_program() {
    let file = Scratch::new("state.sqlite");
    let state = file.option("--state");
    let mut first = Running::start(&["--listen=127.0.0.1:0", "--groups=7", "--seed=5", &state]);
    let webhook = first.line.rsplit_once("/rest/").unwrap().1.to_owned();
    assert!(ask(&first, "sonet_group.create?NAME=Outlives").starts_with("HTTP/1.1 200 "));
    let all = ask(&first, "sonet_group.get?IS_ADMIN=Y");
    assert_eq!(interrupt(&mut first), Some(0));
    // Neither the number of groups nor the seed counts any more.
    let mut second = Running::start(&["--listen=127.0.0.1:0", "--groups=50", &state]);
    assert!(second.line.ends_with(&webhook), "the secrets stay");
    let result = |text: &str| {
        let begin = text.find("{\"result\"").unwrap();
        text[begin..text.find(",\"time\"").unwrap()].to_owned()
    };
    let again = ask(&second, "sonet_group.get?IS_ADMIN=Y");
    assert!(again.contains("Outlives") && again.contains("\"total\":8"));
    assert_eq!(result(&again), result(&all));
    assert!(ask(&second, "sonet_group.create?NAME=Later").starts_with("HTTP/1.1 200 "));
    // It is written within a second or so even if nobody stops it in order.
    std::thread::sleep(std::time::Duration::from_secs(4));
    second.child.kill().unwrap();
    second.child.wait().unwrap();
    let third = Running::start(&["--listen=127.0.0.1:0", &state]);
    assert!(ask(&third, "sonet_group.get").contains("Later"));
}

#[cfg(feature = "sqlite")]
#[test]
fn a_file_of_another_kind_is_told() {
    let file = Scratch::new("diary.txt");
    std::fs::write(
        &file.0,
        "Dear diary, nothing happened today, and I liked it.",
    )
    .unwrap();
    let (code, out, err) = finished(&["--listen=127.0.0.1:0", &file.option("--state")]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(
        err.contains("diary.txt") && err.contains("name a new file"),
        "{err}"
    );
}

#[cfg(feature = "tls")]
#[test]
fn https_with_a_certificate_of_its_own() {
    let file = Scratch::new("ca.pem");
    let running = Running::start(&[
        "--listen=127.0.0.1:0",
        "--tls=portal.test",
        &file.option("--ca-out"),
    ]);
    assert!(
        running.line.starts_with("https://127.0.0.1:"),
        "{}",
        running.line
    );
    let pem = std::fs::read_to_string(&file.0).unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"));
    assert!(!pem.contains("PRIVATE"));
    let (code, _, err) = finished(&["--listen=127.0.0.1:0", "--tls=not a name/ü"]);
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("portal.test"), "{err}");
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
