//! One suite for both clients, against the simulated portal over real sockets.
//!
//! A scenario is a function that is generic over [`Caller`](caller::Caller) and gets a portal of its own, a
//! [`World`](world::World). `on_both_clients!` makes two tests of it, and `refusals!` makes two of every call that the
//! portal refuses. A scenario that nobody listed is dead code, and the compiler says so.
//!
//! What a client decoded is compared with the portal's own state, which shares no type with it.

#[macro_use]
mod macros;

mod application;
mod caller;
mod canned;
mod log_capture;
mod out;
mod recording_proxy;
mod refusal;
mod spec;
mod times;
mod way;
mod world;

mod features;
mod feed;
mod groups;
mod members;
mod scrum;
mod tasks;
mod users;
mod workgroups;

mod answer_headers;
mod around;
mod auth;
mod batch;
mod bulk;
mod call_options;
mod counts;
mod coverage;
mod deadlines;
mod filters;
mod limits;
mod lists;
mod lost;
mod metrics;
mod oauth;
mod orders;
mod own_transport;
mod paging;
mod reconcile;
mod redirects;
mod retries;
mod rules;
mod secrets;
mod shapes;
mod taught;
mod transport;
mod unanswered;
