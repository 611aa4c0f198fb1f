//! What both sonet clients need from the machine that they run on: its certificate authorities, the proxy that its
//! environment names, and a file to keep tokens in.
//!
//! Users of a client do not need this crate. It exists so that both clients share this code, which belongs neither to the
//! protocol nor to one HTTP library.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod failure;
mod file_store;
pub mod proxy;
#[cfg(feature = "roots")]
pub mod roots;

pub use file_store::FileStore;
