//! The vendor's documentation.
//!
//! [`checkout`] finds and opens files, [`markup`] reads their Markdown (YFM) into blocks.

pub mod checkout;
pub mod markup;

pub use checkout::Checkout;
