//! The loop that does what the core says.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::thread;
use std::time::Instant;

use sonet_core::{Machine, Refresh, Step, StoreCall, Stored};
use tokio::runtime::Builder;
use tokio::time;

use crate::transport::Transport;

/// Drives a call, or a refresh, to its end.
pub(crate) async fn drive<M: Machine>(transport: Arc<Transport>, mut machine: M) -> M::Output {
    loop {
        let step = poll_fn(|cx| Poll::Ready(machine.poll(now(), cx.waker()))).await;
        match step {
            Step::Send(outgoing) => match transport.send(outgoing).await {
                Ok(response) => machine.on_response(now(), response),
                Err(failure) => machine.on_failure(now(), failure),
            },
            Step::Wait(until) => wait(until).await,
            Step::Store(call) => {
                let stored = run(call).await;
                machine.on_stored(now(), stored);
            }
            Step::Refresh(refresh) => detach(&transport, refresh),
            Step::Done(outcome) => return outcome,
        }
    }
}

/// Now, or what a test with tokio's paused clock takes for it.
pub(crate) fn now() -> Instant {
    time::Instant::now().into_std()
}

/// Waits until an instant, or until the task is woken for whatever reason: polling the machine sooner does no harm.
async fn wait(until: Instant) {
    let mut sleep = pin!(time::sleep_until(until.into()));
    let mut woken = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut woken, true) {
            return Poll::Ready(());
        }
        sleep.as_mut().poll(cx)
    })
    .await;
}

/// Runs a refresh in a thread of its own, with a runtime and connections of its own: it goes on where the call that began
/// it is dropped, and where the call's runtime ends. That waits for it, as for all that blocks, so that the end of `main`
/// does not come in between. Where no thread can be had, it is a task here.
fn detach(transport: &Arc<Transport>, refresh: Refresh) {
    let (sender, receiver) = mpsc::channel();
    let own = Arc::clone(transport);
    let thread = thread::Builder::new()
        .name("sonet-refresh".to_owned())
        .spawn(move || apart(&own, &receiver));
    match thread {
        Ok(thread) => {
            // The thread waits for it, and nothing else.
            let _ = sender.send(refresh);
            tokio::task::spawn_blocking(move || {
                let _ = thread.join();
            });
        }
        Err(_) => drop(tokio::spawn(drive(Arc::clone(transport), refresh))),
    }
}

/// Runs the refresh that is sent here.
fn apart(transport: &Arc<Transport>, refresh: &mpsc::Receiver<Refresh>) {
    let Ok(refresh) = refresh.recv() else {
        return;
    };
    let runtime = Builder::new_current_thread().enable_all().build();
    // Without either, it is dropped and makes room for another.
    if let (Ok(runtime), Ok(transport)) = (runtime, transport.again()) {
        runtime.block_on(drive(Arc::new(transport), refresh));
        // The system may still be looking for a name that nobody waits for any more.
        runtime.shutdown_background();
    }
}

/// Calls a store on a thread where blocking is allowed.
async fn run(call: StoreCall) -> Stored {
    match tokio::task::spawn_blocking(move || call.run()).await {
        Ok(stored) => stored,
        Err(error) => Stored::failed(error),
    }
}
