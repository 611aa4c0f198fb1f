//! The loop that does what the core says.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Wake, Waker};
use std::thread::{self, Thread};
use std::time::Instant;

use sonet_core::{Machine, Refresh, Step};

use crate::transport::Transport;

/// Drives a call, or a refresh, to its end.
pub(crate) fn drive<M: Machine>(transport: &Arc<Transport>, mut machine: M) -> M::Output {
    WAKER.with(|(woken, waker)| {
        loop {
            match machine.poll(Instant::now(), waker) {
                Step::Send(outgoing) => match transport.send(outgoing) {
                    Ok(response) => machine.on_response(Instant::now(), response),
                    Err(failure) => machine.on_failure(Instant::now(), failure),
                },
                // Ends sooner for no reason, too: polling the machine sooner does no harm.
                Step::Wait(until) => woken.wait(until),
                Step::Store(call) => machine.on_stored(Instant::now(), call.run()),
                Step::Refresh(refresh) => detach(transport, refresh),
                Step::Done(outcome) => return outcome,
            }
        }
    })
}

/// Runs a refresh in a thread of its own, which goes on where the call that began it has no time left; or right here, where
/// no thread can be had.
fn detach(transport: &Arc<Transport>, refresh: Refresh) {
    let (sender, receiver) = mpsc::channel();
    let own = Arc::clone(transport);
    let thread = thread::Builder::new()
        .name("sonet-refresh".to_owned())
        .spawn(move || {
            if let Ok(refresh) = receiver.recv() {
                drive(&own, refresh);
            }
        });
    match thread {
        Ok(_) => {
            // The thread waits for it, and nothing else.
            let _ = sender.send(refresh);
        }
        Err(_) => drive(transport, refresh),
    }
}

thread_local! {
    /// Wakes this thread.
    static WAKER: (Arc<Woken>, Waker) = {
        let woken = Arc::new(Woken {
            thread: thread::current(),
            flag: AtomicBool::new(false),
        });
        (Arc::clone(&woken), Waker::from(woken))
    };
}

/// Whether a thread has been woken. Its own token alone would not do: what a user's hook waits for takes it, too.
struct Woken {
    thread: Thread,
    flag: AtomicBool,
}

impl Woken {
    fn wait(&self, until: Instant) {
        if !self.flag.swap(false, Ordering::AcqRel) {
            thread::park_timeout(until.saturating_duration_since(Instant::now()));
            self.flag.store(false, Ordering::Release);
        }
    }
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.flag.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
