//! The loop that does what the core says.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Wake, Waker};
use std::thread::{self, Thread};
use std::time::Instant;

use sonet_core::{Machine, Refresh, Step};

use crate::sender::Sender;

/// Drives a call, or a refresh, to its end.
pub(crate) fn drive<M: Machine>(transport: &Arc<Sender>, mut machine: M) -> M::Output {
    let woken = ThreadWaker::this_thread();
    let waker = Waker::from(Arc::clone(&woken));
    // A clock may be slow to ask, so it is asked once for what came and what follows from it.
    let mut now = Instant::now();
    loop {
        match machine.poll(now, &waker) {
            Step::Send(outgoing) => {
                let outcome = transport.send(outgoing);
                now = Instant::now();
                match outcome {
                    Ok(response) => machine.on_response(now, response),
                    Err(failure) => machine.on_failure(now, failure),
                }
            }
            Step::Wait(until) => {
                // Ends sooner for no reason, too: polling the machine sooner does no harm.
                woken.wait(until);
                now = Instant::now();
            }
            Step::Store(call) => {
                let stored = call.run();
                now = Instant::now();
                machine.on_stored(now, stored);
            }
            Step::Refresh(refresh) => {
                detach(transport, refresh);
                now = Instant::now();
            }
            Step::Done(outcome) => return outcome,
        }
    }
}

/// Runs a refresh in a thread of its own, which goes on where the call that began it has no time left; or right here, where
/// no thread can be had.
fn detach(transport: &Arc<Sender>, refresh: Refresh) {
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

/// Whether what is driven here has been woken. The thread's own token would not do: a user's hook takes it that waits for
/// something, as does a call that it makes.
struct ThreadWaker {
    thread: Thread,
    flag: AtomicBool,
}

impl ThreadWaker {
    fn this_thread() -> Arc<Self> {
        Arc::new(Self {
            thread: thread::current(),
            flag: AtomicBool::new(false),
        })
    }

    fn wait(&self, until: Instant) {
        if !self.flag.swap(false, Ordering::AcqRel) {
            thread::park_timeout(until.saturating_duration_since(Instant::now()));
            self.flag.store(false, Ordering::Release);
        }
    }
}

impl Wake for ThreadWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.flag.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use http::Response;
    use sonet_core::{Config, Failure, Stored};

    use super::*;
    use crate::transport::HttpTransport;

    /// Waits until it is woken, and does something else after it has been.
    struct Sleeper<F> {
        polls: u32,
        meanwhile: Option<F>,
    }

    impl<F: FnOnce(Waker)> Machine for Sleeper<F> {
        type Output = u32;

        fn poll(&mut self, now: Instant, waker: &Waker) -> Step<u32> {
            self.polls += 1;
            match self.meanwhile.take() {
                Some(meanwhile) => {
                    meanwhile(waker.clone());
                    Step::Wait(now + Duration::from_secs(3600))
                }
                None => Step::Done(self.polls),
            }
        }

        fn on_response(&mut self, _: Instant, _: Response<Bytes>) {}
        fn on_failure(&mut self, _: Instant, _: Failure) {}
        fn on_stored(&mut self, _: Instant, _: Stored) {}
    }

    /// Runs something that must not wait for an hour.
    fn in_time(run: impl FnOnce(&Arc<Sender>) -> u32 + Send + 'static) -> u32 {
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let config = Config::webhook("http://127.0.0.1/rest/1/s3cr3t/").unwrap();
            let transport = HttpTransport::new(&config).unwrap();
            let transport = Arc::new(Sender::Http(transport));
            sender.send(run(&transport)).unwrap();
        });
        let outcome = receiver.recv_timeout(Duration::from_secs(60));
        outcome.expect("it sleeps on, although it was woken")
    }

    #[test]
    fn a_call_within_another_takes_nothing_that_wakes_that_one() {
        let polls = in_time(|transport| {
            let own = Arc::clone(transport);
            // What a user's hook does in the midst of a call: another one, which has to wait as well.
            let meanwhile = move |outer: Waker| {
                let inner = Sleeper {
                    polls: 0,
                    meanwhile: Some(|_| {
                        // The outer one is woken while the inner one sleeps.
                        thread::spawn(|| {
                            thread::sleep(Duration::from_millis(100));
                            outer.wake();
                        });
                    }),
                };
                assert_eq!(drive(&own, inner), 2);
            };
            let outer = Sleeper {
                polls: 0,
                meanwhile: Some(meanwhile),
            };
            drive(transport, outer)
        });
        assert_eq!(polls, 2);
    }

    #[test]
    fn what_else_wakes_the_thread_does_no_harm() {
        let polls = in_time(|transport| {
            let meanwhile = |waker: Waker| {
                waker.wake();
                // Somebody waits here for something else, and takes the thread's own token.
                thread::park_timeout(Duration::from_secs(1));
            };
            let sleeper = Sleeper {
                polls: 0,
                meanwhile: Some(meanwhile),
            };
            drive(transport, sleeper)
        });
        assert_eq!(polls, 2);
    }
}
