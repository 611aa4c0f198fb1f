//! The server: a thin shell of sockets and threads around [`Portal::handle`](crate::Portal::handle).
//!
//! [`accept`] takes connections; each [`connection`] reads a [`head`] and a [`body`], asks the
//! portal, and writes a [`reply`], unless a [`fault`] comes between. A [`dispatcher`] posts events,
//! [`page`] shows all of it to people, [`log`] keeps what was asked and answered, and [`store`] the
//! data. Whoever started it holds its [`handle`].

mod accept;
#[cfg(feature = "sqlite")]
mod autosave;
mod body;
pub(crate) mod builder;
mod connection;
mod connection_limits;
mod connections;
mod dispatcher;
mod encoding;
pub(crate) mod fault;
mod guard;
mod handle;
mod head;
mod hosts;
mod input;
pub(crate) mod log;
mod options;
mod page;
mod reply;
mod shared;
#[cfg(feature = "sqlite")]
mod store;
mod stream;
#[cfg(feature = "tls")]
mod tls;

pub use dispatcher::SentEvent;
pub use guard::PortalGuard;
pub use handle::Server;
