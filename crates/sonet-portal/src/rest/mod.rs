//! The REST interface: from a request to its answer.
//!
//! A request's path is a [`route`], and its parameters are [`parsed`]. A [`caller`] presents
//! [`credentials`], [`limits`] let the request in, and a [`run`] makes its call, or those of a
//! [`batch`], unless [`failures`] on purpose come between. An [`envelope`] brings the result back.
//! Beside it stand the token server ([`oauth`]), the [`events`] that are sent out, and the
//! [`pictures`] that answers point to.
//!
//! What the interface keeps for itself is [`interface::Rest`]. The portal's data, its rules and the
//! time come by arguments.

pub(crate) mod address;
mod answer;
mod batch;
mod caller;
mod cors;
pub(crate) mod credentials;
mod envelope;
pub(crate) mod events;
mod expiring;
mod failures;
pub(crate) mod http;
pub(crate) mod interface;
pub(crate) mod limits;
pub(crate) mod mask;
pub(crate) mod oauth;
pub(crate) mod parsed;
mod pictures;
mod rest_3;
pub(crate) mod route;
mod run;
#[cfg(feature = "sqlite")]
pub(crate) mod snapshot;
mod strict;
mod wording;
