//! The loop that does what the core says.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use sonet_core::{Machine, Refresh, Step, StoreCall, Stored};
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
            Step::Refresh(refresh) => detach(Arc::clone(&transport), refresh),
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

/// Runs a refresh in a task of its own, which goes on where the call that began it is dropped.
fn detach(transport: Arc<Transport>, refresh: Refresh) {
    tokio::spawn(drive(transport, refresh));
}

/// Calls a store on a thread where blocking is allowed.
async fn run(call: StoreCall) -> Stored {
    match tokio::task::spawn_blocking(move || call.run()).await {
        Ok(stored) => stored,
        Err(error) => Stored::failed(error),
    }
}
