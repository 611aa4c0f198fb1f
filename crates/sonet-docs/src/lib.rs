//! The vendor's documentation: pages, read into what they say, and held against the spec.
//!
//! The direction is one way, from text to what is done about it. Each module knows only those above it:
//!
//! | module | what it does | what it knows nothing of |
//! | --- | --- | --- |
//! | [`checkout`] | finds and opens the files of a checkout, and tells a [`Progress`] how far reading is | Markdown |
//! | [`markup`] | reads a page's Markdown (YFM) into blocks: headings, lists, tables, code | what a page is about |
//! | `words` | knows how the vendor puts things, in English and in Russian | blocks and pages |
//! | [`page`] | finds in the blocks what a page says: name, parameters, answer, errors, examples | the spec |
//! | [`diff`] | compares what a page says with the spec: findings | how a finding is settled |
//! | [`apply`] | writes into the spec what breaks no consumer | |
//! | [`import`] | drafts the methods of pages that the spec lacks | |
//! | [`update`] | brings newer pages into a spec that was drafted and edited | |
//! | [`examples`] | holds the pages' examples against the generated types | |
//! | [`census`] | counts how far the methods of a whole checkout get through all of it | |
//!
//! Where something is added:
//!
//! - a **form of block** (a directive, another kind of table): a file in `markup`, and a line in `markup/parse`;
//! - a **wording** of the vendor's: a list in `words`;
//! - a **kind of section**: a topic in `words/heading`, an area in `page/section`, and what is read of it in `page/areas`;
//! - a **form of table, list or sentence** that describes parameters: `page/items`;
//! - a **language of examples**: a reader in `page/examples`;
//! - a **fact** to compare: a field in `page/facts`, and a file in `diff`.
//!
//! What can't be read is a [`Problem`](markup::Problem) with its line: nothing is dropped in silence.

pub mod apply;
pub mod census;
pub mod checkout;
pub mod diff;
pub mod examples;
pub mod import;
pub mod markup;
pub mod page;
mod progress;
pub mod update;
mod words;

pub use checkout::{Checkout, REFERENCE};
pub use progress::Progress;
