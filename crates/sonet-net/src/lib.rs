//! What both sonet clients need of the machine that they run on: its certificate authorities, the proxy that its
//! environment names, and a file to keep tokens in.
//!
//! It is neither protocol nor I/O of one HTTP library, so it stands between the core and the drivers, once. Users of a
//! client do not need this crate.

mod file_store;
pub mod proxy;
#[cfg(feature = "roots")]
pub mod roots;

pub use file_store::FileStore;
