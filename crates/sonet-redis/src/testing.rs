//! A server for the unit tests.

use std::env;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::Redis;

/// A server of a test's own, at a socket in a temporary folder. Dropping it ends it.
pub(crate) struct Server {
    process: Child,
    folder: tempfile::TempDir,
}

impl Server {
    /// Starts one, or says that there is none here; with `SONET_REDIS=required`, that fails.
    pub(crate) fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let Some(process) = run(folder.path()) else {
            let reason = "no redis-server or valkey-server is installed here (on Debian: apt-get install redis-server)";
            let is_required = env::var("SONET_REDIS").is_ok_and(|value| value == "required");
            assert!(!is_required, "{reason}");
            println!("skipped: {reason}");
            return None;
        };
        let server = Self { process, folder };
        server.wait();
        Some(server)
    }

    /// Kills it, and starts it again: all that it kept is gone.
    pub(crate) fn restart(&mut self) {
        self.stop();
        self.process = run(self.folder.path()).unwrap();
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

fn run(folder: &Path) -> Option<Child> {
    let chosen = env::var("SONET_REDIS_SERVER").ok();
    let programs = match &chosen {
        Some(program) => vec![program.as_str()],
        None => vec!["redis-server", "valkey-server"],
    };
    programs.into_iter().find_map(|program| {
        Command::new(program)
            .args(["--port", "0", "--save", "", "--appendonly", "no", "--dir"])
            .arg(folder)
            .arg("--unixsocket")
            .arg(folder.join("socket"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()
    })
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}
