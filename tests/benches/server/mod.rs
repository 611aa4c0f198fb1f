//! A server that answers what a benchmark calls.
//!
//! It is a process of its own, so that its work is not counted: the benchmark started again, with another argument.

use std::env;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;

/// The argument that makes the program the server.
const SERVE: &str = "serve";

pub(crate) struct Server {
    process: Child,
    pub(crate) port: u16,
}

impl Server {
    /// Starts the program again, to serve what [`serve_if_asked`] makes of the argument.
    pub(crate) fn start(argument: &str) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args([SERVE, argument])
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

/// Serves, if the program was started as the server, and does not return then. `answers` makes of the server's argument
/// what answers a request, by its first line and its body, with a whole response.
pub(crate) fn serve_if_asked<A, R>(answers: impl FnOnce(&str) -> A)
where
    A: Fn(&str, &[u8]) -> R + Send + Sync + 'static,
    R: AsRef<[u8]>,
{
    let mut arguments = env::args().skip(1);
    if arguments.next().as_deref() != Some(SERVE) {
        return;
    }
    let answers = Arc::new(answers(&arguments.next().unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let answers = Arc::clone(&answers);
            thread::spawn(move || connection(&stream.unwrap(), &*answers));
        }
    });
    // The pipe ends with the benchmark, however that ends.
    let _ = std::io::stdin().read(&mut [0]);
    std::process::exit(0)
}

fn connection<R: AsRef<[u8]>>(mut stream: &TcpStream, answers: &impl Fn(&str, &[u8]) -> R) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream);
    while let Some((first, body)) = request(&mut reader) {
        if stream.write_all(answers(&first, &body).as_ref()).is_err() {
            return;
        }
    }
}

/// Reads a request, its first line and its body; nothing at the end of the connection.
fn request(reader: &mut BufReader<&TcpStream>) -> Option<(String, Vec<u8>)> {
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
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((first, body))
}
