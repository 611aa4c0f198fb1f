//! A Postgres of its own for each test.

use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use postgres::{Config, NoTls};
use rustix::process::{Pid, Signal, geteuid, kill_process};
use tempfile::TempDir;

/// A cluster in a temporary folder. It ends when this is dropped.
pub(super) struct PgServer {
    programs: PathBuf,
    port: u16,
    folder: TempDir,
    child: Option<Child>,
}

impl PgServer {
    /// Creates a cluster and starts it. `None`, with a printed line, where this machine has no Postgres.
    pub(super) fn start() -> Option<Self> {
        let Some(programs) = find() else {
            let _ = writeln!(
                io::stderr(),
                "skipped: there is no Postgres on this machine"
            );
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut server = Self {
            programs,
            port,
            folder,
            child: None,
        };
        let data = server.data();
        let made = server
            .command("initdb")
            .args(["--auth", "trust", "--username", "postgres", "--no-sync"])
            .arg("--pgdata")
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        server.run();
        Some(server)
    }

    /// The server of all tests that leave it alone; the last one of them ends it.
    pub(super) fn shared() -> Option<Arc<Self>> {
        static SHARED: Mutex<Weak<PgServer>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let server = match shared.upgrade() {
            Some(server) => server,
            None => Arc::new(Self::start()?),
        };
        *shared = Arc::downgrade(&server);
        Some(server)
    }

    /// Starts the server again after [`Self::stop`].
    pub(super) fn run(&mut self) {
        let output = File::create(self.folder.path().join("output")).unwrap();
        let child = self
            .command("postgres")
            .arg("-D")
            .arg(self.data())
            .args(["-p", &self.port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "unix_socket_directories=", "-c", "fsync=off"])
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        self.child = Some(child);
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.config().connect(NoTls).is_err() {
            assert!(Instant::now() < deadline, "it does not answer");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Stops the server, as a crash would.
    pub(super) fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = kill_process(Pid::from_child(&child), Signal::QUIT);
            let _ = child.wait();
        }
    }

    pub(super) fn config(&self) -> Config {
        let mut config = Config::new();
        config.host("127.0.0.1").port(self.port).user("postgres");
        config
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program of Postgres. It refuses to run as root, so it runs as the user that its package has made.
    fn command(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if geteuid().is_root() {
            let mut command = Command::new("setpriv");
            let user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"];
            command.args(user).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }
}

impl Drop for PgServer {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The folder of Postgres' programs: Debian's, the newest first, or one that is on the `PATH`.
fn find() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut folders: Vec<_> = { versions.flatten() }
        .map(|version| version.path().join("bin"))
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_the_path = std::env::split_paths(AsRef::<OsStr>::as_ref(&path));
    let is_it = |folder: &PathBuf| Path::is_file(&folder.join("initdb"));
    folders.into_iter().rev().chain(on_the_path).find(is_it)
}
