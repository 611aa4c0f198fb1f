//! What both sonet clients need from the machine that they run on: certificate authorities and TLS, the proxy that the settings or
//! its environment name, and a file to keep tokens in.
//!
//! Users of a client do not need this crate. It exists so that both clients share this code, which belongs neither to the
//! protocol nor to one HTTP library.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod failure;
#[cfg(feature = "file-store")]
mod file_store;
pub mod proxy;
#[cfg(feature = "roots")]
pub mod roots;
#[cfg(all(feature = "roots", feature = "rustls"))]
pub mod tls;

#[cfg(feature = "file-store")]
pub use file_store::FileStore;
