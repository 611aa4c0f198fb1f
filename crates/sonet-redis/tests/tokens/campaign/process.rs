//! A process that runs, and what it has said.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::worker::{Notice, ORDERS, Orders};

/// How long anything may take: others may have to wait for a lease, and look for 45 seconds what another one saves.
const PATIENCE: Duration = Duration::from_secs(100);

pub(super) struct Process {
    child: Child,
    orders: ChildStdin,
    notices: Receiver<(Notice, String)>,
    said: Vec<Notice>,
}

impl Process {
    /// Starts a process and waits until it can be told to call.
    pub(super) fn start(orders: &Orders) -> Self {
        let mut process = Self::begin(orders);
        process.wait_for(&[Notice::Ready]);
        process
    }

    /// Starts a process.
    pub(super) fn begin(orders: &Orders) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "--nocapture", "campaign::process"])
            .env(ORDERS, orders.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, notices) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if let Some(word) = Notice::read(&line) {
                    let _ = sender.send((word, line));
                }
            }
        });
        Self {
            orders: child.stdin.take().unwrap(),
            child,
            notices,
            said: Vec::new(),
        }
    }

    /// Tells it to call once.
    pub(super) fn call(&mut self) {
        self.said.clear();
        self.orders.write_all(b"call\n").unwrap();
    }

    /// Waits until it says one of these.
    pub(super) fn wait_for(&mut self, wanted: &[Notice]) -> Notice {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(word) = self.said.iter().find(|said| wanted.contains(said)) {
                return *word;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(self.listen(left), "it says {:?}, not {wanted:?}", self.said);
        }
    }

    /// Waits for the end of a call.
    pub(super) fn end(&mut self) -> Notice {
        self.wait_for(&[
            Notice::Done,
            Notice::Lost,
            Notice::NeedsAuthorization,
            Notice::Failed,
        ])
    }

    /// Whether it has said so.
    pub(super) fn has_said(&mut self, word: Notice) -> bool {
        while self.listen(Duration::ZERO) {}
        self.said.contains(&word)
    }

    fn listen(&mut self, time: Duration) -> bool {
        let Ok((word, line)) = self.notices.recv_timeout(time) else {
            return false;
        };
        if matches!(word, Notice::Failed | Notice::NeedsAuthorization) {
            println!("  {line}");
        }
        self.said.push(word);
        true
    }

    pub(super) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Stops it from doing anything.
    pub(super) fn stop(&self) {
        kill_process(Pid::from_child(&self.child), Signal::STOP).unwrap();
    }

    /// Lets it go on.
    pub(super) fn wake(&self) {
        kill_process(Pid::from_child(&self.child), Signal::CONT).unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
