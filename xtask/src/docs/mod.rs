//! The vendor's documentation: pages, read into what they say.
//!
//! [`checkout`] finds and opens files, [`markup`] reads their Markdown (YFM) into blocks, and [`page`] finds in the blocks
//! what a page says about its method or event.

pub mod checkout;
pub mod markup;
pub mod page;
mod words;

pub use checkout::Checkout;
