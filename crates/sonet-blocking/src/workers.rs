//! Several requests of a walk or a batch at once, each on a thread of its own.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::task::Waker;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use bytes::Bytes;
use http::Response;
use sonet_core::{Failure, Machine, Step, Stored};

use crate::Client;

/// A request, and what came of it.
type Answered<M> = (M, <M as Machine>::Output);

/// What a thread reports: an answer, nothing of a request that was given up, or what it panicked with.
type Report<M> = Result<Option<Answered<M>>, Box<dyn Any + Send>>;

/// The threads that make the requests of a walk or a batch.
pub(crate) struct Workers<M: Machine> {
    run: Spawn<M>,
    reports: mpsc::Receiver<Report<M>>,
    reporter: mpsc::Sender<Report<M>>,
    threads: Vec<Thread>,
    /// How many reports are still to come.
    out: usize,
    /// Whether nobody waits for what is out any more.
    is_given_up: Arc<AtomicBool>,
}

type Thread = JoinHandle<()>;

/// What begins a request: [`spawn`], which needs more of its type than a list says that asks for one request at a time.
type Spawn<M> = fn(&Client, M, &Arc<AtomicBool>, &mpsc::Sender<Report<M>>) -> Option<Thread>;

impl<M: Machine> Workers<M> {
    pub(crate) fn new() -> Self
    where
        M: Send + 'static,
        M::Output: Send,
    {
        let (reporter, reports) = mpsc::channel();
        Self {
            run: spawn,
            reports,
            reporter,
            threads: Vec::new(),
            out: 0,
            is_given_up: Arc::default(),
        }
    }

    /// Makes a request on a thread of its own; on this one, where none can be had.
    pub(crate) fn begin(&mut self, client: &Client, request: M) {
        self.threads.retain(|thread| !thread.is_finished());
        let thread = (self.run)(client, request, &self.is_given_up, &self.reporter);
        self.threads.extend(thread);
        self.out += 1;
    }

    /// Waits for the next answer; `None` if nothing is out.
    pub(crate) fn answer(&mut self) -> Option<Answered<M>> {
        self.out = self.out.checked_sub(1)?;
        match self.reports.recv().ok()? {
            Ok(answered) => answered,
            Err(panic) => resume_unwind(panic),
        }
    }

    /// Gives up what is out: who waits stops waiting, and sends nothing.
    pub(crate) fn give_up(&mut self) {
        self.is_given_up.store(true, Ordering::Release);
        for thread in self.threads.drain(..) {
            thread.thread().unpark();
        }
        (self.reporter, self.reports) = mpsc::channel();
        self.out = 0;
        self.is_given_up = Arc::default();
    }
}

impl<M: Machine> Drop for Workers<M> {
    fn drop(&mut self) {
        self.give_up();
    }
}

/// Runs a request on a thread of its own, or here.
fn spawn<M>(
    client: &Client,
    request: M,
    is_given_up: &Arc<AtomicBool>,
    reporter: &mpsc::Sender<Report<M>>,
) -> Option<Thread>
where
    M: Machine + Send + 'static,
    M::Output: Send,
{
    let (handover, receiver) = mpsc::channel::<M>();
    let (own, reporting, flag) = (client.clone(), reporter.clone(), Arc::clone(is_given_up));
    let thread = thread::Builder::new()
        .name("sonet-request".to_owned())
        .spawn(move || {
            if let Ok(request) = receiver.recv() {
                report(&own, request, flag, &reporting);
            }
        });
    let Ok(thread) = thread else {
        report(client, request, Arc::clone(is_given_up), reporter);
        return None;
    };
    // The thread waits for it, and nothing else.
    let _ = handover.send(request);
    Some(thread)
}

fn report<M: Machine>(
    client: &Client,
    mut request: M,
    is_given_up: Arc<AtomicBool>,
    reporter: &mpsc::Sender<Report<M>>,
) {
    // A policy or a hook of the user's may panic in it: then whoever waits for it does.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let request = &mut request;
        client.run_machine(UntilGivenUp {
            request,
            is_given_up,
        })
    }));
    let report = outcome.map(|answer| answer.map(|answer| (request, answer)));
    // Nobody need be waiting any more.
    let _ = reporter.send(report);
}

/// A request that is not sent any more once it is given up.
struct UntilGivenUp<'a, M> {
    request: &'a mut M,
    is_given_up: Arc<AtomicBool>,
}

impl<M: Machine> Machine for UntilGivenUp<'_, M> {
    type Output = Option<M::Output>;

    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<Self::Output> {
        if self.is_given_up.load(Ordering::Acquire) {
            return Step::Done(None);
        }
        self.request.poll(now, waker).map(Some)
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        self.request.on_response(now, response);
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        self.request.on_failure(now, failure);
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        self.request.on_stored(now, stored);
    }
}
