//! The loop that does what the core says.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, ready};
use std::thread;
use std::time::{Duration, Instant};

use sonet_core::{Machine, Refresh, Step, StoreCall, Stored};
use tokio::runtime::{Builder, Handle};
use tokio::task::JoinHandle;
use tokio::time::{self, Sleep};

use crate::sender::Sender;
use crate::transport::Answer;

/// Drives a call, or a refresh, to its end.
pub(crate) fn drive<M: Machine>(sender: Arc<Sender>, machine: M) -> Drive<M> {
    Drive {
        awaited: Awaited::Nothing,
        machine: Some(machine),
        sender,
    }
}

/// A machine on its way to its end.
///
/// An `async` block would keep a machine twice and an HTTP client's future of many kilobytes within its own, which whoever
/// calls moves about. Here, what is waited for is behind a pointer.
pub(crate) struct Drive<M> {
    /// It is dropped before the machine: a request must not outlive what its machine frees for others, such as a lease.
    awaited: Awaited,
    /// Until it has come to its end: whoever keeps the future longer keeps nothing of the call.
    machine: Option<M>,
    sender: Arc<Sender>,
}

/// What a machine waits for.
enum Awaited {
    Nothing,
    Answer(Answer),
    /// An instant; or, once it was waited for, being woken for whatever reason: polling the machine sooner does no harm.
    Instant(Pin<Box<Sleep>>, bool),
    Store(JoinHandle<Stored>),
}

/// Nothing in here is pinned but what is awaited, which is in boxes.
impl<M> Unpin for Drive<M> {}

impl<M: Machine> Future for Drive<M> {
    type Output = M::Output;

    /// # Panics
    ///
    /// It has come to its end before, as with the future of an `async` block.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<M::Output> {
        let Self {
            awaited,
            machine: slot,
            sender,
        } = self.get_mut();
        let Some(machine) = slot else {
            panic!("a call was polled after its end");
        };
        loop {
            // A clock may be slow to ask, so it is asked once for what came and what follows from it.
            let now = match awaited {
                Awaited::Nothing => now(),
                Awaited::Answer(answer) => {
                    let outcome = ready!(answer.as_mut().poll(cx));
                    let now = now();
                    match outcome {
                        Ok(response) => machine.on_response(now, response),
                        Err(failure) => machine.on_failure(now, failure),
                    }
                    now
                }
                Awaited::Instant(sleep, woken) => {
                    if !std::mem::replace(woken, true) {
                        ready!(sleep.as_mut().poll(cx));
                    }
                    now()
                }
                Awaited::Store(call) => {
                    let stored = ready!(Pin::new(call).poll(cx));
                    let now = now();
                    machine.on_stored(now, stored.unwrap_or_else(Stored::failed));
                    now
                }
            };
            *awaited = Awaited::Nothing;
            match machine.poll(now, cx.waker()) {
                Step::Send(outgoing) => *awaited = Awaited::Answer(sender.send(outgoing)),
                Step::Wait(until) => {
                    let sleep = time::sleep_until(until.into());
                    *awaited = Awaited::Instant(Box::pin(sleep), false);
                }
                Step::Store(call) => *awaited = Awaited::Store(run(call)),
                Step::Refresh(refresh) => detach(sender, refresh),
                Step::Done(outcome) => {
                    *slot = None;
                    return Poll::Ready(outcome);
                }
            }
        }
    }
}

/// Now, or what a test with tokio's paused clock takes for it.
pub(crate) fn now() -> Instant {
    time::Instant::now().into_std()
}

/// How long the end of a runtime waits for a refresh: longer than any takes whose store and token server answer.
const LONGEST: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 120 });

