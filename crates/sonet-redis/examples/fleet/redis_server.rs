//! A Redis that ends with the example.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What is said where there is none.
pub(crate) const HOW_TO_START: &str = "\
There is no redis-server and no valkey-server on the PATH. Install one, or start one and name it:

    docker run --rm -p 6379:6379 valkey/valkey
    REDIS_URL=redis://localhost/ cargo run -p sonet-redis --example fleet";

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server that keeps nothing.
pub(crate) struct RedisServer {
    port: u16,
    child: Child,
}

impl RedisServer {
    /// Starts one on a free port, and waits until it listens. `None` if there is no program for it.
    pub(crate) fn start() -> io::Result<Option<Self>> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        for program in ["redis-server", "valkey-server"] {
            let started = Command::new(program)
                .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
                .args(["--save", "", "--appendonly", "no"])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .spawn();
            let child = match started {
                Ok(child) => child,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            let server = Self { port, child };
            server.wait()?;
            return Ok(Some(server));
        }
        Ok(None)
    }

    fn wait(&self) -> io::Result<()> {
        let began = Instant::now();
        while let Err(error) = TcpStream::connect(("127.0.0.1", self.port)) {
            if began.elapsed() > PATIENCE {
                return Err(error);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
