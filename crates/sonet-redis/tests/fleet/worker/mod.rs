//! What a process of the fleet does: it makes calls, several at once, and says how each has ended.

mod shared;

use std::convert::Infallible;
use std::io::{self, BufRead as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use sonet_async::bytes::Bytes;
use sonet_async::http::{Request, Response};
use sonet_async::sonet_group::{Create, Get};
use sonet_async::{Config, Error, Executed};

use crate::orders::{Call, End, Orders, Report, Work};

/// The variable that the orders are in.
pub(crate) const ORDERS: &str = "SONET_FLEET_ORDERS";

/// What a process says, in a line of its own.
pub(crate) const READY: &str = "ready";
/// What begins its last line.
pub(crate) const REPORT: &str = "report ";
/// What it is told by a line.
pub(crate) const GO: &str = "go";

/// How long a program lets a call rest that the store has failed.
const REST: Duration = Duration::from_millis(50);

/// Calls that are made by several, each taking the next one.
struct Calls {
    work: Work,
    next: AtomicUsize,
    /// One behind the last one.
    end: AtomicUsize,
    ended: Mutex<Vec<Call>>,
}

impl Calls {
    fn next(&self) -> Option<usize> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        (number < self.end.load(Ordering::Relaxed)).then_some(number)
    }

    /// Notes how a call has ended, and says how long to rest before the next.
    fn note(&self, number: usize, before: Instant, outcome: Result<(), Error>) -> Duration {
        let took = before.elapsed();
        let certainly_not_run = match &outcome {
            Ok(()) => false,
            Err(error) => error.executed() == Executed::No,
        };
        let end = match outcome {
            Ok(()) => End::Done,
            Err(error) if error.is_store() => End::Store(error.to_string()),
            Err(error) if error.is_deadline() => End::Deadline(error.to_string()),
            Err(error) => End::Other(format!("{error:?}")),
        };
        let rest = if end == End::Done {
            Duration::ZERO
        } else {
            REST
        };
        self.ended.lock().unwrap().push(Call {
            number,
            took,
            end,
            certainly_not_run,
        });
        rest
    }
}

/// Does what the orders say: begins at the line `go`, and ends before its last call at the next line.
pub(crate) fn run(orders: &str) {
    let orders: Orders = serde_json::from_str(orders).unwrap();
    let config = shared::config(&orders).call_timeout(orders.timeout);
    let calls = Arc::new(Calls {
        work: orders.work.clone(),
        next: AtomicUsize::new(0),
        end: AtomicUsize::new(orders.calls),
        ended: Mutex::default(),
    });
    println!("\n{READY}");
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).unwrap();
    assert_eq!(line.trim_end(), GO);
    let listening = Arc::clone(&calls);
    thread::spawn(move || {
        let _ = io::stdin().lock().read_line(&mut String::new());
        listening.end.store(0, Ordering::Relaxed);
    });
    if orders.is_async && !matches!(orders.work, Work::Places) {
        in_tasks(&orders, config, &calls);
    } else {
        in_threads(&orders, config, &calls);
    }
    let calls = std::mem::take(&mut *calls.ended.lock().unwrap());
    let report = serde_json::to_string(&Report { calls }).unwrap();
    println!("\n{REPORT}{report}");
}

fn in_threads(orders: &Orders, config: Config, calls: &Calls) {
    let client = match calls.work {
        Work::Places => sonet_blocking::Client::with_transport(config, answer),
        _ => sonet_blocking::Client::new(config),
    };
    let client = client.unwrap();
    thread::scope(|scope| {
        for _ in 0..orders.at_once {
            scope.spawn(|| {
                while let Some(number) = calls.next() {
                    let before = Instant::now();
                    let outcome = match name(&calls.work, number) {
                        Some(name) => client.call(&Create::new(name)).map(drop),
                        None => client.call(&Get::new()).map(drop),
                    };
                    thread::sleep(calls.note(number, before, outcome));
                }
            });
        }
    });
}

/// Answers without a network.
#[allow(clippy::unnecessary_wraps, reason = "a transport may fail")]
fn answer(_: Request<Bytes>) -> Result<Response<Bytes>, Infallible> {
    let empty = Bytes::from_static(br#"{"result":[],"total":0}"#);
    Ok(Response::new(empty))
}

fn in_tasks(orders: &Orders, config: Config, calls: &Arc<Calls>) {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().unwrap();
    runtime.block_on(async {
        let client = sonet_async::Client::new(config).unwrap();
        let tasks: Vec<_> = (0..orders.at_once)
            .map(|_| {
                let (client, calls) = (client.clone(), Arc::clone(calls));
                tokio::spawn(async move {
                    while let Some(number) = calls.next() {
                        let before = Instant::now();
                        let outcome = match name(&calls.work, number) {
                            Some(name) => client.call(&Create::new(name)).await.map(drop),
                            None => client.call(&Get::new()).await.map(drop),
                        };
                        tokio::time::sleep(calls.note(number, before, outcome)).await;
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

/// What the group of a call is called, if it creates one.
fn name(work: &Work, number: usize) -> Option<String> {
    match work {
        Work::Read | Work::Places => None,
        Work::Create(prefix) => Some(group_name(prefix, number)),
    }
}

pub(crate) fn group_name(prefix: &str, number: usize) -> String {
    format!("{prefix}-{number}")
}