/// Runs a refresh in a thread of its own, with a runtime and connections of its own: it goes on where the call that began
/// it is dropped, and where the call's runtime ends. That waits for it, as for all that blocks, so that the end of `main`
/// does not come in between; but no longer than [`LONGEST`]. Where no thread, runtime or HTTP client can be had, or the
/// transport is the user's, it is a task here.
fn detach(sender: &Arc<Sender>, refresh: Refresh) {
    if sender.is_bound_to_its_runtime() {
        tokio::spawn(drive(Arc::clone(sender), refresh));
        return;
    }
    let (handover, receiver) = mpsc::channel();
    let (done, outcome) = mpsc::channel();
    let own = Arc::clone(sender);
    let thread = thread::Builder::new()
        .name("sonet-refresh".to_owned())
        .spawn(move || {
            // Nobody need be waiting any more.
            let _ = done.send(run_on_thread(&own, &receiver));
        });
    if thread.is_err() {
        tokio::spawn(drive(Arc::clone(sender), refresh));
        return;
    }
    // The thread waits for it, and nothing else.
    let _ = handover.send(refresh);
    let (here, sender) = (Handle::current(), Arc::clone(sender));
    tokio::task::spawn_blocking(move || {
        if let Some(refresh) = join(&outcome, LONGEST) {
            here.spawn(drive(sender, *refresh));
        }
    });
}

/// Waits for a refresh on its thread, but no longer than this: what the thread gives back, if it could not run it.
fn join(outcome: &mpsc::Receiver<Option<Box<Refresh>>>, longest: Duration) -> Option<Box<Refresh>> {
    outcome.recv_timeout(longest).ok().flatten()
}

/// Runs the refresh that is sent here, or gives it back.
fn run_on_thread(sender: &Arc<Sender>, refresh: &mpsc::Receiver<Refresh>) -> Option<Box<Refresh>> {
    let refresh = refresh.recv().ok()?;
    // A user's settings are a user's code, and may be good for one client only.
    let again = catch_unwind(AssertUnwindSafe(|| sender.for_another_runtime()));
    let runtime = Builder::new_current_thread().enable_all().build();
    let (Ok(Some(sender)), Ok(runtime)) = (again, runtime) else {
        return Some(Box::new(refresh));
    };
    runtime.block_on(drive(Arc::new(sender), refresh));
    // The system may still be looking for a name that nobody waits for any more.
    runtime.shutdown_background();
    None
}

/// Calls a store on a thread where blocking is allowed.
fn run(call: StoreCall) -> JoinHandle<Stored> {
    tokio::task::spawn_blocking(move || call.run())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use sonet_core::{App, Config, StoreError, TokenStore, Tokens};
    use sonet_portal::Portal;
    use sonet_types::sonet_group::Get;

    use super::*;
    use crate::Client;

    /// A store that never says what it has, and whether it was asked.
    #[derive(Debug, Default)]
    struct Silent(AtomicBool);

    impl TokenStore for Silent {
        fn load(&self) -> Result<Option<Tokens>, StoreError> {
            self.0.store(true, Ordering::SeqCst);
            loop {
                thread::park();
            }
        }

        fn save(&self, _: &Tokens) -> Result<(), StoreError> {
            Ok(())
        }
    }

    #[test]
    fn the_end_of_a_runtime_waits_as_long_as_the_bound_for_a_refresh_that_hangs() {
        let portal = Portal::builder().start().unwrap();
        let token = portal.token_of(1).unwrap();
        assert!(portal.with(|portal| portal.expire_token(&token)));
        let tokens = Tokens::new(&portal.url(), token, "refresh").unwrap();
        let store = Arc::new(Silent::default());
        let config = Config::app(App::new("local.1", "secret key"), tokens).unwrap();
        let client = Client::new(config.token_store(Arc::clone(&store))).unwrap();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let began = Instant::now();
        runtime.block_on(async {
            tokio::spawn(async move { client.call(&Get::new()).await });
            while !store.0.load(Ordering::SeqCst) {
                time::sleep(Duration::from_millis(5)).await;
            }
        });
        // This would hang with the refresh if there were no bound.
        drop(runtime);
        assert!(began.elapsed() >= LONGEST);
    }

    #[test]
    fn a_thread_that_never_reports_holds_up_no_end_for_longer_than_the_bound() {
        let (thread, outcome) = mpsc::channel();
        assert!(join(&outcome, Duration::ZERO).is_none());
        drop(thread);
        assert!(join(&outcome, LONGEST).is_none(), "it is gone");
    }
}
