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

/// Every case, against a server that gives [`answers`].
pub(crate) fn cases(server: &Server) -> Vec<Case> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let webhook = server.webhook();
    let [blocking_create, blocking_get] = blocking::cases(&webhook);
    let [async_create, async_get] = asynchronous::cases(&webhook);
    vec![blocking_create, blocking_get, async_create, async_get]
}

/// The settings of a client, with and without limits.
fn configs(webhook: &str) -> [Config; 2] {
    [Rate::UNLIMITED, Rate::new(u32::MAX, u32::MAX)].map(|rate| {
        let config = Config::webhook(webhook).unwrap();
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
