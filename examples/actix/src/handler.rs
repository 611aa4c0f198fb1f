//! The handler.

use actix_web::HttpResponse;
use actix_web::web::{self, Data, ServiceConfig};
use sonet_async::events::Event;
use tokio::sync::mpsc::Sender;

use crate::rejection::Rejection;
use crate::verified::{ApplicationTokens, Verified};

/// What the handler needs.
#[derive(Clone, Debug)]
pub(crate) struct Handler {
    /// Prove that an event comes from a portal.
    pub(crate) tokens: ApplicationTokens,
    /// Takes the events to where there is time for them. It is memory only: an application that must not lose any writes
    /// them to a database instead.
    pub(crate) queue: Sender<Event>,
}

impl Handler {
    /// Adds the handler to an application.
    pub(crate) fn configure(&self, app: &mut ServiceConfig) {
        app.app_data(Data::new(self.tokens.clone()))
            .app_data(Data::new(self.queue.clone()))
            .route("/events", web::post().to(receive));
    }
}

/// Passes a verified event on, and is done: a portal sends it a single time, and asks a slow handler less often.
async fn receive(
    queue: Data<Sender<Event>>,
    event: Result<Verified, Rejection>,
) -> Result<HttpResponse, Rejection> {
    let Verified(event) = event.inspect_err(|rejection| eprintln!("refused   {rejection}"))?;
    if queue.try_send(event).is_err() {
        eprintln!("lost      an event: too many wait already");
        return Ok(HttpResponse::ServiceUnavailable().finish());
    }
    Ok(HttpResponse::Ok().finish())
}
