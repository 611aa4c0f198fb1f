//! A server with so many groups that it makes up each answer, and nothing else.
//!
//! It is a process of its own, so that its work is not counted: the benchmark started again, with another argument.

use std::env;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::groups;

/// The argument that makes the program the server.
const SERVE: &str = "serve";

pub(crate) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts the server with so many groups; in the process that is the server, serves and does not return.
    pub(crate) fn start(rows: u64) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args([SERVE, &rows.to_string()])
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

    /// How many requests there were since the last time.
    pub(crate) fn requests(&self) -> u64 {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .write_all(b"GET /requests HTTP/1.1\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut reader = BufReader::new(stream);
        let length = head(&mut reader).unwrap().1;
        let mut count = vec![0; length];
        reader.read_exact(&mut count).unwrap();
        String::from_utf8(count).unwrap().parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves, if the program was started as the server.
pub(crate) fn serve_if_asked() {
    let mut arguments = env::args().skip(1);
    if arguments.next().as_deref() != Some(SERVE) {
        return;
    }
    let rows = arguments.next().unwrap().parse().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    let requests = Arc::new(AtomicU64::new(0));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let requests = Arc::clone(&requests);
            thread::spawn(move || connection(&stream.unwrap(), rows, &requests));
        }
    });
    // The pipe ends with the benchmark, however that ends.
    let _ = std::io::stdin().read(&mut [0]);
    std::process::exit(0)
}

fn connection(mut stream: &TcpStream, rows: u64, requests: &AtomicU64) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream);
    while let Some((path, length)) = head(&mut reader) {
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        let body = if path.contains("/requests") {
            requests.swap(0, Ordering::Relaxed).to_string()
        } else {
            requests.fetch_add(1, Ordering::Relaxed);
            answer(&String::from_utf8(body).unwrap(), rows)
        };
        let length = body.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json; charset=utf-8\r\n\
             Content-Length: {length}\r\nConnection: keep-alive\r\n\r\n"
        );
        if stream.write_all((head + &body).as_bytes()).is_err() {
            return;
        }
    }
}

/// The answer to a page, or to a batch of pages, behind the row that the request names first.
fn answer(request: &str, rows: u64) -> String {
    let after = ["\">ID\":", "%3EID%5D="].iter().find_map(|name| {
        let number = request.split(name).nth(1)?.trim_start_matches('"');
        let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse().ok()
    });
    let after = after.unwrap_or(0);
    match request.matches("sonet_group.get?").count() as u64 {
        0 => groups::page(after, rows),
        pages => groups::batch(after, pages, rows),
    }
}

/// Reads the head of a message; its first line, and how many bytes come behind it. Nothing at the end of a connection.
fn head<R: std::io::Read>(reader: &mut BufReader<R>) -> Option<(String, usize)> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let line = line.trim_end();
        if line.is_empty() {
            return Some((first, length));
        }
        let (name, value) = line.split_once(':').unwrap();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap();
        }
    }
}
