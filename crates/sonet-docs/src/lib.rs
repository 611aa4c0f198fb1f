//! The vendor's documentation: pages, read into what they say, and held against the spec.
//!
//! [`checkout`] finds and opens files, [`markup`] reads their Markdown (YFM) into blocks, [`page`] finds in the blocks
//! what a page says about its method or event, and [`diff`] compares that with the spec.

pub mod apply;
pub mod checkout;
pub mod diff;
pub mod examples;
pub mod import;
pub mod markup;
pub mod page;
mod watch;
mod words;

pub use checkout::Checkout;
pub use watch::Watch;
