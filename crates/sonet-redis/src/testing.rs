//! A server for the unit tests.

/// The integration tests start the same program.
#[path = "../tests/support/program.rs"]
mod program;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::Redis;

/// A server of a test's own, at a socket in a temporary folder. Dropping it ends it.
pub(crate) struct Server {
    program: PathBuf,
    process: Child,
    folder: tempfile::TempDir,
}

impl Server {
    /// Starts one, or says that there is none here; with `SONET_REDIS=required`, that fails.
    pub(crate) fn start() -> Option<Self> {
        let program = program::find()?;
        let folder = tempfile::tempdir().unwrap();
        let process = run(&program, folder.path());
        let server = Self {
            program,
            process,
            folder,
        };
        server.wait();
        Some(server)
    }

    /// Kills it, and starts it again: all that it kept is gone.
    pub(crate) fn restart(&mut self) {
        self.stop();
        self.process = run(&self.program, self.folder.path());
        self.wait();
    }

    pub(crate) fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    pub(crate) fn redis(&self) -> Redis {
        let socket = self.folder.path().join("socket");
        Redis::open(&format!("unix://{}", socket.display())).unwrap()
    }

    fn wait(&self) {
        let script = redis::Script::new("return 1");
        let ready = || self.redis().run::<i64>(&Redis::call(&script, &[])).is_ok();
        for _ in 0..500 {
            if ready() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("redis-server does not start");
    }
}

fn run(program: &Path, folder: &Path) -> Child {
    Command::new(program)
        .args(["--port", "0", "--save", "", "--appendonly", "no", "--dir"])
        .arg(folder)
        .arg("--unixsocket")
        .arg(folder.join("socket"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
