//! Processes that call one portal.

use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::orders::{Call, Orders, Report};
use crate::worker::{GO, ORDERS, READY, REPORT};

/// What a process may take for what it has to do, beyond its calls.
const PATIENCE: Duration = Duration::from_secs(120);

/// Processes that have begun, or are about to.
pub(crate) struct Fleet(Vec<Worker>);

/// A process. It is killed when this is dropped.
struct Worker {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Fleet {
    /// Starts a process for each of the orders, and waits until all are ready.
    pub(crate) fn start(orders: impl IntoIterator<Item = Orders>) -> Self {
        Self::start_by(orders, |_, _| {})
    }

    /// The same, where each process is started by a command that is changed before.
    pub(crate) fn start_by(
        orders: impl IntoIterator<Item = Orders>,
        change: impl Fn(usize, &mut Command),
    ) -> Self {
        let start = |(number, orders): (usize, Orders)| {
            let mut command = Command::new(env::current_exe().unwrap());
            change(number, &mut command);
            Worker::start(command, &orders)
        };
        let workers: Vec<_> = orders.into_iter().enumerate().map(start).collect();
        for worker in &workers {
            worker.hear(|line| line == READY);
        }
        Self(workers)
    }

    /// Lets all begin at once.
    pub(crate) fn go(&mut self) -> Instant {
        let began = Instant::now();
        self.tell(GO);
        began
    }

    /// Lets all end after the calls that they are at.
    pub(crate) fn stop(&mut self) {
        self.tell("stop");
    }

    fn tell(&mut self, word: &str) {
        for worker in &mut self.0 {
            // Who is done already, does not listen.
            let _ = writeln!(worker.input, "{word}");
        }
    }

    /// Waits for all, and returns what each has done.
    pub(crate) fn reports(self) -> Vec<Report> {
        let report = |mut worker: Worker| {
            let line = worker.hear(|line| line.starts_with(REPORT));
            let _ = worker.child.wait();
            serde_json::from_str(&line[REPORT.len()..]).unwrap()
        };
        self.0.into_iter().map(report).collect()
    }

    /// Lets all do their work, and returns it with the time that it took.
    pub(crate) fn run(mut self) -> (Vec<Report>, Duration) {
        let began = self.go();
        let reports = self.reports();
        (reports, began.elapsed())
    }
}

impl Worker {
    fn start(mut command: Command, orders: &Orders) -> Self {
        let mut child = command
            .args(["--ignored", "--exact", "--nocapture", "process"])
            .env(ORDERS, serde_json::to_string(orders).unwrap())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let input = child.stdin.take().unwrap();
        Self {
            child,
            input,
            lines,
        }
    }

    /// Waits for a line.
    fn hear(&self, is_it: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left);
            let line = line.unwrap_or_else(|error| panic!("a process says nothing: {error}"));
            if is_it(&line) {
                return line;
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All calls of all processes.
pub(crate) fn calls(reports: &[Report]) -> impl Iterator<Item = &Call> {
    reports.iter().flat_map(|report| &report.calls)
}

/// The value below which a part of all lies: half of them, or 0.99.
pub(crate) fn quantile(times: impl IntoIterator<Item = Duration>, part: f64) -> Duration {
    let mut times: Vec<_> = times.into_iter().collect();
    times.sort();
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    #[allow(clippy::cast_sign_loss, reason = "there are few")]
    let index = (times.len() as f64 * part) as usize;
    times[index.min(times.len() - 1)]
}
