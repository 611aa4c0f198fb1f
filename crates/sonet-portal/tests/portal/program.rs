//! The portal as a program.

use serde_json::json;
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
        Self::spawn(program(arguments))
    }

    fn spawn(mut command: Command) -> Self {
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
        "--user",
        "--scopes",
        "--app",
        "--app-out",
        "--allow-host",
        "--rule",
        "--rules",
        "--tls",
        "--ca-out",
        "--latency",
        "--limits",
        "--strict",
        "--events-anywhere",
        "--fault",
        "--answers",
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
        (
            &["--limits", "many"],
            "--limits takes on, off or enterprise",
        ),
        (&["--latency", "slow"], "--latency needs a whole number"),
        (&["--fault", "*:after:rest"], "the faults are reset, hang"),
        (&["--ca-out", "ca.pem"], "add --tls"),
        (&["--app-out", "app.json"], "add --app"),
        (
            &["--app=callback"],
            "such as --app=http://127.0.0.1:3000/callback",
        ),
        (&["--strict=loud"], "--strict takes refuse, report or off"),
        (&["--rule", "strict"], "write NAME=VALUE"),
        (
            &["--rule=bogus=1"],
            "unknown field `bogus`, expected one of",
        ),
        (
            &["--rules", "/nonexistent/rules.toml"],
            "can't read the rules in",
        ),
        (
            &["--answers", "/nonexistent/answers.json"],
            "give --answers a file of JSON",
        ),
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
    signal(&mut running.child, "-INT")
}

