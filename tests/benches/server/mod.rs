//! A server that answers what a benchmark calls.
//!
//! It is a process of its own, so that its work is not counted: the benchmark started again, with another argument.

use std::env;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;

use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The argument that makes the program the server.
const SERVE: &str = "serve";

pub(crate) struct Server {
    process: Child,
    pub(crate) port: u16,
    tls_port: u16,
    /// What its certificate is verified by, in PEM.
    #[allow(dead_code)] // not in every benchmark
    pub(crate) authority: String,
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
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut port = || lines.next().unwrap().unwrap().parse().unwrap();
        let (port, tls_port) = (port(), port());
        let mut authority = String::new();
        while !authority.contains("-----END") {
            authority += &lines.next().unwrap().unwrap();
            authority.push('\n');
        }
        Self {
            process,
            port,
            tls_port,
            authority,
        }
    }

    /// The address to call.
    pub(crate) fn webhook(&self) -> String {
        format!("http://127.0.0.1:{}/rest/1/abcdefghij012345/", self.port)
    }

    /// The same over TLS.
    #[allow(dead_code)] // not in every benchmark
    pub(crate) fn webhook_tls(&self) -> String {
        format!(
            "https://127.0.0.1:{}/rest/1/abcdefghij012345/",
            self.tls_port
        )
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
    let (config, authority) = identity();
    let plain = listen({
        let answers = Arc::clone(&answers);
        move |stream| connection(&stream, &*answers)
    });
    let tls = listen(move |stream| {
        let session = ServerConnection::new(Arc::clone(&config)).unwrap();
        connection(StreamOwned::new(session, stream), &*answers);
    });
    print!("{plain}\n{tls}\n{authority}");
    std::io::stdout().flush().unwrap();
    // The pipe ends with the benchmark, however that ends.
    let _ = std::io::stdin().read(&mut [0]);
    std::process::exit(0)
}

/// Serves each connection on a thread of its own.
fn listen(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = Arc::new(serve);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            stream.set_nodelay(true).unwrap();
            let serve = Arc::clone(&serve);
            thread::spawn(move || serve(stream));
        }
    });
    port
}

/// A certificate that vouches for itself.
fn identity() -> (Arc<ServerConfig>, String) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (Arc::new(config), made.cert.pem())
}

fn connection<R: AsRef<[u8]>>(stream: impl Read + Write, answers: &impl Fn(&str, &[u8]) -> R) {
    let mut reader = BufReader::new(stream);
    while let Some((first, body)) = request(&mut reader) {
        if reader
            .get_mut()
            .write_all(answers(&first, &body).as_ref())
            .is_err()
        {
            return;
        }
    }
}

/// Reads a request, its first line and its body; nothing at the end of the connection.
fn request(reader: &mut BufReader<impl Read>) -> Option<(String, Vec<u8>)> {
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
