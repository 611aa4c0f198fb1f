//! The loop that does what the core says.

use std::sync::Arc;
use std::time::Instant;

use sonet_core::{Error, Exchange, Method, Reply, Step};

use crate::client::Shared;

/// Drives one call to its end.
///
/// The session is locked for moments only: never across an `await`, and not while an answer is read.
pub(crate) async fn drive<M: Method>(
    shared: Arc<Shared>,
    mut exchange: Exchange<M>,
) -> Result<Reply<M::Output>, Error> {
    loop {
        let step = exchange.poll(&mut shared.session(), Instant::now());
        match step {
            Step::Send(outgoing) => match shared.transport.send(outgoing).await {
                Ok(response) => exchange.on_response(response),
                Err(failure) => exchange.on_failure(failure),
            },
            Step::Done(outcome) => return outcome,
        }
    }
}
