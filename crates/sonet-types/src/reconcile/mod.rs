//! How a lost answer is reconciled, method by method.
//!
//! It is written by hand: which method looks for which, and what the answer shows, is a judgement and no data.

mod create;
mod invite;
mod name;
mod request;