/// Sends a program a signal; the code that it ends with.
#[cfg(unix)]
fn signal(child: &mut Child, signal: &str) -> Option<i32> {
    let id = child.id().to_string();
    let sent = Command::new("kill").args([signal, &id]).status().unwrap();
    assert!(sent.success());
    child.wait().unwrap().code()
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

#[cfg(unix)]
#[test]
fn a_signal_to_terminate_stops_it_cleanly() {
    let mut running = Running::start(&["--listen=127.0.0.1:0", "--fault=profile:before:hang"]);
    let webhook = running.line.trim_end().strip_prefix("http://").unwrap();
    let (address, path) = webhook.split_once('/').unwrap();
    // A call that never ends does not keep it.
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /{path}profile HTTP/1.0\r\n\r\n").unwrap();
    assert_eq!(signal(&mut running.child, "-TERM"), Some(0));
}

/// Making so much data takes seconds, and printing the address would mean that they have passed.
#[cfg(all(unix, feature = "sqlite"))]
#[test]
fn a_signal_during_the_start_ends_it_at_once() {
    let file = Scratch::new("early.sqlite");
    let state = file.option("--state");
    let mut starting = program(&[
        "--listen=127.0.0.1:0",
        "--groups=20000",
        "--users=500",
        &state,
    ]);
    let mut child = starting.stdout(Stdio::piped()).spawn().unwrap();
    // It waits for signals before it opens the file.
    while !file.0.exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(signal(&mut child, "-TERM"), Some(0));
    let mut out = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    assert_eq!(out, "", "it did not even get to its address");
    // What it left behind is good for another start.
    let running = Running::start(&["--listen=127.0.0.1:0", "--groups=7", &state]);
    assert!(ask(&running, "sonet_group.get?IS_ADMIN=Y").contains("\"total\":7"));
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

/// Posts a form to a running program; its answer as JSON.
fn post(running: &Running, target: &str, body: &str) -> serde_json::Value {
    let address = running.line.split('/').nth(2).unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST {target} HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn an_application_is_told_all_that_it_needs() {
    let mut running = Running::start(&[
        "--listen=127.0.0.1:0",
        "--app=http://127.0.0.1:3000/callback?x=1",
        "--scopes=sonet_group, task",
        "--user=2",
    ]);
    assert!(running.line.contains("/rest/2/"), "{}", running.line);
    let mut second = String::new();
    running.stdout.read_line(&mut second).unwrap();
    let app: serde_json::Value = serde_json::from_str(&second).unwrap();
    let text = |key: &str| app[key].as_str().unwrap().to_owned();
    assert_eq!(text("redirect_uri"), "http://127.0.0.1:3000/callback?x=1");
    assert_eq!(text("scope"), "sonet_group,task");
    assert_eq!(
        (app["user_id"].as_u64(), app["expires_in"].as_u64()),
        (Some(2), Some(3_600))
    );
    assert!(running.line.starts_with(&text("portal")));
    assert_eq!(
        text("token_url"),
        format!("{}/oauth/token/", text("portal"))
    );
    assert_eq!(
        text("authorize_url"),
        format!("{}/oauth/authorize/", text("portal"))
    );
    assert!(!text("application_token").is_empty() && !text("member_id").is_empty());
    // The token is good for its scopes and for no others, and so is the webhook.
    let auth = format!("auth={}", text("access_token"));
    assert!(post(&running, "/rest/sonet_group.user.groups", &auth)["result"].is_array());
    let refused = post(&running, "/rest/user.current", &auth);
    assert_eq!(refused["error"], "insufficient_scope");
    assert!(ask(&running, "user.current").contains("insufficient_scope"));
    // The pair is refreshed as anywhere.
    let refresh = format!(
        "grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={}",
        text("client_id"),
        text("client_secret"),
        text("refresh_token")
    );
    let tokens = post(&running, "/oauth/token/", &refresh);
    assert_eq!(tokens["user_id"].as_u64(), Some(2), "{tokens}");
    let (code, out, err) = finished(&["--listen=127.0.0.1:0", "--user=99"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("there is no user 99"), "{err}");
}

#[cfg(all(unix, feature = "sqlite"))]
#[test]
fn files_with_secrets_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (state, app) = (Scratch::new("mode.sqlite"), Scratch::new("app.json"));
    let mode = |file: &Scratch| {
        let metadata = std::fs::metadata(&file.0).unwrap();
        metadata.permissions().mode() & 0o777
    };
    // What stands there already is no reason to show the secrets to anybody.
    std::fs::write(&app.0, "old").unwrap();
    let arguments = [
        "--listen=127.0.0.1:0",
        "--app",
        "--scopes=task",
        &state.option("--state"),
        &app.option("--app-out"),
    ];
    let read = || {
        let text = std::fs::read_to_string(&app.0).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let mut first = Running::start(&arguments);
    // The page answers when all is written.
    ask(&first, "profile");
    assert_eq!((mode(&state), mode(&app)), (0o600, 0o600));
    let one = read();
    let path = first.line.split("/rest/").nth(1).unwrap().to_owned();
    assert_eq!(interrupt(&mut first), Some(0));
    let second = Running::start(&arguments);
    ask(&second, "profile");
    let two = read();
    assert_eq!(
        one["client_id"], two["client_id"],
        "it is the same application"
    );
    assert_ne!(one["access_token"], two["access_token"]);
    assert!(second.line.ends_with(&path), "and the same webhook");
    let (code, _, err) = finished(&["--listen=127.0.0.1:0", "--app", "--app-out=/"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("Give --app-out another file"), "{err}");
}

#[test]
fn secrets_are_the_same_for_a_seed_only() {
    let path = |more: &[&str]| {
        let running = Running::start(&[&["--listen=127.0.0.1:0"], more].concat());
        running.line.split("/rest/").nth(1).unwrap().to_owned()
    };
    assert_ne!(path(&[]), path(&[]));
    assert_eq!(path(&["--seed=1"]), path(&["--seed=1"]));
    assert_ne!(path(&["--seed=1"]), path(&[]), "not even by default");
}

#[test]
fn rules_are_set_from_outside() {
    let file = Scratch::new("rules.toml");
    let rules = "bogus_next = true\nserver_codes = true\n\n[rate]\nthreshold = 1_000\n";
    std::fs::write(&file.0, rules).unwrap();
    let running = Running::start(&[
        "--listen=127.0.0.1:0",
        &file.option("--rules"),
        "--rule=moved_to=http://new.example",
        "--rule=server_codes=false",
    ]);
    let moved = ask(&running, "profile");
    assert!(moved.starts_with("HTTP/1.1 302 "), "{moved}");
    assert!(
        moved.contains("Location: http://new.example/rest/1/"),
        "{moved}"
    );
    drop(running);
    for (text, told) in [
        ("server_codes = true\nbogus = 1\n", "line 2, column 1"),
        (
            "server_codes = true\nbogus = 1\n",
            "unknown field `bogus`, expected one of",
        ),
        ("\nlanguage = \"klingon\"\n", "line 2, column 12"),
        ("[rate]\ndrian = 1\n", "unknown field `drian`"),
        ("strict = \n", "line 1"),
    ] {
        std::fs::write(&file.0, text).unwrap();
        let (code, out, err) = finished(&[&file.option("--rules")]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{text}: {err}");
        assert!(
            err.contains(told) && err.contains("rules.toml"),
            "{text}: {err}"
        );
    }
}

#[test]
fn other_methods_are_answered_from_a_file() {
    let file = Scratch::new("answers.json");
    let rows: Vec<_> = (1..=70).map(|id| json!({"id": id})).collect();
    let answers = json!({
        "crm.deal.get": [
            {"when": {"id": 7}, "result": {"ID": "7", "TITLE": "Chairs"}},
            {"refusal": {"status": 404, "description": "Not found"}},
        ],
        "crm.item.list": {"rows": rows, "under": "items", "scope": "crm"},
    });
    std::fs::write(&file.0, answers.to_string()).unwrap();
    let options = ["--listen=127.0.0.1:0", &file.option("--answers")];
    let running = Running::start(&[&options[..], &["--scopes=crm,sonet_group"]].concat());
    let deal = ask(&running, "crm.deal.get?id=7");
    assert!(
        deal.starts_with("HTTP/1.1 200 ") && deal.contains("Chairs"),
        "{deal}"
    );
    let none = ask(&running, "crm.deal.get?id=8");
    assert!(
        none.starts_with("HTTP/1.1 404 ") && none.contains("Not found"),
        "{none}"
    );
    let page = ask(&running, "crm.item.list?start=50");
    assert!(
        page.contains(r#""items":[{"id":51}"#) && page.contains(r#""total":70"#),
        "{page}"
    );
    let command = "cmd[a]=crm.deal.get%3Fid%3D7&cmd[b]=crm.deal.get%3Fid%3D$result[a][ID]";
    let batch = ask(&running, &format!("batch?{command}"));
    assert_eq!(batch.matches("Chairs").count(), 2, "{batch}");
    // The usual scopes are others.
    let running = Running::start(&options);
    assert!(ask(&running, "crm.item.list").contains("insufficient_scope"));
    std::fs::write(&file.0, "{\n  \"profile\": {\"result\": 1}\n}").unwrap();
    let (code, out, err) = finished(&options);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    let told = "line 2, column 11: the portal answers `profile` itself; remove it from the file";
    assert!(
        err.contains("answers.json") && err.contains(told) && err.contains("--help"),
        "{err}"
    );
}

#[test]
fn a_strict_report_goes_to_standard_error() {
    let running = Running::start(&["--listen=127.0.0.1:0", "--strict=report"]);
    let answer = ask(&running, "sonet_group.user.groups?one=1");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let complaint = "sonet_group.user.groups: unknown parameter one; there are none";
    assert!(
        answer.contains(&format!("\r\nX-Portal-Strict: {complaint}\r\n")),
        "{answer}"
    );
    let (_, errors) = running.end();
    assert_eq!(errors, format!("strict: {complaint}\n"));
}

#[test]
fn pages_answer_to_names_that_are_allowed() {
    let running = Running::start(&["--listen=127.0.0.1:0", "--allow-host=portal.test"]);
    let address = running.line.split('/').nth(2).unwrap();
    for (host, status) in [("portal.test:80", "200"), ("evil.example", "403")] {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET / HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{host}: {answer}"
        );
    }
}

/// Each idle connection takes a descriptor, and the system gives it a few only.
#[cfg(target_os = "linux")]
#[test]
fn idle_connections_shut_nobody_out() {
    let script = format!(
        "ulimit -n 200; exec '{}' --listen 127.0.0.1:0",
        env!("CARGO_BIN_EXE_sonet-portal")
    );
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]);
    let running = Running::spawn(shell);
    let address = running.line.split('/').nth(2).unwrap();
    let mut idle = Vec::new();
    for n in 0..700 {
        let mut stream = TcpStream::connect(address).unwrap();
        if n % 3 == 0 {
            let _ = stream.write_all(b"POST / HTTP/1.1\r\nHo");
        }
        idle.push(stream);
        if n % 100 == 99 {
            let answer = ask(&running, "sonet_group.user.groups");
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{n}: {answer}");
        }
    }
}
