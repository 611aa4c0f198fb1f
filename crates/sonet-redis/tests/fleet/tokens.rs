//! An application whose tokens processes share.

use std::time::SystemTime;

use sonet_portal::{App, Server};

use crate::fleet::{Fleet, calls};
use crate::orders::{Credential, End, Pace, Servers};
use crate::support::RedisServer;
use crate::witness;

/// An application that a user has authorized.
pub(crate) struct Application<'a> {
    server: &'a Server,
    app: App,
    access_token: String,
    refresh_token: String,
}

impl<'a> Application<'a> {
    pub(crate) fn of(server: &'a Server) -> Self {
        let app = server.with(|portal| portal.add_app(None, &["sonet_group", "socialnetwork"]));
        let pair = server.with(|portal| {
            let admin = portal.users().find(|user| user.admin).unwrap().id;
            portal.issue_tokens(&app.client_id, admin, SystemTime::now())
        });
        let pair = pair.unwrap();
        Self {
            server,
            app,
            access_token: pair.access_token,
            refresh_token: pair.refresh_token,
        }
    }

    /// Lets the first access token expire.
    pub(crate) fn expire(&self) {
        let token = &self.access_token;
        self.server.with(|portal| portal.expire_token(token));
    }

    /// The first pair, which every process begins with that finds no other in Redis.
    pub(crate) fn credential(&self) -> Credential {
        Credential::App {
            portal: self.server.url(),
            client_id: self.app.client_id.clone(),
            client_secret: self.app.client_secret.clone(),
            access_token: self.access_token.clone(),
            refresh_token: self.refresh_token.clone(),
        }
    }
}

/// Processes that meet an expired token at once.
pub(crate) fn meet_an_expired_token(servers: &Servers) {
    let pace = Pace::faster(50);
    let portal = witness::portal(pace);
    let application = Application::of(&portal);
    application.expire();
    let orders = (0..4).map(|process| {
        let mut orders = witness::orders(process, &portal, servers, pace);
        orders.credential = application.credential();
        orders.calls = 20;
        orders
    });
    let (reports, _) = Fleet::start(orders).run();
    for call in calls(&reports) {
        assert_eq!(call.end, End::Done, "{call:?}");
    }
    portal.with(|portal| {
        assert_eq!(portal.tokens_refreshed(), 1);
        assert_eq!(portal.refreshes_refused(), 0);
        assert_eq!(portal.refused_for_rate(), 0);
    });
}

#[test]
fn one_of_four_processes_refreshes() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    meet_an_expired_token(&Servers::One(server.url()));
}
