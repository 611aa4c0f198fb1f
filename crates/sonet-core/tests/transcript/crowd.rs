//! Many calls at once in virtual time, against a server that counts as the portal does.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use sonet_core::{Exchange, Limits, Machine as _, Rate, Session, Step};

use super::play::{Members, webhook};

/// Calls as tasks of an executor: each is polled when its time has come, or when it is woken.
pub(super) struct Crowd {
    start: Instant,
    pub(super) now: Instant,
    pub(super) session: Session,
    pub(super) server: Server,
    calls: Vec<Call>,
    timers: BinaryHeap<Reverse<(Instant, usize, Event)>>,
    ready: Arc<Mutex<Vec<usize>>>,
    /// How long a request takes to the server, and its answer back.
    pub(super) way: Box<dyn FnMut() -> (Duration, Duration)>,
    /// Which calls sent a request, in this order.
    pub(super) sent: Vec<usize>,
    pub(super) polls: usize,
}

struct Call {
    exchange: Option<Exchange<Members>>,
    waker: Waker,
    /// Counts polls, so that a timer of an earlier one is told from the last one's.
    stamp: usize,
    /// Whether it is never polled again.
    forgotten: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Poll { stamp: usize },
    Arrive { back: Duration },
    Answer { admitted: bool },
    Drop,
}

struct Woken {
    index: usize,
    ready: Arc<Mutex<Vec<usize>>>,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.ready.lock().unwrap().push(self.index);
    }
}

impl Crowd {
    /// Everyone shares one limit of the standard rate.
    pub(super) fn new() -> Self {
        let config = webhook().limits(Limits::new(Rate::STANDARD));
        let start = Instant::now();
        Self {
            start,
            now: start,
            session: Session::new(&config, start).unwrap(),
            server: Server::default(),
            calls: Vec::new(),
            timers: BinaryHeap::new(),
            ready: Arc::default(),
            way: Box::new(|| (Duration::ZERO, Duration::ZERO)),
            sent: Vec::new(),
            polls: 0,
        }
    }

    /// Begins a call at once, and returns its number.
    pub(super) fn call(&mut self) -> usize {
        let index = self.add();
        self.poll(index);
        index
    }

    /// Begins a call later.
    pub(super) fn call_at(&mut self, after: Duration) -> usize {
        let index = self.add();
        let event = Event::Poll { stamp: 0 };
        self.timers
            .push(Reverse((self.start + after, index, event)));
        index
    }

    fn add(&mut self) -> usize {
        let index = self.calls.len();
        let ready = Arc::clone(&self.ready);
        self.calls.push(Call {
            exchange: Some(Exchange::new(&self.session, &Members { id: 7 })),
            waker: Waker::from(Arc::new(Woken { index, ready })),
            stamp: 0,
            forgotten: false,
        });
        index
    }

    /// Never polls a call again, without dropping it.
    pub(super) fn forget(&mut self, index: usize) {
        self.calls[index].forgotten = true;
    }

    pub(super) fn drop_now(&mut self, index: usize) {
        self.calls[index].exchange = None;
    }

    pub(super) fn drop_at(&mut self, index: usize, after: Duration) {
        self.timers
            .push(Reverse((self.start + after, index, Event::Drop)));
    }

    /// Seconds since the beginning.
    pub(super) fn seconds(&self) -> f64 {
        (self.now - self.start).as_secs_f64()
    }

    /// Lets time pass until nothing is left to do.
    pub(super) fn run(&mut self) {
        self.run_until(Duration::MAX);
    }

    /// Lets time pass.
    pub(super) fn run_until(&mut self, after: Duration) {
        let end = self.start.checked_add(after);
        loop {
            let ready = std::mem::take(&mut *self.ready.lock().unwrap());
            if !ready.is_empty() {
                for index in ready {
                    self.poll(index);
                }
                continue;
            }
            let Some(Reverse((at, index, event))) = self.timers.pop() else {
                return;
            };
            if end.is_some_and(|end| at > end) {
                self.timers.push(Reverse((at, index, event)));
                self.now = end.unwrap();
                return;
            }
            self.now = self.now.max(at);
            self.happen(index, event);
        }
    }

    fn happen(&mut self, index: usize, event: Event) {
        match event {
            Event::Poll { stamp } if stamp == self.calls[index].stamp => self.poll(index),
            Event::Poll { .. } => {}
            Event::Arrive { back } => {
                // The server counts it whether or not anybody waits for the answer.
                let admitted = self.server.admit(self.now - self.start);
                let event = Event::Answer { admitted };
                self.timers.push(Reverse((self.now + back, index, event)));
            }
            Event::Answer { admitted } => {
                let Some(exchange) = &mut self.calls[index].exchange else {
                    return;
                };
                exchange.on_response(self.now, answer(admitted));
                self.poll(index);
            }
            Event::Drop => self.calls[index].exchange = None,
        }
    }

    fn poll(&mut self, index: usize) {
        let call = &mut self.calls[index];
        let Some(exchange) = call.exchange.as_mut().filter(|_| !call.forgotten) else {
            return;
        };
        call.stamp += 1;
        self.polls += 1;
        match exchange.poll(self.now, &call.waker) {
            Step::Send(_) => {
                self.sent.push(index);
                let (there, back) = (self.way)();
                let event = Event::Arrive { back };
                self.timers.push(Reverse((self.now + there, index, event)));
            }
            Step::Wait(until) => {
                let event = Event::Poll { stamp: call.stamp };
                self.timers.push(Reverse((until, index, event)));
            }
            Step::Done(outcome) => {
                outcome.unwrap();
                call.exchange = None;
            }
            other => panic!("{other:?}"),
        }
    }
}

fn answer(admitted: bool) -> Response<Bytes> {
    let (status, body) = if admitted {
        (200, r#"{"result":true}"#)
    } else {
        (503, r#"{"error":"QUERY_LIMIT_EXCEEDED"}"#)
    };
    Response::builder()
        .status(status)
        .body(body.into())
        .unwrap()
}

/// The server's own count: raised by every request, lowered by 2 at the beginning of every second.
#[derive(Default)]
pub(super) struct Server {
    count: u32,
    second: u64,
    /// When its seconds begin.
    pub(super) phase: Duration,
    pub(super) admitted: usize,
    pub(super) refused: usize,
    pub(super) highest: u32,
}

impl Server {
    /// A request of somebody else's, or one of the crowd.
    pub(super) fn admit(&mut self, now: Duration) -> bool {
        let second = (now + self.phase).as_secs();
        let passed = u32::try_from(second - self.second).unwrap();
        self.second = second;
        self.count = self.count.saturating_sub(passed.saturating_mul(2));
        let admitted = self.count <= 50;
        if admitted {
            self.count += 1;
            self.admitted += 1;
        } else {
            self.refused += 1;
        }
        self.highest = self.highest.max(self.count);
        admitted
    }
}
