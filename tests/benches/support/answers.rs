//! A server that answers with the same bytes always.
//!
//! It is a process of its own, so that its work is not counted: the benchmark started again, with another argument.

use std::env;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

/// The argument that makes the program the server.
const SERVE: &str = "serve";

pub(crate) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts the server; in the process that is the server, serves and does not return.
    pub(crate) fn start() -> Self {
        if env::args().nth(1).as_deref() == Some(SERVE) {
            serve();
        }
        let mut process = Command::new(env::current_exe().unwrap())
            .arg(SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap();
        Self { process, port }
    }

    /// The address to call.
    pub(crate) fn webhook(&self) -> String {
        format!("http://127.0.0.1:{}/rest/1/abcdefghij012345/", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn serve() -> ! {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(|| connection(stream.unwrap()));
        }
    });
    // The pipe ends with the benchmark, however that ends.
    let _ = std::io::stdin().read(&mut [0]);
    std::process::exit(0)
}

fn connection(mut stream: TcpStream) {
    stream.set_nodelay(true).unwrap();
    let (create, get) = (answer(&created()), answer(&page()));
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(path) = request(&mut reader) {
        let answer = if path.contains("create") {
            &create
        } else {
            &get
        };
        if stream.write_all(answer).is_err() {
            return;
        }
    }
}

/// Reads a request and returns its first line; nothing at the end of the connection.
fn request(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap();
        }
    }
    reader.read_exact(&mut vec![0; length]).ok()?;
    Some(first)
}

/// A whole response, with headers that a portal sends.
fn answer(body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Thu, 19 Mar 2026 14:03:50 GMT\r\n\
         Content-Type: application/json; charset=utf-8\r\nContent-Length: {length}\r\nConnection: keep-alive\r\n\
         Cache-Control: no-store, no-cache, must-revalidate\r\nExpires: Thu, 19 Nov 1981 08:52:00 GMT\r\n\
         Access-Control-Allow-Origin: *\r\nX-Content-Type-Options: nosniff\r\n\r\n{body}"
    )
    .into_bytes()
}

const TIME: &str = r#""time":{"start":1773925430,"finish":1773925430.419962,"duration":0.41,"processing":0,"date_start":"2026-03-19T16:03:50+02:00","date_finish":"2026-03-19T16:03:50+02:00","operating_reset_at":1773926030,"operating":0.1}"#;

fn created() -> String {
    format!(r#"{{"result":77,{TIME}}}"#)
}

fn page() -> String {
    let rows: Vec<_> = (1..=50)
        .map(|id| {
            format!(
                r#"{{"ID":"{id}","SITE_ID":"s1","NAME":"Project number {id} of the department","DESCRIPTION":"What it is about, in a line or two of text","DATE_CREATE":"2026-03-19T15:01:27+02:00","DATE_UPDATE":"2026-03-19T15:01:27+02:00","ACTIVE":"Y","VISIBLE":"Y","OPENED":"N","CLOSED":"N","SUBJECT_ID":"1","OWNER_ID":"1271","KEYWORDS":null,"NUMBER_OF_MEMBERS":"12","DATE_ACTIVITY":"2026-03-19T15:01:27+02:00","SUBJECT_NAME":"Workgroups","PROJECT":"Y","IS_EXTRANET":"N"}}"#
            )
        })
        .collect();
    let rows = rows.join(",");
    format!(r#"{{"result":[{rows}],"next":50,"total":120,{TIME}}}"#)
}
