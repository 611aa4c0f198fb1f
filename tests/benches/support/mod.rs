//! What the benchmarks of a call share: the calls, through the clients and without them, and the answers to them.

mod answers;
mod asynchronous;
mod blocking;
mod raw;

pub(crate) use answers::answers;
use sonet_core::{Config, Limits, Rate};

use crate::server::Server;

/// What a call is made through, in the order of [`Case::sides`]: bare, the client without limits, and the client with
/// limits so high that no call waits for them.
pub(crate) const SIDES: [&str; 3] = ["bare", "client", "limits"];

/// Makes so many calls, one after the other.
pub(crate) type Side = Box<dyn FnMut(usize)>;

/// One call, made in each way.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) sides: [Side; 3],
}

/// Where a case sends its calls.
#[derive(Clone)]
struct Portal {
    webhook: String,
    /// What its certificate is verified by, in PEM.
    authority: String,
}

/// Every case, against a server that gives [`answers`], without TLS and with it.
pub(crate) fn cases(server: &Server) -> Vec<Case> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let portal = |webhook| Portal {
        webhook,
        authority: server.authority.clone(),
    };
    let plain = portal(server.webhook());
    let tls = portal(server.webhook_tls());
    let mut cases = Vec::new();
    cases.extend(blocking::cases(&plain, ["blocking-create", "blocking-get"]));
    cases.extend(blocking::cases(
        &tls,
        ["blocking-create-tls", "blocking-get-tls"],
    ));
    cases.extend(asynchronous::cases(&plain, ["async-create", "async-get"]));
    cases.extend(asynchronous::cases(
        &tls,
        ["async-create-tls", "async-get-tls"],
    ));
    cases
}

/// The settings of a client, with and without limits.
fn configs(portal: &Portal) -> [Config; 2] {
    [Rate::UNLIMITED, Rate::new(u32::MAX, u32::MAX)].map(|rate| {
        let config = Config::webhook(&portal.webhook).unwrap();
        let config = config.ca_certificate(portal.authority.clone());
        config.limits(Limits::new(rate)).user_agent(raw::USER_AGENT)
    })
}

/// A call that creates a group; its answer is a number.
fn create() -> sonet_types::sonet_group::Create {
    sonet_types::sonet_group::Create::new("Project number 1 of the department")
        .description("What it is about, in a line or two of text")
        .visible(true)
        .opened(false)
}

/// A call that lists groups; its answer has 50.
fn get() -> sonet_types::sonet_group::Get {
    use sonet_types::sonet_group::Get;
    Get::new().filter(Get::ID.gt(100)).order(Get::NAME.asc())
}
