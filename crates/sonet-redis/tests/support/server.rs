//! One server.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use redis::{Client, FromRedisValue, RedisResult};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::{ports, program, wait_until};

/// How long a test waits for a server's answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What every server is started with. What it has said yes to is in its file when it is killed, though not yet on the disk.
const SETTINGS: &str =
    "bind 127.0.0.1\nsave \"\"\nappendonly yes\nappendfsync no\nlogfile server.log\n";

/// A sentinel takes few settings.
const SENTINEL_SETTINGS: &str = "bind 127.0.0.1\nlogfile server.log\n";

/// A server of its own. It ends when this is dropped.
#[derive(Debug)]
pub struct RedisServer {
    program: PathBuf,
    port: u16,
    folder: TempDir,
    is_sentinel: bool,
    child: Option<Child>,
}

impl RedisServer {
    /// Starts a server and waits until it answers. `None` where there is none on this machine.
    pub fn start() -> Option<Self> {
        Self::start_with("")
    }

    /// Starts a server with more settings, each in a line of its own.
    pub fn start_with(settings: &str) -> Option<Self> {
        let settings = format!("{SETTINGS}{settings}");
        Some(Self::start_as(&program::find()?, &settings, false))
    }

    /// Starts a sentinel.
    pub(super) fn start_sentinel(settings: &str) -> Option<Self> {
        let settings = format!("{SENTINEL_SETTINGS}{settings}");
        Some(Self::start_as(&program::find()?, &settings, true))
    }

    fn start_as(program: &Path, settings: &str, is_sentinel: bool) -> Self {
        for _ in 0..5 {
            let mut server = Self {
                program: program.to_owned(),
                port: ports::free(),
                folder: tempfile::tempdir().unwrap(),
                is_sentinel,
                child: None,
            };
            let settings = format!("{settings}\nport {}\n", server.port);
            fs::write(server.folder.path().join("server.conf"), settings).unwrap();
            // Somebody else may have taken the port meanwhile.
            if server.run() {
                return server;
            }
            println!("{}", server.log());
        }
        panic!("{} does not start", program.display());
    }

    /// Starts the program; `false` if it ends at once.
    fn run(&mut self) -> bool {
        let output = File::create(self.folder.path().join("output")).unwrap();
        let mut command = Command::new(&self.program);
        command.arg("server.conf");
        if self.is_sentinel {
            command.arg("--sentinel");
        }
        let child = command
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        self.child = Some(child);
        let mut has_ended = false;
        wait_until("the server answers", || {
            let is_answered = self.try_ask::<String>(&["PING"]).is_ok();
            // Later, since a stranger may have answered that has the port.
            let child = self.child.as_mut();
            has_ended = child.is_none_or(|child| child.try_wait().unwrap().is_some());
            has_ended || is_answered
        });
        !has_ended
    }

    /// The port of 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address, as in `redis://127.0.0.1:6379/`.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Sends a command on a connection of its own.
    pub fn try_ask<T: FromRedisValue>(&self, command: &[&str]) -> RedisResult<T> {
        let client = Client::open(self.url())?;
        let mut connection = client.get_connection_with_timeout(PATIENCE)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        let mut call = redis::cmd(command[0]);
        for argument in &command[1..] {
            call.arg(argument);
        }
        call.query(&mut connection)
    }

    /// Sends a command that must succeed.
    pub fn ask<T: FromRedisValue>(&self, command: &[&str]) -> T {
        self.try_ask(command)
            .unwrap_or_else(|error| panic!("{command:?}: {error}"))
    }

    /// Kills the server, as the lack of power would. Its data stay.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts the server again after [`Self::kill`], on the same port and with its data.
    pub fn start_again(&mut self) {
        assert!(self.child.is_none(), "it runs");
        assert!(self.run(), "it does not start again:\n{}", self.log());
    }

    /// Starts the server again after [`Self::kill`], without its data.
    pub fn start_empty(&mut self) {
        let _ = fs::remove_dir_all(self.folder.path().join("appendonlydir"));
        // Where a server before Redis 7 has them.
        let _ = fs::remove_file(self.folder.path().join("appendonly.aof"));
        self.start_again();
    }

    /// Stops the server from doing anything. Connections stay, and new ones are even accepted by the system.
    pub fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets the server go on after [`Self::freeze`].
    pub fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        let child = self.child.as_ref().expect("the server runs");
        kill_process(Pid::from_child(child), signal).unwrap();
    }

    /// Lets the server refuse everything that would take memory.
    pub fn run_out_of_memory(&self) {
        self.ask::<()>(&["CONFIG", "SET", "maxmemory-policy", "noeviction"]);
        self.ask::<()>(&["CONFIG", "SET", "maxmemory", "1"]);
    }

    /// Gives the server as much memory as it wants.
    pub fn have_memory(&self) {
        self.ask::<()>(&["CONFIG", "SET", "maxmemory", "0"]);
    }

    /// How many scripts the server has run.
    pub fn scripts(&self) -> u64 {
        self.script_stat("calls").parse().unwrap()
    }

    /// How long a script has taken the server, in microseconds.
    pub fn time_of_a_script(&self) -> String {
        self.script_stat("usec_per_call")
    }

    fn script_stat(&self, name: &str) -> String {
        let text: String = self.ask(&["INFO", "commandstats"]);
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("cmdstat_evalsha:"));
        let mut fields = line.unwrap_or_default().split(',');
        let value = fields.find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or("0").to_owned()
    }

    /// What the server has said of itself.
    pub fn log(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        read("output") + &read("server.log")
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}
